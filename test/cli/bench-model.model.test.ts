// `benchsteer bench model` with the shipped model on training data made from the seeds: few samples, no judgement.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { distinctTargets } from '../../cli/bench/distinct-targets.ts'
import { type PlannedHole, planHoles, scoredKinds } from '../../cli/bench/model/plan-holes.ts'
import { aimAtTargets, summarise } from '../../cli/bench/model/targets.ts'
import { readTrainingSet } from '../../cli/bench/model/training-set.ts'
import { commands } from '../../cli/commands/index.ts'
import { runCli } from '../../cli/program.ts'
import { featureSpaces, grewe, measureKernel } from '../../features/index.ts'
import { packagePath, parseUnit } from '../../kernels/index.ts'
import { Model, special, TargetMeter, writeTrainingData } from '../../synth/index.ts'
import { seedForms } from '../synth/seed-forms.ts'
import { memoryIo } from './memory-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-bench-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hasModel = existsSync(packagePath('model', 'model.json'))
if (!hasModel) console.warn('SKIPPED: bench model: model/model.json is missing')

async function bench(...args: readonly string[]) {
  const io = memoryIo()
  const code = await runCli(['bench', 'model', ...args], commands, io)
  return { code, out: io.outLines.join('\n'), err: io.errLines.join('\n') }
}

describe.skipIf(!hasModel)('bench model', () => {
  beforeAll(async () => {
    const kernels = seedForms.slice(0, 60).map(({ key, text, tokens }, i) => {
      const values = measureKernel(grewe, parseUnit(text), '')
      const features: Record<string, Float64Array> = values === undefined ? {} : { grewe: values }
      const split = i % 4 === 0 ? ('valid' as const) : ('train' as const)
      return { key, text, tokens, features, repository: `r${i % 8}`, licence: 'Apache-2.0', split }
    })
    await writeTrainingData(kernels, folder)
  })

  test('prints every part and writes its figures, with where they come from', async () => {
    const json = join(folder, 'figures.json')
    const { train, valid } = await readTrainingSet(folder)
    const few = ['--samples', '8', '--holes-per-kind', '1', '--directed-samples', '1', '--seed', '3']
    const { code, out, err } = await bench(...few, '--data', folder, '--json', json)
    expect({ code, err }).toMatchObject({ code: 0 })
    const { provenance, bits, compile, infills, sizes, overlap, directed } = JSON.parse(readFileSync(json, 'utf8'))
    expect(provenance).toMatchObject({
      seed: 3,
      temperature: 0.8,
      topP: 0.92,
      nameTemperature: 0.3,
      samples: 8,
      data: folder,
    })
    expect(provenance.modelHash).toMatch(/^[0-9a-f]{16}$/)
    for (const name of ['benchsteer', 'clang', 'node']) expect(provenance[name], name).toMatch(/^\d+\.\d+/)
    expect(out).toContain(provenance.modelHash)

    expect(bits.map(({ kind }: { kind: string }) => kind)).toEqual([...scoredKinds, 'all', ...scoredKinds, 'all'])
    for (const { bitsPerId, bitsPerToken } of bits) {
      expect(bitsPerId).toBeGreaterThan(0)
      expect(bitsPerId).toBeLessThan(20)
      expect(bitsPerToken).toBeGreaterThan(0)
    }
    expect(compile).toMatchObject([
      { decoding: 'plain', sampled: 8 },
      { decoding: 'checked', sampled: 8 },
      { decoding: 'rewritten', sampled: 8 },
    ])
    for (const { compiled, unique, uniqueByIr, compileRate } of compile) {
      expect(unique).toBeLessThanOrEqual(compiled)
      expect(uniqueByIr).toBeLessThanOrEqual(unique)
      expect(compileRate).toBeCloseTo(compiled / 8)
    }
    expect(infills).toMatchObject([{ decoding: 'plain' }, { decoding: 'checked' }, { decoding: 'rewritten' }])
    for (const { holes, infills: filled, compiling } of infills) {
      expect(filled).toBe(16 * holes)
      expect(compiling).toBeLessThanOrEqual(filled)
    }
    expect(sizes.map(({ size }: { size: string }) => size)).toEqual([
      ...Array(4).fill('tokens'),
      ...Array(4).fill('IR bytes'),
    ])
    expect(sizes[3]).toMatchObject({ of: `people, ${folder}`, kernels: train.length + valid.length })
    expect(sizes[7].percentiles.p50).toBeGreaterThan(500)
    const overlaps = overlap.filter(({ of }: { of: string }) => !of.endsWith('no copies'))
    expect(overlaps).toMatchObject([
      { of: 'model, plain' },
      { of: 'model, checked' },
      { of: 'model, rewritten' },
      { kernels: valid.length },
    ])
    expect(overlaps[3].longestRun.p50).toBeGreaterThan(5)
    expect(directed.responses.map(({ feature }: { feature: string }) => feature)).toEqual(grewe.names)
    for (const { levels } of directed.responses) expect(levels.length).toBeLessThanOrEqual(3)
  })

  test('leaves out what it has no data for, and says so', async () => {
    const { code, out } = await bench('--samples', '4', '--decoding', 'plain')
    expect(code).toBe(0)
    expect(out).toContain('bits is left out: it needs --data\n')
    expect(out).toContain('overlap is left out: it needs --data\n')
    expect(out).toContain('directed is left out: it needs --data or --corpus\n')
    expect(out).toContain('targets is left out: it is slow; name it in --parts')
    expect(out).toContain('what people write is left out: it needs --corpus or --data')
  })

  test.each([
    [['--parts', 'compile,bits'], '--parts: bits is left out: it needs --data'],
    [['--parts', 'speed'], "expected some of bits,compile,infills,sizes,overlap,directed,targets, received 'speed'"],
    [['--json', join(folder, 'no', 'where')], '--json: cannot write'],
    [['--data', join(folder, 'nowhere')], 'has no vocab.json; expected a folder that `corpora training-data` wrote'],
  ])('refuses %j before it measures', async (args, message) => {
    const { code, out, err } = await bench(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
  })
})

describe.skipIf(!hasModel)('planHoles', () => {
  test('takes holes out of whole kernels, at most as many of a kind as asked for, the same for the same seed', async () => {
    using model = await Model.load(packagePath('model'))
    const { tokenizer, valid } = await readTrainingSet(folder)
    const plan = (seed: number): PlannedHole[] => planHoles(model, tokenizer, valid, { holesPerKind: 4, seed })
    const plans = plan(1)
    expect(plan(1)).toEqual(plans)
    expect(plan(2)).not.toEqual(plans)
    const texts = new Set(valid.map(({ tokens }) => tokenizer.decode(tokens).join(' ')))
    for (const { infill, features, tokenCount } of plans) {
      const { ids } = infill.context
      const place = ids.indexOf(special.HOLE)
      const whole = [...ids.slice(0, place), ...infill.ids, ...ids.slice(place + 1)]
      expect(texts).toContain(model.tokenizer.decode(whole).join(' '))
      expect(tokenCount).toBe(model.tokenizer.decode(infill.ids).length + 1)
      expect(features.ids.length).toBe(grewe.names.length)
    }
    for (const kind of scoredKinds) expect(plans.filter((hole) => hole.kind === kind).length, kind).toBe(4)
  })
})

describe.skipIf(!hasModel)('aimAtTargets', () => {
  const flags = {
    decoding: ['checked'],
    temperature: 0.8,
    topP: 0.98,
    nameTemperature: 1,
    guidance: 1,
    seed: 5,
  } as const
  const few = { targetSamples: 2, targetSeeds: 2, samples: 1, holesPerKind: 1, directedSamples: 1 }

  test('holds as many directed kernels as undirected ones against each target, in every space', async () => {
    using model = await Model.load(packagePath('model'))
    const targets = featureSpaces.map((space) => distinctTargets(space)[0])
    const aim = (own: object) => aimAtTargets({ model, flags: { ...flags, ...few, ...own }, io: memoryIo() }, targets)
    const runs = await aim({})
    expect(runs.map(({ space, seed }) => [space, seed])).toEqual(
      [5, 6].flatMap((seed) => featureSpaces.map(({ id }) => [id, seed])),
    )
    for (const [i, { directed, undirected, chance }] of runs.entries()) {
      const target = targets[i % targets.length]
      const length = new TargetMeter(target).distance(new Float64Array(target.values.length))
      expect({ directed, undirected }).toMatchObject({ directed: { sampled: 2 }, undirected: { sampled: 32 } })
      expect(undirected.compiled).toBeGreaterThan(0)
      for (const { sampled, compiled, proximity, nearest } of [directed, undirected]) {
        expect(compiled).toBeLessThanOrEqual(sampled)
        expect(proximity).toBeCloseTo(100 * (1 - nearest / length))
      }
      if (directed.compiled > 0) expect(directed.nearest).toBeLessThanOrEqual(directed.meanDistance)
      else expect(directed).toMatchObject({ proximity: 0, meanDistance: Number.NaN })
      expect(chance).toBeGreaterThanOrEqual(0)
      expect(chance).toBeLessThanOrEqual(1 + 1e-9)
    }
    // The undirected kernels are the same for all targets of a seed.
    expect(new Set(runs.filter(({ seed }) => seed === 5).map((run) => run.undirected.compiled)).size).toBe(1)
    expect(await aim({ seed: 6, targetSeeds: 1 })).toEqual(runs.filter(({ seed }) => seed === 6))
    expect(summarise(runs).map(({ space, targets }) => [space, targets])).toEqual(
      featureSpaces.map(({ id }) => [id, 1]),
    )
  })

  test('ends on Ctrl-C', async () => {
    using model = await Model.load(packagePath('model'))
    const io = memoryIo(AbortSignal.abort(new Error('stopped')))
    await expect(aimAtTargets({ model, flags: { ...flags, ...few }, io }, distinctTargets(grewe))).rejects.toThrow(
      'stopped',
    )
  })
})
