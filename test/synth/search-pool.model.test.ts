// Searches as they are asked for, with the shipped model.

import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { grewe } from '../../features/index.ts'
import { packagePath } from '../../kernels/index.ts'
import { type Job, type JobEvent, readModelInfo, resolveTarget, SearchPool } from '../../synth/index.ts'

import { killChildren } from './kill-children.ts'

const hasModel = existsSync(packagePath('model', 'model.json'))
if (!hasModel) console.warn('SKIPPED: search pool: model/model.json is missing')

async function jobFor(seed: number): Promise<Job> {
  const { space: _, ...target } = await resolveTarget('comp=9,mem=4', grewe)
  return { spaces: 'grewe', target, options: { seed, generations: 0, holes: 0, width: 8, keep: 2 } }
}

async function keysOf(events: AsyncIterable<JobEvent>, onEvent: (event: JobEvent) => void = () => {}) {
  const keys: string[] = []
  for await (const event of events) {
    onEvent(event)
    if (event.kind === 'benchmark' && event.isFinal) keys.push(event.benchmark.key)
  }
  return keys
}

describe.skipIf(!hasModel)('SearchPool', () => {
  it('lets searches wait their turn, and begins one again whose process is killed', async () => {
    using pool = new SearchPool(readModelInfo(packagePath('model')), { workers: 1 })
    const [first, second] = await Promise.all([jobFor(1), jobFor(2)])
    const [one, other] = await Promise.all([keysOf(pool.run(first)), keysOf(pool.run(second))])
    expect(one).toHaveLength(2)
    expect(other.length).toBeGreaterThan(0)

    let kills = 1
    const survived = await keysOf(pool.run(first), () => {
      if (kills-- > 0) killChildren('search-worker')
    })
    expect(survived.slice(-2)).toEqual(one)
  })
})
