// Kernels from nothing, undirected, on all cores, until the time is up or one sits at the target and builds.

import { measureKernel, needsIr } from '../../../features/index.ts'
import { parseUnit } from '../../../kernels/index.ts'
import { InfillPool, Random, sampleKernels, TargetMeter } from '../../../synth/index.ts'
import { Clock } from '../../clock.ts'
import type { MethodRequest } from './method.ts'
import type { RunResult } from './run.ts'

export async function sampleAtRandom({ model, builder, target, settings, signal }: MethodRequest): Promise<RunResult> {
  const startedAt = performance.now()
  const passed = (): number => Math.round(performance.now() - startedAt)
  using clock = new Clock(settings.budgetMs, signal)
  using pool = new InfillPool(model.folder)
  const meter = new TargetMeter(target)
  const { space } = target
  const decoding = {
    samples: Number.MAX_SAFE_INTEGER,
    temperature: 0.8,
    topP: 0.92,
    nameTemperature: 0.3,
    checked: true,
  } as const
  const options = { ...decoding, withIr: needsIr(space), signal: clock.signal }
  let [distance, bestMs, sampled, compiled] = [Number.MAX_VALUE, 0, 0, 0]
  for await (const kernels of sampleKernels(model, options, new Random(settings.seed), pool)) {
    sampled += kernels.length
    for (const { text, outcome } of kernels) {
      const values = outcome.ok ? measureKernel(space, parseUnit(text), outcome.ir) : undefined
      if (values === undefined) continue
      compiled++
      const own = meter.distance(values)
      if (own >= distance || !(await builder.build(text)).ok) continue
      distance = own
      bestMs = passed()
    }
    if (distance === 0) break
  }
  const elapsedMs = passed()
  return { proximity: meter.proximity(distance), distance, bestMs, elapsedMs, sampled, compiled, generations: 0 }
}
