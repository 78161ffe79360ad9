import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { SpreadInfiller } from '../../../evaluation/groups/spread-infiller.ts'
import { type Context, emptyPrefix, type InfillOptions, InfillPool, Model, special } from '../../../synth/index.ts'
import { makeTinyModel, shippedModel } from '../../synth/test-model.ts'

const made = shippedModel() ?? (await makeTinyModel())
if (typeof made === 'string') console.warn(`SKIPPED: ${made}`)

describe.skipIf(typeof made === 'string')('SpreadInfiller', () => {
  const { folder, isTemporary } = typeof made === 'string' ? { folder: '', isTemporary: false } : made
  afterAll(() => {
    if (isTemporary) rmSync(folder, { recursive: true, force: true })
  })
  const options: InfillOptions = {
    ...{ samples: 5, topP: 0.98, checked: true },
    ...{ temperature: [0.6, 0.8, 1], maxTokens: [20, 40, 30] },
  }

  async function contextsOf(): Promise<Context[]> {
    using model = await Model.load(folder)
    const starts = [['kernel', 'void'], ['kernel'], ['kernel', 'void', 'f0', '(']]
    return starts.map((tokens) => {
      return {
        ids: [...(model.tokenizer.encode(tokens)?.ids ?? []), special.HOLE],
        prefix: emptyPrefix,
        kind: 'scratch',
      }
    })
  }

  it('writes what one process writes, in the same order, whatever the number of processes', async () => {
    const contexts = await contextsOf()
    using one = new InfillPool(folder, 1)
    const expected = await one.infill(contexts, options, 7)
    expect(expected.map(({ hole }) => hole)).toEqual([0, 1, 2].flatMap((hole) => Array(5).fill(hole)))
    for (const size of [1, 2, 4]) {
      using pool = new InfillPool(folder, size)
      const spread = new SpreadInfiller(pool)
      const written = await spread.infill(contexts, options, 7)
      expect(written.map(({ hole, ids }) => ({ hole, ids }))).toEqual(expected.map(({ hole, ids }) => ({ hole, ids })))
      expect(await spread.infill(contexts, options, 7)).toEqual(written)
    }
  })

  it('keeps seeds and beginnings with their samples', async () => {
    const contexts = await contextsOf()
    const seeds = contexts.map((_, hole) => [1, 2, 3, 4, 5].map((sample) => 10 * hole + sample))
    const starts = contexts.map((_, hole) => (hole === 1 ? [] : [[5], [6], [7]]))
    using pool = new InfillPool(folder, 2)
    const asked = { ...options, seeds, starts }
    const expected = await pool.infill(contexts, asked, 1)
    const written = await new SpreadInfiller(pool).infill(contexts, asked, 2)
    expect(written.map(({ ids }) => ids)).toEqual(expected.map(({ ids }) => ids))
    expect(written.filter(({ ids }) => ids.length === 0).length).toBeGreaterThanOrEqual(9)
  })
})
