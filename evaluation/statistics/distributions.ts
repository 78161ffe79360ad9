// Distributions, by jstat.

import jStat from 'jstat'

/** P(Z ≤ z) of the standard normal distribution. */
export function normalCdf(z: number): number {
  return jStat.normal.cdf(z, 0, 1)
}

/** @param probability - between 0 and 1, both left out */
export function normalQuantile(probability: number): number {
  return jStat.normal.inv(probability, 0, 1)
}

/** P(T ≤ t). With infinitely many degrees of freedom the normal distribution. */
export function tCdf(t: number, degreesOfFreedom: number): number {
  return degreesOfFreedom > mostDegrees ? normalCdf(t) : jStat.studentt.cdf(t, degreesOfFreedom)
}

/** @param probability - between 0 and 1, both left out */
export function tQuantile(probability: number, degreesOfFreedom: number): number {
  return degreesOfFreedom > mostDegrees
    ? normalQuantile(probability)
    : jStat.studentt.inv(probability, degreesOfFreedom)
}

/** From here on the t distribution is the normal one to four digits. */
const mostDegrees = 1e5
