import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { corporaCommands } from '../../cli/commands/corpora/index.ts'
import { runCli } from '../../cli/program.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-corpora-'))
const corpus = join(folder, 'corpus.db')
const project = join(folder, 'project')

interface Outcome {
  readonly exitCode: number
  readonly out: readonly string[]
  readonly err: readonly string[]
}

async function run(...args: string[]): Promise<Outcome> {
  const out: string[] = []
  const err: string[] = []
  const io = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    signal: new AbortController().signal,
    isTty: false,
  }
  return { exitCode: await runCli(['corpora', ...args], [corporaCommands], io), out, err }
}

let mined: Outcome

beforeAll(async () => {
  mkdirSync(join(project, 'parboil'), { recursive: true })
  writeFileSync(join(project, 'LICENSE'), 'Permission is hereby granted, free of charge, to any person …')
  writeFileSync(join(project, 'a.cl'), '__kernel void scale(__global float *x) { x[get_global_id(0)] *= 2.0f; }\n')
  writeFileSync(join(project, 'b.cl'), 'kernel void xor(global int *x, int k) { x[get_global_id(0)] ^= k; }\n')
  writeFileSync(join(project, 'parboil', 'c.cl'), 'kernel void held(global int *x) { x[get_local_id(0)] = 77; }\n')
  writeFileSync(join(project, 'junk.cl'), 'kernel void (((\n')
  mined = await run('mine', join(folder, 'missing'), project, '--corpus', corpus)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('corpora mine', () => {
  it('mines what it can read, names what it cannot, and fails for it', () => {
    expect(mined.exitCode).toBe(1)
    expect(mined.err[0]).toContain('[1/2]')
    expect(mined.err[0]).toContain('no such directory or git repository')
    expect(mined.err[1]).toMatch(
      /^\[2\/2\] .*project: 3 kernels in 4 units, 3 new, 0 known, 0 with known IR, 1 held out \(MIT\)$/,
    )
    expect(mined.out).toEqual([`${corpus}: 2 kernels fit for training, 1 sources`])
  })

  it('asks for something to mine', async () => {
    const { exitCode, err } = await run('mine')
    expect(exitCode).toBe(2)
    expect(err.join('\n')).toContain('expected at least one directory or repository, --seed or --manifest')
  })
})

describe('corpora stats', () => {
  it('prints a summary for people', async () => {
    const { out } = await run('stats', '-c', corpus)
    expect(out).toContain('fit for training                2  from 1 repositories')
    expect(out).toContain('licence classes:')
  })

  it('prints everything as JSON', async () => {
    const { out } = await run('stats', '-c', corpus, '--json')
    const kernels = { normalForms: 3, distinctByIr: 3, heldOut: 1, usable: 2 }
    expect(JSON.parse(out[0])).toMatchObject({ sources: { count: 1, units: 4 }, kernels, licences: { MIT: 2 } })
  })

  it('names a corpus that is not there, and does not create it', async () => {
    const { exitCode, err } = await run('stats', '-c', join(folder, 'none.db'))
    expect(exitCode).toBe(1)
    expect(err.join('\n')).toContain('no such store')
    expect((await run('stats', '-c', join(folder, 'none.db'))).exitCode).toBe(1)
  })
})

describe('corpora list', () => {
  it('lists what is fit for training, one line each', async () => {
    const { out } = await run('list', '-c', corpus)
    expect(out.map((line) => line.replace(/^\w{12} +\d+ /, ''))).toEqual([
      ' MIT  project/a.cl  scale',
      ' MIT  project/b.cl  xor',
    ])
    expect((await run('list', '-c', corpus, '--limit', '1')).out).toEqual(out.slice(0, 1))
    expect((await run('list', '-c', corpus, '--origin', 'seed')).out).toEqual([])
    expect((await run('list', '-c', corpus, '--repository', 'project')).out).toEqual(out)
  })

  it('gives the reason of what is held out', async () => {
    const { out } = await run('list', '-c', corpus, '--held-out')
    expect(out).toHaveLength(1)
    expect(out[0]).toContain('project/parboil/c.cl  held  held out, name: parboil')
  })

  it('refuses an origin that is none', async () => {
    expect((await run('list', '-c', corpus, '--origin', 'dreamt')).exitCode).toBe(2)
  })
})

describe('corpora show', () => {
  it('shows one kernel by the start of its key, with its features', async () => {
    const [first] = (await run('list', '-c', corpus, '--json')).out.map((line) => JSON.parse(line) as { key: string })
    const { out } = await run('show', first.key.slice(0, 10), '-c', corpus)
    expect(out[0]).toContain(`// ${first.key}, mined`)
    expect(out.join('\n')).toMatch(/\/\/ grewe: .*mem=1/)
    expect(out.at(-1)).toContain('kernel void')
    const [json] = (await run('show', first.key, '-c', corpus, '--json')).out
    expect(JSON.parse(json)).toMatchObject({ kernelName: 'scale', features: { grewe: { mem: 1 } } })
  })

  it('names a key that it does not have', async () => {
    const { exitCode, err } = await run('show', 'zzz', '-c', corpus)
    expect(exitCode).toBe(2)
    expect(err.join('\n')).toContain("received 'zzz'")
  })
})
