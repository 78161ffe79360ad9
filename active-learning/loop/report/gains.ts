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

const draws = 2000

/**
 * @param programs - one at least, each with as many seeds, one at least
 * @param seed - of the draws
 */
export function estimateGain(programs: readonly ProgramGains[], seed: number): Gain {
  const seeds = programs[0].sums.length
  const rng = new Random(seed)
  const all = (count: number): number[] => Array.from({ length: count }, (_, i) => i)
  const some = (count: number): number[] => Array.from({ length: count }, () => rng.below(count))
  const means = Array.from({ length: draws }, () => meanOf(programs, some(programs.length), some(seeds)))
  means.sort((a, b) => a - b)
  return {
    ratio: Math.exp(meanOf(programs, all(programs.length), all(seeds))),
    low: Math.exp(means[Math.floor(0.025 * draws)]),
    high: Math.exp(means[Math.ceil(0.975 * draws) - 1]),
    shareAbove: means.filter((mean) => mean > 0).length / draws,
  }
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
