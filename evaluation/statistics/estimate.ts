// Means with intervals. What varies are the programs that targets happen to come from and the seeds that were used:
// both are drawn again, crossed (`bootstrapMean`).

import { bootstrapMean, type Interval } from '../../active-learning/index.ts'
import { Random } from '../../synth/index.ts'
import { type Grid, type PairedGrids, sumByProgram } from './grid.ts'

/** A mean and its 95 % interval. */
export interface Estimate extends Interval {
  readonly mean: number
}

/** Draws of a bootstrap. */
const resamples = 2000

/** Over targets and seeds; undefined without a target. */
export function estimateMean(
  { targets, values }: Pick<Grid, 'targets' | 'values'>,
  seed: number,
): Estimate | undefined {
  if (targets.length === 0) return undefined
  return { mean: meanOf(values), ...bootstrapMean(sumByProgram(targets, values), resamples, new Random(seed)) }
}

/**
 * The sum of the left over the sum of the right, with programs and seeds drawn again for both together.
 * @returns undefined without a target; infinite where the right is 0
 */
export function estimateRatio({ targets, left, right }: PairedGrids, seed: number): Estimate | undefined {
  if (targets.length === 0) return undefined
  const above = sumByProgram(targets, left).sums
  const below = sumByProgram(targets, right).sums
  const [programs, seeds] = [above.length, above[0].length]
  const rng = new Random(seed)
  const ratios = Array.from({ length: resamples }, () => {
    const drawn = Array.from({ length: programs }, () => rng.below(programs))
    const drawnSeeds = Array.from({ length: seeds }, () => rng.below(seeds))
    const sumOf = (sums: readonly (readonly number[])[]): number =>
      drawn.reduce((sum, p) => sum + drawnSeeds.reduce((own, s) => own + sums[p][s], 0), 0)
    return ratioOf(sumOf(above), sumOf(below))
  }).sort((a, b) => a - b)
  return {
    mean: ratioOf(meanOf(left), meanOf(right)),
    low: ratios[Math.floor(0.025 * resamples)],
    high: ratios[Math.ceil(0.975 * resamples) - 1],
  }
}

/** Nothing against nothing is no difference. */
function ratioOf(above: number, below: number): number {
  return above === 0 && below === 0 ? 1 : above / below
}

/** @param values - `[target][seed]`, full */
export function meanOf(values: readonly (readonly number[])[]): number {
  const flat = values.flat()
  return flat.reduce((sum, value) => sum + value, 0) / flat.length
}
