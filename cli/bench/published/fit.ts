// One factor a device on modelled kernel times, found on some suites and judged on another.

import { medianOf } from '../statistics.ts'
import type { ComparedRow } from './estimate-row.ts'

/** By which kernel times are multiplied; copies are left as they are. */
export interface Factors {
  readonly cpu: number
  readonly gpu: number
}

export const noFactors: Factors = { cpu: 1, gpu: 1 }

/** Tried: 2^-6 to 2^10 in sixteenths of a power. */
const tried = Array.from({ length: 257 }, (_, step) => 2 ** (step / 16 - 6))

/** The factors that make the median error least, over all rows alike. */
export function fitFactors(rows: readonly ComparedRow[]): Factors {
  return { cpu: bestFactor(rows, 'cpu'), gpu: bestFactor(rows, 'gpu') }
}

/** Modelled time in ms, copies included. */
export function modelledMs(row: ComparedRow, role: keyof Factors, factors: Factors): number {
  return row[role].kernelMs * factors[role] + row[role].copiesMs
}

function bestFactor(rows: readonly ComparedRow[], role: keyof Factors): number {
  const measured = rows.map((row) => (role === 'cpu' ? row.cpuMs : row.gpuMs))
  const errorOf = (factor: number): number => {
    const factors = { ...noFactors, [role]: factor }
    return medianOf(rows.map((row, i) => Math.abs(Math.log(modelledMs(row, role, factors) / measured[i]))))
  }
  return tried.map((factor) => ({ factor, error: errorOf(factor) })).reduce((a, b) => (b.error < a.error ? b : a))
    .factor
}
