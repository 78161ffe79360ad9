// Gaussian naive Bayes. Written here because of where a committee asks: `ml-naivebayes` 4.0 takes the density of each
// feature before its logarithm, so that a point some 38 deviations off gets no class at all, and it divides by the
// variance of a feature that never varies. Log densities throughout, and a floor under variances, mend both.

import { deviceLabels } from '../data-set.ts'
import { classOf, type Example } from './scaling.ts'

/** Plain data. The arrays are `[class]` or `[class][feature]`, classes in the order of `deviceLabels`. */
export interface NaiveBayesModel {
  readonly kind: 'naive-bayes'
  readonly logPriors: readonly number[]
  readonly means: readonly (readonly number[])[]
  readonly variances: readonly (readonly number[])[]
}

/** Points are scaled to variance 1, so that this is a thousandth of the usual spread. */
const leastVariance = 1e-3

/** @param examples - one at least; a class without any keeps a prior of one in n + 2, and the moments of all examples */
export function trainNaiveBayes(examples: readonly Example[]): NaiveBayesModel {
  const classes = deviceLabels.map((label) => examples.filter((example) => example.label === label))
  const moments = classes.map((own) => momentsOf(own.length > 0 ? own : examples))
  return {
    kind: 'naive-bayes',
    logPriors: classes.map((own) => Math.log((own.length + 1) / (examples.length + classes.length))),
    means: moments.map(({ means }) => means),
    variances: moments.map(({ variances }) => variances),
  }
}

/** Probability of GPU, 0 to 1. */
export function askNaiveBayes({ logPriors, means, variances }: NaiveBayesModel, point: readonly number[]): number {
  const logs = logPriors.map((prior, c) =>
    point.reduce((sum, value, i) => {
      const variance = variances[c][i]
      return sum - 0.5 * (Math.log(variance) + (value - means[c][i]) ** 2 / variance)
    }, prior),
  )
  const [cpu, gpu] = [logs[classOf('CPU')], logs[classOf('GPU')]]
  return 1 / (1 + Math.exp(cpu - gpu))
}

function momentsOf(examples: readonly Example[]): { means: number[]; variances: number[] } {
  const n = examples.length
  const means = examples[0].point.map((_, i) => examples.reduce((sum, { point }) => sum + point[i], 0) / n)
  const variances = means.map((mean, i) => {
    const variance = examples.reduce((sum, { point }) => sum + (point[i] - mean) ** 2, 0) / n
    return Math.max(variance, leastVariance)
  })
  return { means, variances }
}
