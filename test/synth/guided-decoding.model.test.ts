import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { grewe } from '../../features/index.ts'
import { startGuided } from '../../synth/guided-decoding.ts'
import { emptyPrefix, type FeaturePrefix, featurePrefix, Model, special, withLength } from '../../synth/index.ts'
import { logSoftmax } from '../../synth/sampling.ts'
import { makeTinyModel, shippedModel } from './test-model.ts'

const made = shippedModel() ?? (await makeTinyModel())
if (typeof made === 'string') console.warn(`SKIPPED: ${made}`)

describe.skipIf(typeof made === 'string')('startGuided', () => {
  const { folder, isTemporary } = typeof made === 'string' ? { folder: '', isTemporary: false } : made
  afterAll(() => {
    if (isTemporary) rmSync(folder, { recursive: true, force: true })
  })
  const first = [special.START, special.START]

  it('goes as far beyond the directed log-probabilities as it is told', async () => {
    using model = await Model.load(folder)
    const features = Float64Array.of(12, 0, 4, 0, 2, 0, 0.5, 3)
    const prefix = featurePrefix(model.card.featureOffsets, grewe, features)
    const ids = [special.HOLE]
    const scoresOf = async (context: { ids: number[]; prefix: typeof prefix }, guidance: number) =>
      (await startGuided(model, [context], 2, guidance)).step(first)
    const directed = await scoresOf({ ids, prefix }, 1)
    const undirected = await scoresOf({ ids, prefix: emptyPrefix }, 1)
    const guided = await scoresOf({ ids, prefix }, 2)
    expect(guided.length).toBe(directed.length)
    expect(directed).not.toEqual(undirected)
    const beyond = directed.map((score, i) => 2 * score - undirected[i])
    for (const [i, score] of logSoftmax(beyond, model.tokenizer.size).entries()) {
      expect(guided[i]).toBeCloseTo(score, 3)
    }
  })

  it('exaggerates features, not the length', async () => {
    using model = await Model.load(folder)
    const { featureOffsets } = model.card
    const scoresOf = async (prefix: FeaturePrefix, guidance: number) =>
      (await startGuided(model, [{ ids: [special.HOLE], prefix }], 2, guidance)).step(first)
    const length = withLength(emptyPrefix, featureOffsets, 100)
    expect(await scoresOf(length, 3)).toEqual(await scoresOf(length, 1))
    const features = featurePrefix(featureOffsets, grewe, Float64Array.of(12, 0, 4, 0, 2, 0, 0.5, 3))
    const directed = withLength(features, featureOffsets, 100)
    const [guided, plain, undirected] = [
      await scoresOf(directed, 2),
      await scoresOf(directed, 1),
      await scoresOf(length, 1),
    ]
    const beyond = logSoftmax(
      plain.map((score, i) => 2 * score - undirected[i]),
      model.tokenizer.size,
    )
    for (const [i, score] of beyond.entries()) expect(guided[i]).toBeCloseTo(score, 3)
  })

  it('keeps rows as plain decoding does', async () => {
    using model = await Model.load(folder)
    const prefix = featurePrefix(model.card.featureOffsets, grewe, Float64Array.of(12, 0, 4, 0, 2, 0, 0.5, 3))
    const [one, other] = model.tokenizer.encode(['f0', '(', 'p0'])?.ids ?? []
    const start = (samples: number) => startGuided(model, [{ ids: [special.HOLE], prefix }], samples, 1.5)
    const decoding = await start(2)
    await decoding.step(first)
    await decoding.step([one, other])
    decoding.keep([[1]])
    expect([decoding.holes, decoding.samples]).toEqual([1, 1])
    const scores = await decoding.step([one])
    const alone = await start(1)
    for (const token of [special.START, other]) await alone.step([token])
    const expected = await alone.step([one])
    expect(scores.length).toBe(model.tokenizer.size)
    for (const [i, score] of scores.entries()) expect(score).toBeCloseTo(expected[i], 3)
  })
})
