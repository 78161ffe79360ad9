import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grewe } from '../../features/index.ts'
import { type Context, type InfillOptions, infill, Model, Random, search, special } from '../../synth/index.ts'
import { logSoftmax } from '../../synth/sampling.ts'
import { makeTinyModel, type Reference, shippedModel, type TestModel } from './test-model.ts'

/**
 * Two rows, beside a longer context: log-probabilities within the tolerance, and a tenth of it in total variation, which is
 * how often a draw could come out otherwise.
 */
async function expectReference(model: Model, reference: Reference): Promise<void> {
  const shown = reference.feature_ids.length - 1 // the last feature of the reference is hidden by its mask
  const prefix = { ids: reference.feature_ids.slice(0, shown), buckets: reference.feature_buckets.slice(0, shown) }
  const longer = { ids: [...reference.token_ids, ...reference.token_ids], prefix: { ids: [], buckets: [] } }
  const decoding = model.startDecoding(await model.encode([{ ids: reference.token_ids, prefix }, longer]), 2)
  const tolerance = reference.tolerance ?? 2e-2
  for (const [step, token] of reference.span_ids.entries()) {
    const scores = await decoding.step([token, token, token, token])
    const size = scores.length / 4
    const expected = logSoftmax(Float32Array.from(reference.logits[step]), size)
    for (const row of [0, 1]) {
      const ours = scores.subarray(row * size, (row + 1) * size)
      const differences = Array.from(expected, (score, i) => Math.abs(score - ours[i]))
      expect(Math.max(...differences), `step ${step}`).toBeLessThan(tolerance)
      const variation = Array.from(expected, (score, i) => Math.abs(Math.exp(score) - Math.exp(ours[i])) / 2)
      expect(
        variation.reduce((sum, one) => sum + one, 0),
        `step ${step}`,
      ).toBeLessThan(tolerance / 10)
    }
  }
}

describe('the model', () => {
  let source: TestModel | string = 'not started'
  let model: Model
  const contexts = (): Context[] => [
    contextOf(model, ['kernel', 'void'], []),
    contextOf(model, 'kernel void f0 ( global int * p0 ) { p0 [ 0 ] ='.split(' '), [';', '}']),
    {
      ...contextOf(model, ['kernel', 'void', 'f0', '('], [')', '{', '}']),
      prefix: { ids: [0, 2, 5], buckets: [3, 9, 1] },
    },
  ]
  const options = { temperature: 1, topP: 1, samples: 4, maxTokens: 40 } satisfies InfillOptions

  beforeAll(async () => {
    source = shippedModel() ?? (await makeTinyModel())
    if (typeof source !== 'string') model = await Model.load(source.folder)
  })

  afterAll(() => {
    if (typeof source === 'string') return
    model[Symbol.dispose]()
    if (source.isTemporary) rmSync(source.folder, { recursive: true, force: true })
  })

  it('computes with its caches what PyTorch computed without', async (context) => {
    if (typeof source === 'string') return context.skip(source)
    const { reference } = source
    if (reference === undefined) return context.skip('no reference.json beside the model')
    await expectReference(model, reference)
  })

  it('does so in float32 to the last digits, where the shipped weights are int8', async (context) => {
    const made = await makeTinyModel()
    if (typeof made === 'string') return context.skip(made)
    try {
      using tiny = await Model.load(made.folder)
      if (made.reference === undefined) throw new Error('the export left no reference.json')
      await expectReference(tiny, { ...made.reference, tolerance: 1e-3 })
    } finally {
      rmSync(made.folder, { recursive: true, force: true })
    }
  })

  it('writes the same for the same seed', async (context) => {
    if (typeof source === 'string') return context.skip(source)
    const run = async (seed: number): Promise<unknown> => infill(model, contexts(), options, new Random(seed))
    expect(await run(1)).toEqual(await run(1))
    expect(await run(1)).not.toEqual(await run(2))
  })

  it('gives each sample the temperature, nucleus, limit and seed that it asks for', async (context) => {
    if (typeof source === 'string') return context.skip(source)
    const [hole] = contexts()
    const draw = async (settings: Partial<InfillOptions>, seed: number): Promise<readonly (readonly number[])[]> => {
      const infills = await infill(model, [hole], { ...options, ...settings }, new Random(seed))
      return infills.map(({ ids }) => ids)
    }
    const mixed = await draw({ samples: 6, seeds: [[7, 8, 7, 8, 9, 9]], maxTokens: [[40, 40, 40, 40, 5, 12]] }, 1)
    expect(mixed[2]).toEqual(mixed[0])
    expect(mixed[3]).toEqual(mixed[1])
    expect(mixed[0]).not.toEqual(mixed[1])
    expect(mixed[4]).toEqual(mixed[5].slice(0, 5))
    expect(await draw({ samples: 1, seeds: [[8]] }, 2)).toEqual([mixed[1]])
    const cold = await draw({ temperature: [[0.01, 0.01, 1, 4]], topP: [[1, 1e-6, 1e-6, 1]] }, 3)
    expect(cold[1]).toEqual(cold[0])
    expect(cold[2]).toEqual(cold[0])
    expect(cold[3]).not.toEqual(cold[0])
  })

  it('gives samples in order of hole, within the limits', async (context) => {
    if (typeof source === 'string') return context.skip(source)
    const infills = await infill(model, contexts(), options, new Random(3))
    expect(infills.map(({ hole }) => hole)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
    for (const { ids, meanLogProbability } of infills) {
      expect(ids.length).toBeLessThanOrEqual(options.maxTokens)
      expect(ids.every((id) => id > special.ENDHOLE && id < model.tokenizer.size)).toBe(true)
      expect(meanLogProbability).toBeLessThanOrEqual(0)
    }
  })

  it.for<[string, number[][]]>([
    ['rows', [[1]]],
    ['rows of several holes', [[0], [1], [1]]],
    ['holes', [[], [0, 1], []]],
  ])('goes on unchanged past a full cache and after %s were dropped', async ([, kept], context) => {
    if (typeof source === 'string') return context.skip(source)
    const chosen = kept.length === 1 ? [contexts()[1]] : contexts()
    const rowsLeft = kept.flatMap((samples, g) => samples.map((sample) => 2 * g + sample))
    const scoresOf = async (drop: boolean): Promise<Float32Array[]> => {
      const decoding = model.startDecoding(await model.encode(chosen), 2)
      let rows = Array.from({ length: 2 * chosen.length }, (_, row) => row)
      let scores: Float32Array = new Float32Array()
      for (let step = 0; step < 50; step++) {
        if (drop && step === 20) {
          decoding.keep(kept)
          rows = rowsLeft
          expect(decoding.holes * decoding.samples).toBe(rows.length)
        }
        scores = await decoding.step(rows.map((row) => 20 + ((step * (row + 1)) % 60)))
      }
      const size = model.tokenizer.size
      return rowsLeft.map((row) => scores.slice(rows.indexOf(row) * size, (rows.indexOf(row) + 1) * size))
    }
    const [whole, dropped] = [await scoresOf(false), await scoresOf(true)]
    for (const [row, scores] of whole.entries()) {
      expect(Math.max(...scores.map((score, i) => Math.abs(score - dropped[row][i])))).toBeLessThan(1e-3)
    }
  })

  it('keeps an aborted infill from going on', async (context) => {
    if (typeof source === 'string') return context.skip(source)
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(infill(model, contexts(), { ...options, signal }, new Random(1))).rejects.toThrow('enough')
  })

  it('searches to the same beam for the same seed and generations', async (context) => {
    if (typeof source === 'string') return context.skip(source)
    const values = Float64Array.of(43, 17, 31, 7, 11, 3, Number.NaN, Number.NaN)
    const run = async (seed: number): Promise<unknown[]> => {
      const target = { name: 'test', space: grewe, values }
      const states = []
      const settings = { generations: 3, width: 8, holes: 4, samples: 4, seed }
      for await (const { generation, proximity, beam, funnel } of search(model, target, settings)) {
        states.push({
          generation,
          proximity,
          beam: beam.map(({ key, distance, lineage }) => ({ key, distance, lineage })),
          funnel: { ...funnel },
        })
      }
      return states
    }
    const first = await run(1)
    expect(first.length).toBeGreaterThan(1)
    expect(await run(1)).toEqual(first)
  })

  it('can be disposed of twice, and then refuses work, also that which has begun', async (context) => {
    if (typeof source === 'string') return context.skip(source)
    const own = await Model.load(source.folder)
    const encoded = await own.encode(contexts())
    const decoding = own.startDecoding(encoded, 1)
    own[Symbol.dispose]()
    own[Symbol.dispose]()
    const refusal = { name: 'DisposedError', message: 'Model was used after it was disposed of' }
    await expect(own.encode(contexts())).rejects.toMatchObject(refusal)
    await expect(decoding.step([special.START, special.START, special.START])).rejects.toMatchObject(refusal)
    expect(() => own.startDecoding(encoded, 1)).toThrow(refusal.message)
  })
})

describe('Model.load', () => {
  const remedy = /; name a complete model folder with --model, or restore the shipped one: `git checkout -- model`/

  it('names the file that is missing, and what to do', async () => {
    const error = await Model.load('/nowhere').catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'BenchError', code: 'MODEL_CORRUPT', message: expect.stringMatching(remedy) })
    expect(error).toMatchObject({ message: expect.stringContaining('model file missing: /nowhere/model.json') })
  })

  it('says what is wrong with a file, and what to do', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'benchsteer-model-'))
    try {
      for (const name of ['model.json', 'encoder.onnx', 'decoder.onnx', 'weights.bin']) {
        writeFileSync(join(folder, name), name === 'model.json' ? '{}' : 'junk')
      }
      const error = await Model.load(folder).catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'MODEL_CORRUPT', message: expect.stringMatching(remedy) })
      expect(error).toMatchObject({ message: expect.stringContaining(`cannot load the model in ${folder}: Error:`) })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

function contextOf(model: Model, left: readonly string[], right: readonly string[]): Context {
  const encode = (texts: readonly string[]): readonly number[] => model.tokenizer.encode(texts)?.ids ?? []
  return { ids: [...encode(left), special.HOLE, ...encode(right)], prefix: { ids: [], buckets: [] } }
}
