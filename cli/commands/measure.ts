// `benchsteer measure`: times of the kernels of a store, on devices that are there and on described ones.

import {
  type KernelFilter,
  type KernelOrigin,
  Store,
  type TimeCorpusReport,
  timeCorpus,
  timedKernels,
  visitsIn,
} from '../../corpora/index.ts'
import {
  CountFile,
  describedDevices,
  deviceChoiceSyntax,
  openTimingDevices,
  type TimingDevice,
} from '../../kernels/index.ts'
import { type Command, decimal, duration, integer } from '../command.ts'
import type { CliIo } from '../io.ts'
import { writeDataSet } from '../measure/data-set.ts'
import { type Chosen, csvLines, jsonLines, mustBePairable } from '../measure/output.ts'
import { summaryLines } from '../measure/summary.ts'
import { startProgress } from '../progress.ts'
import { packageVersion } from '../version.ts'
import { writeFile } from '../write-file.ts'
import { grouped } from './corpora/options.ts'

interface MeasureFlags {
  readonly devices?: readonly string[]
  readonly sizes: readonly number[]
  readonly seed: number
  readonly time: number
  readonly visits: number
  readonly tolerance: number
  readonly repetitions: number
  readonly timeout: number
  readonly total?: number
  readonly origin?: KernelOrigin
  readonly heldOut?: 'exclude' | 'include' | 'only'
  readonly accepted: boolean
  readonly limit?: number
  readonly retry: boolean
  readonly reportOnly: boolean
  readonly format: 'table' | 'csv' | 'jsonl'
  readonly out?: string
  readonly dataSet?: string
  readonly mix: boolean
  readonly counts?: string
}

export const measureCommand: Command<MeasureFlags> = {
  name: 'measure',
  summary: 'Time the kernels of a corpus or a run on OpenCL devices, with copies and kernel apart.',
  description:
    'Each kernel gets one payload a size and seed, the same on every device, and is repeated in a process of its own ' +
    'until the 95 % intervals of its median times are narrow or the time ends. A row that is there is not measured ' +
    'again: interrupt it at any time and run it again to go on. What fails is a row too, with the reason.\n\n' +
    `\`model:<name>\` estimates times on a device that is not there (${describedDevices().join(', ')}, or a .json ` +
    'file) from the instructions that an interpreter counts. Such rows are marked `modelled` everywhere, and paired ' +
    'with measured ones only by --mix. Times of modelled devices are rough: their intervals say how rough.\n\n' +
    'csv has a line per kernel, size and seed with the times of one CPU and one GPU, in the layout of the Grewe data; ' +
    'jsonl has one per measurement with every repetition. docs/measuring.md describes both.',
  operands: [{ syntax: '<corpus...>', summary: 'stores: a corpus, or the benchsteer.db of a run' }],
  options: [
    {
      syntax: '--devices <list>',
      summary: `separated by commas: ${deviceChoiceSyntax}, or model:<name> (default: cpu)`,
      parse: (text) => text.split(',').map((word) => word.trim()),
    },
    {
      syntax: '--sizes <list>',
      summary: 'work-items, separated by commas, as 4096 or 2^12',
      parse: parseSizes,
      default: [4096, 65_536, 1_048_576],
    },
    { syntax: '--seed <n>', summary: 'of all payloads', parse: integer(0), default: 1 },
    {
      syntax: '--time <duration>',
      summary: 'for the repetitions of a row, all visits',
      parse: duration,
      default: 2000,
    },
    {
      syntax: '--visits <n>',
      summary: 'times that each row is come back to after all others, so that intervals know how the machine drifts',
      parse: integer(1, 100),
      default: 3,
    },
    {
      syntax: '--tolerance <share>',
      summary: 'how far from the median its 95 % interval may reach',
      parse: decimal(0.001, 1),
      default: 0.05,
    },
    { syntax: '--repetitions <n>', summary: 'at most, for a row', parse: integer(10, 100_000), default: 500 },
    {
      syntax: '--timeout <duration>',
      summary: 'for building a kernel and for each batch of repetitions',
      parse: duration,
      default: 20_000,
    },
    { syntax: '--total <duration>', summary: 'begin no row after so long (default: measure all)', parse: duration },
    { syntax: '--origin <origin>', summary: 'only kernels of this origin', choices: ['mined', 'seed', 'synthesized'] },
    {
      syntax: '--held-out <which>',
      summary: 'kernels of the evaluation suites (default: exclude; with --data-set include)',
      choices: ['exclude', 'include', 'only'],
    },
    { syntax: '--accepted', summary: 'only kernels that validation accepted' },
    { syntax: '--limit <n>', summary: 'at most so many kernels of each store', parse: integer(1) },
    { syntax: '--retry', summary: 'measure again what failed before' },
    {
      syntax: '--report-only',
      summary: 'measure nothing; write what is there, of all devices or those whose ids --devices names',
    },
    { syntax: '--format <format>', summary: 'what to write', choices: ['table', 'csv', 'jsonl'], default: 'table' },
    { syntax: '-o, --out <file>', summary: 'file for csv or jsonl (default: standard output)' },
    { syntax: '--data-set <path>', summary: 'write <path>.csv with all pairs and <path>.md that describes them' },
    {
      syntax: '--counts <file>',
      summary: 'keep what was counted for models, so that other descriptions and sizes need not count again',
    },
    { syntax: '--mix', summary: 'pair measured times with modelled ones, marked as mixed' },
  ],
  examples: [
    'measure corpus.db --devices cpu,gpu --sizes 2^12,2^16,2^20',
    'measure corpus.db --devices model:intel-i7-3820,model:nvidia-gtx-970 --format csv -o modelled.csv',
    'measure corpus.db --report-only --format jsonl > measurements.jsonl',
    'measure suites.db results/benchsteer.db --devices cpu,gpu --data-set data/grewe-here',
  ],

  async run(flags, io, operands) {
    const chosen: Chosen = { corpora: operands, devices: flags.devices, mix: flags.mix }
    if (!flags.reportOnly) {
      const devices = await measureAll(operands, flags, io)
      writeOut(flags, io, { ...chosen, devices })
    } else writeOut(flags, io, chosen)
  },
}

/** @returns the ids of the devices */
async function measureAll(corpora: readonly string[], flags: MeasureFlags, io: CliIo): Promise<string[]> {
  const { time, visits, tolerance, repetitions: maxRepetitions, timeout: timeoutMs, total } = flags
  const counts = flags.counts === undefined ? undefined : openCounts(flags.counts)
  for (const corpus of corpora) Store.open(corpus, { mustExist: true })[Symbol.dispose]() // before anything takes long
  const repeat = { budgetMs: time / visits, tolerance, maxRepetitions, timeoutMs, counts }
  using opened = await openTimingDevices(flags.devices ?? ['cpu'], repeat)
  const { devices } = opened
  if (flags.format === 'csv' || flags.dataSet !== undefined) mustBePairable(devices, flags.mix)
  const endMs = performance.now() + (total ?? Number.POSITIVE_INFINITY)
  for (const corpus of corpora) {
    using store = Store.open(corpus, { mustExist: true })
    const report = await measureStore(store, corpus, devices, flags, endMs - performance.now(), io)
    for (const line of describeReport(corpus, report)) io.err(line)
  }
  return devices.map(({ facts }) => facts.id)
}

/** @throws {RangeError} where the file cannot be read */
function openCounts(path: string): CountFile {
  try {
    return new CountFile(path)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new RangeError(`--counts: cannot read ${path} (${reason}); expected a file that measure wrote`, { cause })
  }
}

async function measureStore(
  store: Store,
  corpus: string,
  devices: readonly TimingDevice[],
  flags: MeasureFlags,
  totalMs: number,
  io: CliIo,
): Promise<TimeCorpusReport> {
  const { sizes, seed, visits, tolerance, accepted: acceptedOnly, retry } = flags
  const filter = filterOf(flags)
  const total = visitsIn(timedKernels(store, { filter, acceptedOnly }).length, devices, { sizes, visits })
  if (total === 0) throw new RangeError(`corpus: no kernel of ${corpus} is chosen${heldOutHint(store, flags)}`)
  using progress = startProgress(io, { label: `measuring ${corpus}`, total, unit: 'visits' })
  return await timeCorpus(store, devices, {
    ...{
      sizes,
      seed,
      visits,
      tolerance,
      filter,
      acceptedOnly,
      retry,
      totalMs,
      version: packageVersion(),
      signal: io.signal,
    },
    now: () => Date.now(),
    onProgress: (done, _, { failed }) => progress.update(done, failed === 0 ? '' : `${failed} failed`),
  })
}

function filterOf({ origin, heldOut, limit, dataSet }: MeasureFlags): KernelFilter {
  return { origin, limit, heldOut: heldOut ?? (dataSet === undefined ? 'exclude' : 'include') }
}

function heldOutHint(store: Store, flags: MeasureFlags): string {
  const held = store.kernels.count({ ...filterOf(flags), heldOut: 'include' })
  return held === 0 ? '' : `; with --held-out include there are ${grouped(held)}`
}

function describeReport(corpus: string, report: TimeCorpusReport): string[] {
  const { timed, revisited, failed, failures, known, left } = report
  const again = revisited === 0 ? [] : [`${grouped(revisited)} later visits`]
  const counts = [`${grouped(timed)} timed`, ...again, `${grouped(failed)} failed`, `${grouped(known)} known`]
  const reasons = Object.entries(failures).sort(([, a], [, b]) => b - a)
  return [
    `${corpus}: ${[...counts, ...(left === 0 ? [] : [`${grouped(left)} left`])].join(', ')}`,
    ...reasons.slice(0, 10).map(([reason, count]) => `  ${grouped(count)} × ${reason}`),
  ]
}

function writeOut(flags: MeasureFlags, io: CliIo, chosen: Chosen): void {
  if (flags.dataSet !== undefined) {
    for (const line of writeDataSet(flags.dataSet, chosen, packageVersion())) io.out(line)
    return
  }
  const rendered = { table: summaryLines, csv: csvLines, jsonl: jsonLines }[flags.format](chosen)
  if (flags.out === undefined) for (const line of rendered) io.out(line)
  else writeFile('--out', flags.out, `${[...rendered].join('\n')}\n`)
}

/** `4096,2^16`. @throws {RangeError} */
function parseSizes(text: string): number[] {
  return text.split(',').map((word) => {
    const power = /^\s*2\^(\d{1,2})\s*$/.exec(word)
    const size = power === null ? Number(word) : 2 ** Number(power[1])
    if (word.trim() !== '' && Number.isInteger(size) && size >= 1 && size <= 2 ** 31) return size
    throw new RangeError(`expected sizes from 1 to 2^31 such as 4096,2^16, received '${text}'`)
  })
}
