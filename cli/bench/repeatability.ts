// `benchsteer bench repeatability`: the same kernels measured again and again, well apart: do the times agree within
// the intervals that are reported with them?

import { loadSeedVectors } from '../../corpora/index.ts'
import {
  deviceChoiceSyntax,
  joinVisits,
  MeasuredDevice,
  type MedianInterval,
  overlap,
  type RepeatedTimes,
} from '../../kernels/index.ts'
import { type Command, duration, integer } from '../command.ts'
import { startProgress } from '../progress.ts'
import { formatTable } from '../table.ts'
import { medianOf } from './statistics.ts'

interface RepeatabilityFlags {
  readonly device?: string
  readonly count: number
  readonly size: number
  readonly rounds: number
  readonly time: number
  readonly visits: number
  readonly seed: number
  readonly json: boolean
}

/** All measurements of one kernel, in the order they were taken. */
interface Series {
  readonly name: string
  readonly intervals: readonly MedianInterval[]
  readonly tight: number
}

/** How well a series agrees with itself. */
interface Agreement {
  /** Median of the medians, in ns. */
  readonly consensusNs: number
  /** Largest median over the smallest. */
  readonly spread: number
  /** Measurements whose interval holds the consensus. */
  readonly holding: number
  /** Pairs of measurements whose intervals overlap, and all pairs. */
  readonly overlapping: number
  readonly pairs: number
}

/** As `measure` has it by default. */
const tolerance = 0.05

export const repeatabilityBench: Command<RepeatabilityFlags> = {
  name: 'repeatability',
  summary: 'Do repeated measurements agree within the intervals that they report?',
  description:
    'Measures seed kernels as `measure` does: all are visited before any is come back to, each time in a fresh set-up, ' +
    'and so many visits in a row make a measurement. It agrees where its interval of the time with copies holds the ' +
    'median of all medians.',
  options: [
    { syntax: '--device <choice>', summary: `${deviceChoiceSyntax} (default: the first CPU)` },
    { syntax: '--count <n>', summary: 'seed kernels, taken evenly from all', parse: integer(1), default: 20 },
    { syntax: '--size <n>', summary: 'work-items', parse: integer(1), default: 16_384 },
    { syntax: '--rounds <n>', summary: 'measurements of each', parse: integer(2, 1000), default: 10 },
    { syntax: '--time <duration>', summary: 'for the repetitions of each, all visits', parse: duration, default: 2000 },
    { syntax: '--visits <n>', summary: 'of a measurement', parse: integer(1, 100), default: 3 },
    { syntax: '--seed <n>', summary: 'of the payloads', parse: integer(0), default: 1 },
    { syntax: '--json', summary: 'print one JSON object with every interval' },
  ],
  examples: ['bench repeatability', 'bench repeatability --device gpu --count 40 --json'],

  async run({ device, count, size, rounds, time, visits, seed, json }, io) {
    const all = loadSeedVectors().kernels
    const step = Math.max(1, Math.floor(all.length / count))
    let kernels = all.filter((_, i) => i % step === 0).slice(0, count)
    using timer = await MeasuredDevice.open({ device, budgetMs: time / visits })
    using progress = startProgress(io, { label: 'measuring', total: rounds * visits * kernels.length, unit: 'visits' })
    const found = new Map<string, RepeatedTimes[]>()
    for (let visit = 0; visit < rounds * visits; visit++) {
      for (const [i, { name, text }] of kernels.entries()) {
        progress.update(visit * kernels.length + i)
        const outcome = await timer.time({ source: text, coalescedShare: 1 }, { size, seed, signal: io.signal })
        if (!outcome.ok) continue
        const own = found.get(name) ?? []
        const earlier = visit % visits === 0 ? undefined : own.pop()
        own.push(earlier === undefined ? outcome.times : joinVisits(earlier, outcome.times, tolerance))
        found.set(name, own)
      }
      kernels = kernels.filter(({ name }) => found.has(name)) // what fails once takes no more time
    }
    const series = Array.from(found, ([name, own]) => {
      return { name, intervals: own.map(({ total }) => total), tight: own.filter(({ isTight }) => isTight).length }
    })
    const left = Math.min(count, all.length) - series.length
    if (json) io.out(JSON.stringify({ device: timer.facts, size, rounds, visits, left, series }))
    else for (const line of describe(series, timer.facts.name, left)) io.out(line)
  },
}

function describe(series: readonly Series[], device: string, left: number): string[] {
  const rows = series.map((one) => ({ ...one, ...agreementOf(one.intervals) }))
  const sum = (read: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((total, row) => total + read(row), 0)
  const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)}%`
  const lines = rows.map((row) => [
    ...[row.name, (row.consensusNs / 1000).toFixed(1), row.spread.toFixed(3), `${row.tight}`],
    ...[`${row.holding}/${row.intervals.length}`, `${row.overlapping}/${row.pairs}`],
  ])
  const measured = sum(({ intervals }) => intervals.length)
  return [
    ...formatTable(['kernel', 'median µs', 'largest/smallest', 'tight', 'agree', 'pairs that overlap'], lines),
    '',
    `${device}: ${series.length} kernels, ${measured} measurements; ${left} kernels could not be measured`,
    `agree: ${share(
      sum(({ holding }) => holding),
      measured,
    )}; pairs that overlap: ${share(
      sum(({ overlapping }) => overlapping),
      sum(({ pairs }) => pairs),
    )}; tight: ${share(
      sum(({ tight }) => tight),
      measured,
    )}`,
  ]
}

function agreementOf(intervals: readonly MedianInterval[]): Agreement {
  const medians = intervals.map(({ median }) => median)
  const consensusNs = medianOf(medians)
  const overlapping = intervals.flatMap((a, i) => intervals.slice(0, i).filter((b) => overlap(a, b))).length
  return {
    consensusNs,
    spread: Math.max(...medians) / Math.min(...medians),
    holding: intervals.filter(({ low, high }) => low <= consensusNs && consensusNs <= high).length,
    overlapping,
    pairs: (intervals.length * (intervals.length - 1)) / 2,
  }
}
