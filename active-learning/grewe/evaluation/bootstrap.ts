// How sure a figure is. Rows of one program are not independent: they share kernels, host code and inputs, and a model
// gets them right or wrong together. So whole programs are drawn again (the cluster bootstrap: Davison and Hinkley,
// "Bootstrap Methods and their Application", 1997, section 3.8), and seeds as well. Drawing rows would make intervals
// several times too narrow.

import type { Random } from '../../../synth/index.ts'
import type { GreweRow } from '../../data-set.ts'

export interface Interval {
  readonly low: number
  readonly high: number
}

/** One value of each row under each seed, added up by program. */
export interface ClusterSums {
  /** `[program]`: rows. */
  readonly sizes: readonly number[]
  /** `[program][seed]`: sum over the program's rows. */
  readonly sums: readonly (readonly number[])[]
}

/** @param values - `[seed][row]` */
export function sumByProgram(rows: readonly GreweRow[], values: readonly (readonly number[])[]): ClusterSums {
  const places = new Map<string, number[]>()
  for (const [i, { program }] of rows.entries()) {
    const own = places.get(program)
    if (own === undefined) places.set(program, [i])
    else own.push(i)
  }
  const programs = [...places.values()]
  const sums = programs.map((own) => values.map((bySeed) => own.reduce((sum, i) => sum + bySeed[i], 0)))
  return { sizes: programs.map((own) => own.length), sums }
}

/**
 * Mean over rows and seeds, with programs and seeds drawn again.
 * @param resamples - 1 up
 * @returns where the middle 95 % of the means lie
 */
export function bootstrapMean({ sizes, sums }: ClusterSums, resamples: number, rng: Random): Interval {
  const [programs, seeds] = [sizes.length, sums[0].length]
  const means = Float64Array.from({ length: resamples }, () => {
    const drawnSeeds = Array.from({ length: seeds }, () => rng.below(seeds))
    let [sum, rows] = [0, 0]
    for (let i = 0; i < programs; i++) {
      const program = rng.below(programs)
      rows += sizes[program]
      for (const seed of drawnSeeds) sum += sums[program][seed]
    }
    return sum / (rows * seeds)
  }).sort()
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) }
}

/** Between the two values that it falls between, in proportion. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (place - below) * (sorted[above] - sorted[below])
}
