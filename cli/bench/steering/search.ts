// A search, as `synth` does it, and what it came to.

import { type SearchOptions, synthesizeEvents } from '../../../synth/index.ts'
import type { MethodRequest } from './method.ts'
import type { RunResult } from './run.ts'

/** @param options - over those of the request */
export async function searchFor(
  { model, builder, target, settings, signal }: MethodRequest,
  options: SearchOptions,
): Promise<RunResult> {
  const { seed, budgetMs, edits, holes, without, validate } = settings
  const none = { proximity: 0, distance: Number.MAX_VALUE, bestMs: 0, elapsedMs: 0, sampled: 0, compiled: 0 }
  let result: RunResult = { ...none, generations: 0 }
  let nearest = Number.MAX_VALUE
  const asked = { seed, budgetMs, edits, holes, without, validate, keep: 1, signal, ...options }
  for await (const event of synthesizeEvents(model, target, builder, asked)) {
    if (event.kind === 'progress') {
      const { best, funnel, generation, elapsedMs } = event.progress
      const { sampled, compiled } = funnel
      const isNearer = best !== undefined && best.distance < nearest
      if (isNearer) nearest = best.distance
      const bestMs = isNearer ? Math.round(elapsedMs) : result.bestMs
      result = { ...result, bestMs, elapsedMs: Math.round(elapsedMs), sampled, compiled, generations: generation }
    } else if (event.kind === 'benchmark' && event.isFinal) {
      const { proximity, distance, features } = event.benchmark
      const values = features[target.space.id]
      const surplus = target.space.names.map((name, i) => [name, values[i] - target.values[i]] as const)
      const off = Object.fromEntries(surplus.filter(([, difference]) => difference !== 0))
      result = { ...result, proximity, distance, off }
    }
  }
  return result
}
