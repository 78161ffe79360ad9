// The library's generator of benchmarks: real model, compiler and device.

import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { grewe } from '../../features/index.ts'
import { DeviceBuilder, packagePath } from '../../kernels/index.ts'
import {
  type Benchmark,
  readModelInfo,
  resolveTarget,
  type SynthesizeOptions,
  synthesize,
  synthesizeEvents,
} from '../../synth/index.ts'

const folder = packagePath('model')
const hasModel = existsSync(packagePath('model', 'model.json'))
if (!hasModel) console.warn('SKIPPED: synthesize: model/model.json is missing')

async function collect(options: SynthesizeOptions): Promise<Benchmark[]> {
  const target = await resolveTarget('rodinia/lud/lud_diagonal', grewe)
  const found: Benchmark[] = []
  for await (const benchmark of synthesize(readModelInfo(folder), target, options)) found.push(benchmark)
  return found
}

describe.skipIf(!hasModel)('synthesize', () => {
  it('hands out what the search ends with, nearest first', async () => {
    const options = { seed: 3, generations: 1, width: 8, keep: 3 }
    const found = await collect(options)
    const target = await resolveTarget('rodinia/lud/lud_diagonal', grewe)
    using builder = await DeviceBuilder.open()
    const finals: string[] = []
    for await (const event of synthesizeEvents(readModelInfo(folder), target, builder, options)) {
      if (event.kind === 'benchmark' && event.isFinal) finals.push(event.benchmark.key)
    }
    expect(found.map(({ key }) => key)).toEqual(finals)
    expect(found).toHaveLength(3)
    const distances = found.map(({ distance }) => distance)
    expect(distances).toEqual([...distances].sort((a, b) => a - b))
  })

  it('ends early when asked to, with what was found until then', async () => {
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), 5000)
    const startedMs = performance.now()
    const found = await collect({ budgetMs: 600_000, holes: 1, signal: stop.signal })
    clearTimeout(timer)
    expect(found.length).toBeGreaterThan(0)
    expect(performance.now() - startedMs).toBeLessThan(60_000)
  })

  it('refuses options before it opens a device', async () => {
    await expect(collect({ width: 4, keep: 5, device: 'no such device' })).rejects.toThrow(
      'keep: expected a number from 1 to 4',
    )
  })
})
