// The library's way from a target to benchmarks: the results of a search and nothing else.

import { DeviceBuilder, type DeviceChoice } from '../kernels/index.ts'
import type { ModelInfo } from './model-info.ts'
import { resolveSearchOptions, type SearchOptions } from './search/options.ts'
import type { Target } from './search/target.ts'
import { type Benchmark, synthesizeEvents } from './synthesize-events.ts'

export interface SynthesizeOptions extends SearchOptions {
  /** Where kernels are built. Default: the first CPU. */
  readonly device?: DeviceChoice
}

/**
 * Search for `target`, and hand out the `keep` nearest benchmarks when the search has ended, nearest first. Aborting
 * `signal` ends it early: what was found until then is still verified and handed out. For progress on the way:
 * `synthesizeEvents`.
 * @example
 * const model = readModelInfo(packagePath('model'))
 * const target = await resolveTarget('comp=40,mem=8..12', findFeatureSpace('grewe'))
 * for await (const { proximity, text } of synthesize(model, target, { budgetMs: 60_000 })) console.log(proximity, text)
 * @throws {RangeError} for options out of range
 * @throws {BenchError} MODEL_CORRUPT, DEVICE_MISSING and others of what the search needs
 */
export async function* synthesize(
  model: ModelInfo,
  target: Target,
  options: SynthesizeOptions = {},
): AsyncGenerator<Benchmark, void> {
  const { device, ...search } = options
  resolveSearchOptions(search) // before a device is opened
  using builder = await DeviceBuilder.open(device === undefined ? {} : { device })
  for await (const event of synthesizeEvents(model, target, builder, search)) {
    if (event.kind === 'benchmark' && event.isFinal) yield event.benchmark
  }
}
