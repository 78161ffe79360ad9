// Studies that were published as counts: the `turing-test.csv` of CLgen (Cummins et al., CGO 2017), a line each
// participant. Positive is human: a true positive is a human kernel labelled human. Without the single answers, kernels
// cannot be a random factor, so what is found holds for the kernels that were shown.

import { tCdf } from '../../../evaluation/index.ts'
import { concludeFrom } from './analyse.ts'
import type { Conclusion } from './analysis.ts'
import {
  type Detection,
  detectionOf,
  type LabelCounts,
  type MeanWithInterval,
  meanDetection,
  meanOf,
} from './detection.ts'
import type { TestOptions } from './difference.ts'

/** One participant's counts. */
export interface CountedParticipant {
  readonly participant: string
  /** What was set against human kernels. */
  readonly source: string
  readonly affiliation: string
  readonly counts: LabelCounts
}

/** What the participants of one source came to. */
export interface CountedGroup {
  readonly source: string
  readonly participants: number
  readonly counts: LabelCounts
  /** Over participants, which judged equally many kernels or not: each counts once. */
  readonly accuracy: MeanWithInterval
  /** Share of all judgments that are right. */
  readonly pooledAccuracy: number
  /** Shares labelled human, of human kernels and of the others. */
  readonly humanLabelledHuman: number
  readonly othersLabelledHuman: number
  readonly detection: Detection
  readonly meanDetection: ReturnType<typeof meanDetection>
  /** Share of human kernels labelled human less that of the others, over participants; null of fewer than two. */
  readonly difference: MeanWithInterval
  /** That participants do no better than chance: all sign flips of their differences, two-sided; null of more than 20. */
  readonly pSignFlip: number | null
  readonly pDifference: number | null
  readonly pEquivalence: number | null
  readonly conclusion: Conclusion
}

/** Does a header name these columns? */
export function isCountsCsv(text: string): boolean {
  const header = text.split(/\r?\n/, 1)[0].split(',')
  return columns.every((name) => header.includes(name))
}

const columns = [
  'Test ID',
  'Synthetic Source',
  'Affiliation',
  'True Positive',
  'False Positive',
  'True Negative',
  'False Negative',
]

/** @throws {RangeError} naming the line, the column, what was expected and what was received */
export function parseCountsCsv(text: string): CountedParticipant[] {
  const [header, ...lines] = text.trimEnd().split(/\r?\n/)
  const names = header.split(',')
  const missing = columns.find((name) => !names.includes(name))
  if (missing !== undefined) throw new RangeError(`header: expected a column '${missing}', received ${header}`)
  return lines.map((line, i) => {
    const cells = line.split(',')
    if (cells.length !== names.length) {
      throw new RangeError(`line ${i + 2}: expected ${names.length} cells, received ${cells.length}`)
    }
    const cell = (name: string): string => cells[names.indexOf(name)]
    const count = (name: string): number => {
      if (/^\d+$/.test(cell(name))) return Number(cell(name))
      throw new RangeError(`line ${i + 2}: expected a count in '${name}', received '${cell(name)}'`)
    }
    return {
      ...{ participant: cell('Test ID'), source: cell('Synthetic Source'), affiliation: cell('Affiliation') },
      counts: {
        hits: count('True Positive'),
        misses: count('False Negative'),
        falseAlarms: count('False Positive'),
        rejections: count('True Negative'),
      },
    }
  })
}

/** By source, in the order of their names. @throws {RangeError} where nobody took part */
export function analyseCounts(participants: readonly CountedParticipant[], options: TestOptions): CountedGroup[] {
  if (participants.length === 0) throw new RangeError('participants: expected at least one line, received none')
  const sources = [...new Set(participants.map(({ source }) => source))].sort()
  return sources.map((source) => {
    const own = participants.filter((one) => one.source === source).map(({ counts }) => counts)
    return analyseSource(source, own, options)
  })
}

function analyseSource(source: string, own: readonly LabelCounts[], { alpha, margin }: TestOptions): CountedGroup {
  const counts = own.reduce((sum, one) => ({
    hits: sum.hits + one.hits,
    misses: sum.misses + one.misses,
    falseAlarms: sum.falseAlarms + one.falseAlarms,
    rejections: sum.rejections + one.rejections,
  }))
  const judged = own.filter((one) => one.hits + one.misses > 0 && one.falseAlarms + one.rejections > 0)
  const differences = judged.map((one) => hitRate(one) - falseRate(one))
  const difference = withinOne(meanOf(differences, 1 - alpha))
  const { mean, deviation } = difference
  const isTestable = mean !== null && deviation !== null && deviation > 0
  const error = isTestable ? deviation / Math.sqrt(differences.length) : Number.NaN
  const freedom = differences.length - 1
  const pDifference = isTestable ? 2 * tCdf(-Math.abs(mean) / error, freedom) : null
  const pEquivalence = isTestable
    ? Math.max(tCdf((mean - margin) / error, freedom), tCdf((-margin - mean) / error, freedom))
    : null
  const isBelow = (p: number | null): boolean => p !== null && p < alpha
  const tests = isTestable ? { isDifferent: isBelow(pDifference), isEquivalent: isBelow(pEquivalence) } : null
  return {
    ...{ source, participants: own.length, counts },
    accuracy: meanOf(own.map((one) => (one.hits + one.rejections) / total(one))),
    pooledAccuracy: (counts.hits + counts.rejections) / total(counts),
    ...{ humanLabelledHuman: hitRate(counts), othersLabelledHuman: falseRate(counts) },
    ...{ detection: detectionOf(counts), meanDetection: meanDetection(own), difference },
    ...{ pSignFlip: signFlipTest(differences), pDifference, pEquivalence, conclusion: concludeFrom(tests) },
  }
}

/** No difference of shares is larger. */
function withinOne(one: MeanWithInterval): MeanWithInterval {
  if (one.interval === null) return one
  return { ...one, interval: [Math.max(-1, one.interval[0]), Math.min(1, one.interval[1])] }
}

/** More signs take too long to try. */
const mostFlipped = 20

/** Share of all ways to flip the signs of which the sum is as far from 0. */
function signFlipTest(values: readonly number[]): number | null {
  if (values.length > mostFlipped) return null
  const seen = Math.abs(values.reduce((sum, value) => sum + value, 0))
  let asFar = 0
  for (let signs = 0; signs < 2 ** values.length; signs++) {
    const sum = values.reduce((total, value, i) => total + ((signs >> i) & 1 ? -value : value), 0)
    if (Math.abs(sum) >= seen - 1e-9) asFar++
  }
  return asFar / 2 ** values.length
}

function hitRate({ hits, misses }: LabelCounts): number {
  return hits / (hits + misses)
}

function falseRate({ falseAlarms, rejections }: LabelCounts): number {
  return falseAlarms / (falseAlarms + rejections)
}

function total({ hits, misses, falseAlarms, rejections }: LabelCounts): number {
  return hits + misses + falseAlarms + rejections
}
