// Kernels written in one shot from `kernel void [HOLE]`, undirected, on all cores. Only writing and checking are timed; the
// IR of what compiles is made afterwards.

import { irKeyOf } from '../../../corpora/index.ts'
import { compileAll, type NormalForm } from '../../../kernels/index.ts'
import { InfillPool, type Model, Random, type SampleCounts, SampleTally, sampleKernels } from '../../../synth/index.ts'
import type { CliIo } from '../../io.ts'
import { startProgress } from '../../progress.ts'
import type { Decoding, ModelFlags } from './flags.ts'

const rewrites = 8

/** What came of one kind of decoding. */
export interface SampleRun {
  readonly decoding: Decoding
  /** That wrote at once. */
  readonly processes: number
  readonly counts: SampleCounts
  /** Token ids of the samples as they ended; what was rewritten is not counted. */
  readonly idCount: number
  readonly seconds: number
  /** Every sample that compiles, repetitions included. */
  readonly compiling: readonly CompilingSample[]
}

/** A sample that compiles. */
export interface CompilingSample {
  readonly form: NormalForm
  /** Undefined where the compiler passes it and then fails to emit. */
  readonly ir: { readonly key: string; readonly bytes: number } | undefined
}

/** One run per kind of decoding. */
export async function drawSamples(model: Model, flags: ModelFlags, io: CliIo): Promise<SampleRun[]> {
  using pool = new InfillPool(model.folder)
  await pool.ready() // else the first to be timed would pay for it
  const runs: SampleRun[] = []
  for (const decoding of flags.decoding) runs.push(await drawRun(model, pool, decoding, flags, io))
  return runs
}

async function drawRun(
  model: Model,
  pool: InfillPool,
  decoding: Decoding,
  flags: ModelFlags,
  io: CliIo,
): Promise<SampleRun> {
  const { samples, temperature, topP, nameTemperature, length, seed } = flags
  const options = { samples, temperature, topP, nameTemperature, length, ...settingsOf(decoding), signal: io.signal }
  const tally = new SampleTally()
  const forms: NormalForm[] = []
  let idCount = 0
  const startedAt = performance.now()
  {
    using progress = startProgress(io, { label: `sampling, ${decoding}`, total: samples, unit: 'kernels' })
    for await (const kernels of sampleKernels(model, options, new Random(seed), pool)) {
      for (const kernel of kernels) {
        tally.add(kernel)
        idCount += kernel.idCount
        if (kernel.outcome.ok && kernel.form !== undefined) forms.push(kernel.form)
      }
      progress.update(tally.counts.sampled, `${tally.counts.compiled} compile`)
    }
  }
  io.signal.throwIfAborted()
  const seconds = (performance.now() - startedAt) / 1000
  const processes = pool.size
  return { decoding, processes, counts: tally.counts, idCount, seconds, compiling: await withIr(forms, io.signal) }
}

/** What `sampleKernels` is told. */
export function settingsOf(decoding: Decoding): { readonly checked: boolean; readonly rewrites: number } {
  return { checked: decoding !== 'plain', rewrites: decoding === 'rewritten' ? rewrites : 0 }
}

async function withIr(forms: readonly NormalForm[], signal: AbortSignal): Promise<CompilingSample[]> {
  const texts = new Map(forms.map(({ key, text }) => [key, text]))
  const outcomes = await compileAll([...texts.values()], { signal })
  const irs = new Map(
    [...texts.keys()].map((key, i) => {
      const outcome = outcomes[i]
      return [key, outcome.ok ? { key: irKeyOf(outcome.ir), bytes: outcome.ir.length } : undefined]
    }),
  )
  return forms.map((form) => ({ form, ir: irs.get(form.key) }))
}
