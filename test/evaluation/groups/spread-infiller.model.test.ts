import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { directed, full, undirected } from '../../../evaluation/groups/searched.ts'
import { SpreadInfiller } from '../../../evaluation/groups/spread-infiller.ts'
import { Course } from '../../../evaluation/runner/course.ts'
import { findFeatureSpace } from '../../../features/index.ts'
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

  it.each([
    [directed, 3],
    [undirected, 3],
    [full, 1], // its edits have the other cores
  ])('$0.name has $1 processes on three cores', async (group, count) => {
    const space = findFeatureSpace('grewe')
    const target = { name: 'a', space, values: Float64Array.from(space.names, () => 5) }
    const end = new AbortController()
    const course = new Course(
      () => 0,
      1000,
      4,
      async () => true,
    )
    const settings = { model: folder, cores: 3 }
    const running = group.run({ target, seed: 1, leftMs: 60_000, settings, course, signal: end.signal })
    const writing = countInfillers()
    end.abort()
    await running
    expect(writing).toBe(count)
  })
})

/** Children of this process that fill holes. */
function countInfillers(): number {
  const children = readdirSync('/proc/self/task').flatMap((thread) =>
    readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
  )
  return children.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('infill-worker')).length
}
