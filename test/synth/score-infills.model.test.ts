import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GivenInfill, Model, scoreInfills, special } from '../../synth/index.ts'
import { makeTinyModel, shippedModel, type TestModel } from './test-model.ts'

describe('scoreInfills', () => {
  let source: TestModel | string = 'not started'
  let model: Model

  beforeAll(async () => {
    source = shippedModel() ?? (await makeTinyModel())
    if (typeof source !== 'string') model = await Model.load(source.folder)
  })

  afterAll(() => {
    if (typeof source === 'string') return
    model[Symbol.dispose]()
    if (source.isTemporary) rmSync(source.folder, { recursive: true, force: true })
  })

  /** `left right`, with what fills the gap; spaces part tokens. */
  const infillOf = (left: string, ids: string, right: string): GivenInfill => {
    const encode = (text: string): number[] => model.tokenizer.encode(text.split(' ').filter(Boolean))?.ids ?? []
    const prefix = { ids: [0, 2], buckets: [3, 9] }
    return { context: { ids: [...encode(left), special.HOLE, ...encode(right)], prefix }, ids: encode(ids) }
  }

  it('gives the probabilities that PyTorch computed without caches', async (context) => {
    if (typeof source === 'string') return context.skip(source)
    const { reference } = source
    if (reference === undefined) return context.skip('no reference.json beside the model')
    const shown = reference.feature_ids.length - 1 // the last feature of the reference is hidden by its mask
    const prefix = { ids: reference.feature_ids.slice(0, shown), buckets: reference.feature_buckets.slice(0, shown) }
    const ids = reference.span_ids.slice(1)
    const other = infillOf('kernel void f0 ( global int * p0 ) { p0 [ 0 ] =', '1 + p0 [ 1 ] * 2', '; }')
    const [scores] = await scoreInfills(model, [{ context: { ids: reference.token_ids, prefix }, ids }, other])
    expect(scores.length).toBe(ids.length + 1)
    for (const [step, id] of ids.entries()) {
      const logits = reference.logits[step]
      const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0)
      const difference = Math.abs(scores[step] - logits[id] + Math.log(total))
      expect(difference).toBeLessThan(reference.tolerance ?? 0.02)
    }
  })

  it('gives each infill the same alone and beside others', async (context) => {
    if (typeof source === 'string') return context.skip(source)
    const infills = [
      infillOf('kernel void', 'f0 ( global float * p0 ) { p0 [ get_global_id ( 0 ) ] = 0.0f ; }', ''),
      infillOf('kernel void f0 ( global int * p0 ) { p0 [ 0 ] =', '1', '; }'),
      infillOf('kernel void f0 (', '', ') { }'),
    ]
    const together = await scoreInfills(model, infills)
    for (const [i, infill] of infills.entries()) {
      const [alone] = await scoreInfills(model, [infill])
      expect(alone.length).toBe(infill.ids.length + 1)
      for (const [k, logProbability] of alone.entries()) {
        expect(logProbability).toBeLessThanOrEqual(0)
        expect(together[i][k]).toBeCloseTo(logProbability, 3)
      }
    }
    expect(await scoreInfills(model, [])).toEqual([])
  })

  it('stops when it is told to', async (context) => {
    if (typeof source === 'string') return context.skip(source)
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(scoreInfills(model, [infillOf('kernel void', 'f0 ( ) { }', '')], { signal })).rejects.toThrow('enough')
  })
})
