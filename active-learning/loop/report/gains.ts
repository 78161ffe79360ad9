// How much faster one set of choices is than another, with an interval. What varies are the programs that we happen to
// have and the seeds that we happened to use: both are drawn anew, crossed (Owen, "The pigeonhole bootstrap", Annals of
// Applied Statistics 2007). Rows of one program stay together, since they are alike.

import { Random } from '../../../synth/index.ts'

/** Logarithms of runtime ratios of one program. */
export interface ProgramGains {
  readonly rows: number
  /** `[seed]`: sum over the program's rows of log(other runtime / own runtime). */
  readonly sums: readonly number[]
}

/** A geometric mean with its 95 % interval. */
export interface Gain {
  /** Above 1: faster. */
  readonly ratio: number
  readonly low: number
  readonly high: number
  /** Share of the draws in which it is above 1. */
  readonly shareAbove: number
}

/** How much of a way was gone, with its 95 % interval; without bounds where some draws have no way to go. */
export interface Share {
  readonly share: number
  readonly low: number | null
  readonly high: number | null
}

const draws = 2000
/** Of a logarithm. */
const leastWay = 1e-9

/**
 * @param programs - one at least, each with as many seeds, one at least
 * @param seed - of the draws
 */
export function estimateGain(programs: readonly ProgramGains[], seed: number): Gain {
  const means = drawMeans(programs, seed, (mean) => mean(programs)).sort((a, b) => a - b)
  const [low, high] = middle(means)
  return {
    ratio: Math.exp(meanOf(programs, ...everything(programs))),
    ...{ low: Math.exp(low), high: Math.exp(high) },
    shareAbove: means.filter((mean) => mean > 0).length / draws,
  }
}

/**
 * Gains as a share of greater ones of the same programs and seeds, drawn together.
 * @returns null where there is no way to go
 */
export function estimateShare(gone: readonly ProgramGains[], way: readonly ProgramGains[], seed: number): Share | null {
  const whole = meanOf(way, ...everything(way))
  if (whole <= leastWay) return null
  const shares = drawMeans(gone, seed, (mean) => (mean(way) > leastWay ? mean(gone) / mean(way) : Number.NaN))
  const share = meanOf(gone, ...everything(gone)) / whole
  if (shares.some(Number.isNaN)) return { share, low: null, high: null }
  const [low, high] = middle(shares.sort((a, b) => a - b))
  return { share, low, high }
}

function drawMeans(
  programs: readonly ProgramGains[],
  seed: number,
  read: (mean: (of: readonly ProgramGains[]) => number) => number,
): number[] {
  const rng = new Random(seed)
  const some = (count: number): number[] => Array.from({ length: count }, () => rng.below(count))
  return Array.from({ length: draws }, () => {
    const chosen = some(programs.length)
    const seeds = some(programs[0].sums.length)
    return read((of) => meanOf(of, chosen, seeds))
  })
}

function everything(programs: readonly ProgramGains[]): [programs: number[], seeds: number[]] {
  return [[...programs.keys()], [...programs[0].sums.keys()]]
}

/** What the middle 95 % lie between. */
function middle(sorted: readonly number[]): [low: number, high: number] {
  return [sorted[Math.floor(0.025 * draws)], sorted[Math.ceil(0.975 * draws) - 1]]
}

/** Of all rows, each weighing the same. */
function meanOf(programs: readonly ProgramGains[], chosen: readonly number[], seeds: readonly number[]): number {
  let [sum, rows] = [0, 0]
  for (const p of chosen) {
    const program = programs[p]
    rows += program.rows
    for (const s of seeds) sum += program.sums[s]
  }
  return sum / (rows * seeds.length)
}
