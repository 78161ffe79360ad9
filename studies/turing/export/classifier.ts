// The classifier by which groups are balanced and audited.

import { inverse, Matrix, solve } from 'ml-matrix'

/** Share of the variance that counts as noise. */
const ridge = 0.1

/**
 * Regularised least squares on standardised numbers, both labels weighing the same.
 * @param rows - `[kernel][number]`
 * @returns above 0 for the label true
 */
export function fitClassifier(
  rows: readonly (readonly number[])[],
  labels: readonly boolean[],
): (row: readonly number[]) => number {
  const standardise = standardiserOf(rows)
  const yes = labels.filter(Boolean).length
  const weights = labels.map((label) => 0.5 / (label ? yes : labels.length - yes))
  const x = new Matrix(rows.map(standardise))
  const weighted = new Matrix(x.to2DArray().map((row, i) => row.map((value) => value * weights[i])))
  const square = weighted.transpose().mmul(x)
  // The constant is not held back.
  for (let i = 1; i < square.rows; i++) square.set(i, i, square.get(i, i) + ridge)
  const right = weighted.transpose().mmul(Matrix.columnVector(labels.map((label) => (label ? 1 : -1))))
  const coefficients = solve(square, right).to1DArray()
  return (row) => standardise(row).reduce((sum, value, i) => sum + value * coefficients[i], 0)
}

/**
 * What the classifier says of each row when it was fitted to the others; labels weigh as they come. The matrix that leads
 * from labels to fits does not depend on the labels, so many sets of labels cost little.
 * @param rows - `[kernel][number]`
 */
export function leaveOneOut(rows: readonly (readonly number[])[]): (labels: readonly boolean[]) => boolean[] {
  const x = new Matrix(rows.map(standardiserOf(rows)))
  const square = x.transpose().mmul(x)
  for (let i = 1; i < square.rows; i++) square.set(i, i, square.get(i, i) + ridge * rows.length)
  const hat = x.mmul(inverse(square)).mmul(x.transpose()).to2DArray()
  return (labels) =>
    hat.map((weights, i) => {
      const fitted = weights.reduce((sum, weight, j) => sum + (labels[j] ? weight : -weight), 0)
      const own = labels[i] ? weights[i] : -weights[i]
      return fitted - own > 0
    })
}

/** Rows with mean 0 and deviation 1, and a constant in front. */
function standardiserOf(rows: readonly (readonly number[])[]): (row: readonly number[]) => number[] {
  const raw = new Matrix(rows.map((row) => [...row]))
  const means = raw.mean('column')
  const deviations = raw.standardDeviation('column').map((deviation) => deviation || 1)
  return (row) => [1, ...row.map((value, i) => (value - means[i]) / deviations[i])]
}

/** Logarithms of some numbers, 0 included. */
export function logsOf(covariates: Readonly<Record<string, number>>, names: readonly string[]): number[] {
  return names.map((name) => Math.log1p(covariates[name]))
}
