// `benchsteer bench validation`: seed kernels validated per second, and what processes of their own cost.

import { loadSeedKernels } from '../../corpora/index.ts'
import { deviceChoiceSyntax, planPayload, preprocess, Runner, type Validation, Validator } from '../../kernels/index.ts'
import { type Command, integer } from '../command.ts'
import type { CliIo } from '../io.ts'
import { startProgress } from '../progress.ts'
import { OutcomeCount } from '../run/report.ts'
import { formatTable } from '../table.ts'

interface ValidationBenchFlags {
  readonly device?: string
  readonly count: number
  readonly jobs: number
}

export const validationBench: Command<ValidationBenchFlags> = {
  name: 'validation',
  summary: 'Seed kernels validated per second, quick and full, and the price of isolation.',
  description:
    'Isolation is measured on one kernel after another: the time that the worker itself needs to build and run a ' +
    'kernel once, which is what it would take in process, against the time until its parent has the results.',
  options: [
    { syntax: '--device <device>', summary: `${deviceChoiceSyntax} (default: the first CPU)` },
    { syntax: '--count <n>', summary: 'kernels', parse: integer(1), default: 60 },
    { syntax: '--jobs <n>', summary: 'kernels at once, for the rates', parse: integer(1, 64), default: 2 },
  ],
  examples: ['bench validation', 'bench validation --count 300'],
  async run(flags, io) {
    const texts = await chooseTexts(flags.count)
    const rows: string[][] = []
    for (const mode of ['quick', 'full'] as const) {
      using validator = await Validator.open({ mode, device: flags.device, workers: flags.jobs })
      const startMs = performance.now()
      const counts = await validateAll(validator, texts, flags.jobs, io)
      const rate = (1000 * counts.total) / (performance.now() - startMs)
      rows.push([mode, `${counts.total}`, `${counts.accepted}`, rate.toFixed(2)])
    }
    for (const line of formatTable(['mode', 'kernels', 'accepted', 'per second'], rows)) io.out(line)
    io.out(await priceOfIsolation(texts, flags.device))
  },
}

/** Of every family some, preprocessed. */
async function chooseTexts(count: number): Promise<string[]> {
  const seeds = loadSeedKernels()
  const step = Math.max(1, Math.floor(seeds.length / count))
  const chosen = seeds.filter((_, i) => i % step === 0).slice(0, count)
  const outcomes = await Promise.all(chosen.map(({ source }) => preprocess(source)))
  return outcomes.flatMap((outcome) => (outcome.ok ? outcome.source : []))
}

async function validateAll(
  validator: Validator,
  texts: readonly string[],
  jobs: number,
  io: CliIo,
): Promise<OutcomeCount> {
  const counts = new OutcomeCount()
  using progress = startProgress(io, { label: 'validating', total: texts.length, unit: 'kernels' })
  const work = texts.values()
  const runOnes = async (): Promise<void> => {
    for (const text of work) {
      const { outcome }: Validation = await validator.validate(text, { seed: 1, signal: io.signal })
      counts.add(outcome)
      progress.update(counts.total)
    }
  }
  await Promise.all(Array.from({ length: jobs }, runOnes))
  return counts
}

async function priceOfIsolation(texts: readonly string[], device: string | undefined): Promise<string> {
  using runner = await Runner.open({ device, workers: 1 })
  let [inside, outside, count] = [0, 0, 0]
  for (const source of texts) {
    const planned = planPayload(source, { seed: 1 })
    if (!planned.ok) continue
    using session = await runner.lend()
    const startMs = performance.now()
    const loaded = await session.load({ source, payload: planned.payload })
    if (loaded.kind === 'died' || !loaded.ok) continue
    const launched = await session.launch({ runs: 1, guardSalt: 0, wantOutputs: true })
    if (launched.kind === 'died' || !launched.ok) continue
    outside += performance.now() - startMs
    inside += loaded.elapsedMs + launched.elapsedMs
    count++
  }
  const each = (sum: number): string => (sum / Math.max(1, count)).toFixed(1)
  const overhead = ((100 * (outside - inside)) / inside).toFixed(1)
  return `build and run once on ${runner.device.name}: ${each(inside)} ms in process, ${each(outside)} ms isolated (+${overhead} %), ${count} kernels`
}
