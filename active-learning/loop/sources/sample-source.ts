// Kernels as the model writes them when it is asked for nothing: what synthesis without direction gives.

import { grewe, measureKernel } from '../../../features/index.ts'
import { parseUnit } from '../../../kernels/index.ts'
import { InfillPool, Model, type ModelInfo, Random, type SampledKernel, sampleKernels } from '../../../synth/index.ts'
import type { FoundKernel, KernelRequest, KernelSource } from '../parts.ts'
import { countsOf } from '../point.ts'
import { kernelNameOf } from './known-kernels.ts'

/** As `benchsteer sample` by default: checked, and rewritten until it compiles. */
const settings = {
  temperature: 0.8,
  topP: 0.92,
  nameTemperature: 0.3,
  checked: true,
  rewrites: 8,
  guidance: 1,
} as const
/** Sampled per kernel wanted: some do not compile, are copies, or are taken. */
const perKernel = 3
/** Times that more are sampled where too few were of use. */
const attempts = 3

/** Owns the processes that write; they start with the first request. */
export class SampleSource implements KernelSource, Disposable {
  readonly identity: string
  readonly #info: ModelInfo
  readonly #processes: number | undefined
  #writers: { readonly model: Promise<Model>; readonly pool: InfillPool } | undefined

  /** @param processes - each holds a model. Default: one per core */
  constructor(model: ModelInfo, processes?: number) {
    this.identity = `samples of model ${model.hash} with ${JSON.stringify(settings)}`
    this.#info = model
    this.#processes = processes
  }

  /** In the order written; the point counts for nothing. */
  async find({ seed, keep, taken }: KernelRequest, signal: AbortSignal): Promise<readonly FoundKernel[]> {
    const { folder } = this.#info
    this.#writers ??= { model: Model.load(folder), pool: new InfillPool(folder, this.#processes) }
    const { model, pool } = this.#writers
    const rng = new Random(seed)
    const found = new Map<string, FoundKernel>()
    for (let attempt = 0; attempt < attempts && found.size < keep; attempt++) {
      const options = { ...settings, samples: perKernel * keep, signal }
      for await (const kernels of sampleKernels(await model, options, rng, pool)) {
        for (const kernel of kernels.flatMap(measured)) if (!taken.has(kernel.key)) found.set(kernel.key, kernel)
      }
    }
    signal.throwIfAborted()
    return [...found.values()].slice(0, keep)
  }

  [Symbol.dispose](): void {
    this.#writers?.pool[Symbol.dispose]()
    void this.#writers?.model.then(
      (model) => model[Symbol.dispose](),
      () => {}, // was thrown where it was awaited
    )
  }
}

/** None where it is of no use. */
function measured({ form, outcome, isCopy, text }: SampledKernel): FoundKernel[] {
  if (form === undefined || !outcome.ok || isCopy === true) return []
  const values = measureKernel(grewe, parseUnit(text), '')
  if (values === undefined) return []
  return [{ key: form.key, text, kernelName: kernelNameOf(text), counts: countsOf(values), distance: null }]
}
