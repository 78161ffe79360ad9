import { describe, expect, it } from 'vitest'
import { clFormat } from '../../../corpora/export/cl.ts'
import { csvField, csvFormat } from '../../../corpora/export/csv.ts'
import { namedSpaces } from '../../../corpora/export/fields.ts'
import type { LinesFormat } from '../../../corpora/export/format.ts'
import { jsonlFormat } from '../../../corpora/export/jsonl.ts'
import { exportFormats, findExportFormat } from '../../../corpora/export/registry.ts'
import { type ExportSelection, Store } from '../../../corpora/index.ts'
import { lex } from '../../../kernels/index.ts'
import { gather, mined, sampleStore, seed, sourceOf, synthesized } from './sample-store.ts'

const grewe = {
  ...{ comp: 3, rational: 0, mem: 2, localmem: 0, coalesced: 1, atomic: 0 },
  ...{ 'F2:coalesced/mem': 0.5, 'F4:comp/mem': 1.5 },
}
const target = {
  ...{ comp: 3, rational: [1, 4], mem: [null, 2], coalesced: 1, atomic: 0 },
  ...{ 'F2:coalesced/mem': 0, 'F4:comp/mem': 0 },
}
const lineage = [{ generation: 0, parent: null, holeKind: 'body', holeSpan: [2, 3], proposal: 'directed' }]
const textOf = (name: string): string => `kernel void f0(global float* p0) {\n  p0[0] = "${name}", 1;\n}\n`

async function linesOf(format: LinesFormat, selection: ExportSelection): Promise<string[]> {
  using store = Store.open(sampleStore())
  return await gather(format.render(sourceOf(store, selection)))
}

/** Records of a CSV by the rules of RFC 4180. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    records.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\n') records.push([])
    if (end === '') return records
  }
  return records
}

describe('namedSpaces', () => {
  it('names what it knows and numbers what it does not', () => {
    using store = Store.open(sampleStore())
    const spaces = namedSpaces(store)
    expect(spaces.map(({ id }) => id)).toEqual(['grewe', 'grewe+my-space', 'my-space'])
    expect(spaces[0].names).toEqual(Object.keys(grewe))
    expect(spaces[2].names).toEqual(['0', '1'])
    store.kernels.nameFeatures('my-space', ['lines', 'loops'])
    expect(namedSpaces(store)[2].names).toEqual(['lines', 'loops'])
    store.kernels.nameFeatures('my-space', ['of another version'])
    expect(namedSpaces(store)[2].names).toEqual(['0', '1'])
  })
})

describe('jsonl', () => {
  it('tells everything of a benchmark, with kernel, target and features by name', async () => {
    const lines = await linesOf(jsonlFormat, { what: 'benchmarks' })
    expect(lines).toHaveLength(3)
    expect(JSON.parse(lines[0])).toEqual({
      ...{ key: synthesized, kernelName: 'f0', origin: 'synthesized', repository: null, commit: null, path: null },
      ...{ licence: 'unknown', licenceClass: 'unknown', tokenCount: 20, irKey: `ir-${synthesized}`, irBytes: 1000 },
      ...{ templateKey: `template-${synthesized}`, heldOut: null, duplicateOf: null },
      ...{ runId: 1, space: 'grewe', distance: 0.25, proximity: 92.25, rank: 1, generation: 1, seed: 7 },
      ...{ modelHash: 'beef', device: 'pthread-cpu', validated: null, version: '0.1.0' },
      ...{ target: { name: 'near', values: target }, lineage },
      novelty: { isCopy: false, seedRun: 12, minedDistance: 2.5 },
      ...{ features: { grewe, 'my-space': { 0: 7 } }, text: textOf('e') },
    })
  })

  it('tells nothing of benchmarks where kernels are exported', async () => {
    const lines = await linesOf(jsonlFormat, { what: 'kernels', origin: 'mined' })
    const record = JSON.parse(lines[0])
    expect(record).toMatchObject({ key: mined, repository: 'someone/somewhere', commit: 'c0ffee', licence: 'MIT' })
    expect(Object.keys(record)).not.toContain('distance')
  })
})

describe('csv', () => {
  it('has a column per field and feature, and quotes what breaks lines', async () => {
    const lines = await linesOf(csvFormat, { what: 'benchmarks' })
    const [header, first, second, third, ...rest] = parseCsv(lines.join('\n'))
    expect(rest).toEqual([])
    const record = Object.fromEntries(header.map((name, i) => [name, first[i]]))
    expect(header).toHaveLength(Object.keys(record).length)
    expect([first.length, second.length, third.length]).toEqual([header.length, header.length, header.length])
    expect(record).toMatchObject({
      ...{ key: synthesized, repository: '', distance: '0.25', rank: '1', target: 'near', text: textOf('e') },
      ...{ 'grewe.F2:coalesced/mem': '0.5', 'my-space.0': '7', 'my-space.1': '' },
    })
    expect(JSON.parse(record.targetValues)).toEqual(target)
    expect(JSON.parse(record.lineage)).toEqual(lineage)
    expect(record).toMatchObject({ isCopy: '0', seedRun: '12', minedDistance: '2.5' })
    expect(header.filter((name) => name.startsWith('grewe+'))).toEqual([])
    expect(third[header.indexOf('my-space.0')]).toBe('')
  })

  it('has no columns for benchmarks where kernels are exported', async () => {
    const [header, first] = parseCsv((await linesOf(csvFormat, { what: 'kernels' })).join('\n'))
    expect(header).not.toContain('target')
    expect(first[header.indexOf('path')]).toBe('a, "b"/\n#error out of the comment \\')
  })

  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "a"', '"say ""a"""'],
    ['a\rb', '"a\rb"'],
    [null, ''],
    [1e-7, '1e-7'],
  ])('writes %j as %s', (value, field) => expect(csvField(value)).toBe(field))
})

describe('cl', () => {
  it('says above each kernel where it comes from, in comments that nothing leaves', async () => {
    using store = Store.open(sampleStore())
    const files = await gather(clFormat.render(sourceOf(store, { what: 'kernels', origin: 'mined' })))
    expect(files[0].file).toEqual({
      name: `${mined}.cl`,
      content: [
        `// key: ${mined}`,
        '// origin: mined, someone/somewhere/a, "b"/ #error out of the comment   (f0) at c0ffee',
        '// licence: MIT (permissive)',
        textOf('a'),
      ].join('\n'),
    })
    expect(lex(String(files[0].file?.content)).filter(({ kind }) => kind === 'directive')).toEqual([])
  })

  it('names every target that kept a synthesized kernel, whatever is exported', async () => {
    using store = Store.open(sampleStore())
    const selections: ExportSelection[] = [
      { what: 'kernels', origin: 'synthesized' },
      { what: 'benchmarks', targetName: 'far' },
    ]
    for (const selection of selections) {
      const [{ file }] = await gather(clFormat.render(sourceOf(store, selection)))
      expect(String(file?.content).split('\n').slice(1, 5)).toEqual([
        '// origin: synthesized',
        '// licence: unknown (unknown)',
        '// target: grewe near, distance 0.250, proximity 92.25 %, seed 7, model beef, device pthread-cpu, benchsteer 0.1.0',
        '// target: grewe far, distance 1.500, proximity 92.25 %, seed 7, model none, device pthread-cpu, benchsteer 0.1.0',
      ])
    }
  })

  it('has a line for each benchmark, with the file that it shares', async () => {
    using store = Store.open(sampleStore())
    const files = await gather(clFormat.render(sourceOf(store, { what: 'benchmarks' })))
    const lines = files.map(({ line }) => JSON.parse(line))
    expect(lines.map(({ file, target }) => [file, target.name])).toEqual([
      [`${synthesized}.cl`, 'near'],
      [`${synthesized}.cl`, 'far'],
      [`${seed}.cl`, 'near'],
    ])
    expect(lines[0]).toMatchObject({ licence: 'unknown', features: { grewe } })
    expect(lines[0].text).toBeUndefined()
  })
})

describe('exportFormats', () => {
  it('differ in their ids, by which they are found', () => {
    const ids = exportFormats.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.map(findExportFormat)).toEqual(exportFormats)
    expect(() => findExportFormat('xml')).toThrow(
      "expected one of jsonl, csv, parquet, cl, bitcode, harness, received 'xml'",
    )
  })
})
