// `benchsteer sample`: whole kernels from the model in one shot, without a search.

import { appendFileSync } from 'node:fs'
import { measureKernel, needsIr } from '../../features/index.ts'
import { packagePath, parseUnit } from '../../kernels/index.ts'
import {
  InfillPool,
  Model,
  Random,
  type SampleCounts,
  type SampledKernel,
  SampleTally,
  sampleKernels,
} from '../../synth/index.ts'
import { type Command, integer } from '../command.ts'
import type { CliIo } from '../io.ts'
import { startProgress } from '../progress.ts'
import {
  type Direction,
  decodingOf,
  lengthOption,
  type MeasuredResult,
  provenance,
  resolveDirection,
  type SampleLength,
  type SamplingFlags,
  samplingOptions,
} from '../sampling-options.ts'
import { writeFile } from '../write-file.ts'

interface SampleFlags extends SamplingFlags {
  readonly samples: number
  readonly length?: SampleLength
  readonly processes?: number
  readonly out?: string
  readonly format: 'jsonl' | 'cl'
}

export const sampleCommand: Command<SampleFlags> = {
  name: 'sample',
  summary: 'Write whole kernels with the model, as many as you like.',
  description:
    'Fills `kernel void [HOLE]`, undirected or, with --features, asking for a point of a feature space; `synth` searches ' +
    'for one. Prints each different kernel that compiles, in normal form and as it comes, so that Ctrl-C keeps what was ' +
    'written; copies of training kernels are left out. With --all, every sample. All kernels are named alike: `cl` is for reading and cutting up.',
  options: [
    { syntax: '-n, --samples <n>', summary: 'kernels to draw', parse: integer(1), default: 100 },
    ...samplingOptions,
    lengthOption,
    {
      syntax: '--processes <n>',
      summary: 'that write at once; they do not change what comes (default: one per core)',
      parse: integer(1, 64),
    },
    { syntax: '-o, --out <file>', summary: 'file to write (default: standard output)' },
    { syntax: '--format <format>', summary: 'JSON lines, or OpenCL C', choices: ['jsonl', 'cl'], default: 'jsonl' },
  ],
  examples: ['sample -n 1000 --out kernels.jsonl', 'sample -n 200 --features comp=20,mem=8 --format cl'],
  async run(flags, io) {
    using model = await Model.load(flags.model ?? packagePath('model'))
    const direction = await resolveDirection(flags, model)
    const write = flags.out === undefined ? io.out : openFile(flags.out)
    const startedAt = performance.now()
    using pool = new InfillPool(model.folder, flags.processes)
    const counts = await writeKernels(model, pool, direction, flags, write, io)
    summarise(counts, model.copies !== undefined, performance.now() - startedAt, io)
    return counts.compiled > 0 ? 0 : 1
  },
}

/** To the last one or to Ctrl-C. */
async function writeKernels(
  model: Model,
  pool: InfillPool,
  { prefix, target, measure }: Direction,
  flags: SampleFlags,
  write: (line: string) => void,
  io: CliIo,
): Promise<SampleCounts> {
  const { samples, maxTokens, length, seed, all } = flags
  const withIr = target !== undefined && needsIr(target.space)
  const settings = { maxTokens, length, ...decodingOf(flags) }
  const options = { samples, ...settings, prefix, withIr, signal: io.signal }
  const tally = new SampleTally()
  using progress = startProgress(io, { label: 'sampling', total: samples, unit: 'kernels' })
  for await (const kernels of sampleKernels(model, options, new Random(seed), pool)) {
    for (const kernel of kernels) {
      const isNew = tally.add(kernel)
      const { text, outcome, isCopy } = kernel
      if (!all && (!isNew || isCopy)) continue
      const measured = measure(
        target && outcome.ok ? measureKernel(target.space, parseUnit(text), outcome.ir) : undefined,
      )
      write(flags.format === 'cl' ? sourceOf(kernel, measured) : lineOf(kernel, measured, flags, model))
    }
    progress.update(tally.counts.sampled, `${tally.counts.compiled} compile`)
  }
  return tally.counts
}

/** @returns appends a line */
function openFile(path: string): (line: string) => void {
  writeFile('--out', path, '')
  return (line) => appendFileSync(path, `${line}\n`)
}

function lineOf(kernel: SampledKernel, measured: MeasuredResult, flags: SampleFlags, model: Model): string {
  const { text, form, outcome, meanLogProbability, isCopy } = kernel
  const verdict = outcome.ok ? { compiles: true } : { compiles: false, stage: outcome.stage, log: outcome.log }
  const facts = { text, key: form?.key, tokenCount: form?.tokens.length, meanLogProbability, isCopy }
  return JSON.stringify({ ...facts, ...verdict, ...measured, ...provenance(flags, model) })
}

function sourceOf({ text, outcome, meanLogProbability }: SampledKernel, { distance }: MeasuredResult): string {
  const verdict = outcome.ok ? 'compiles' : `${outcome.stage}: ${outcome.log.split('\n')[0]}`
  const far = distance === undefined ? '' : `, distance ${distance.toFixed(3)}`
  return `// ${verdict}, mean log probability ${meanLogProbability.toFixed(2)}${far}\n${text}`
}

function summarise(counts: SampleCounts, knowsCopies: boolean, elapsedMs: number, io: CliIo): void {
  const { sampled, complete, parsed, compiled, unique, copied } = counts
  const rate = sampled / Math.max(0.001, elapsedMs / 1000)
  const stages = `sampled ${sampled}, complete ${complete}, parse ${parsed}, compile ${compiled}, unique ${unique}`
  const copies = knowsCopies ? `of these copies ${copied}` : 'copies unknown (the model has no copies.bin)'
  io.err(`${stages}, ${copies}; ${rate.toFixed(1)} kernels/s`)
}
