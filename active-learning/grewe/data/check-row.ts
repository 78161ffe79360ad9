// What a row says twice must agree: features with their parts, the label and its ratios with the times. Published files
// round some columns, to some decimals or to three digits; that is told apart from contradiction.

import { combinedFeatures, combinedNames, type GreweRow, labelOf } from '../../data-set.ts'
import type { Finding } from './finding.ts'
import type { CsvRecord } from './read-row.ts'

/** How well a written number agrees with the computed one. */
export type Agreement = 'exact' | 'rounded' | 'wrong'

/** What a row was found to be. */
export interface CheckedRow {
  readonly findings: readonly Finding[]
  /** Columns that are rounded here. */
  readonly rounded: readonly string[]
  /** Are both times within five per cent? */
  readonly isClose: boolean
}

/** Times of devices that differ by less may as well be noise. */
const closeShare = 0.05
const exactShare = 1e-9
/** Half a unit of the last place, and a little for what was rounded before. */
const halfUnit = 0.5000001

export function checkRow(row: GreweRow, record: CsvRecord, line: number): CheckedRow {
  const findings: Finding[] = []
  const rounded: string[] = []
  const fault = (code: Finding['code'], message: string): void => {
    findings.push({ line, severity: 'warning', code, message })
  }
  for (const [name, computed] of derivedValues(row)) {
    const text = record[name] ?? ''
    if (text === '') continue
    const agreement = compareWritten(text, computed)
    if (agreement === 'rounded') rounded.push(name)
    if (agreement === 'wrong') fault('derived', `${name}: ${text} is written, its parts give ${computed}`)
  }
  const { label, runtimeCpuMs: cpu, runtimeGpuMs: gpu } = row
  if (cpu !== gpu && label !== labelOf(cpu, gpu)) {
    fault('label', `oracle: ${label} is written, but CPU took ${cpu} ms and GPU ${gpu} ms`)
  }
  return { findings, rounded, isClose: Math.abs(cpu - gpu) <= closeShare * Math.min(cpu, gpu) }
}

function derivedValues(row: GreweRow): (readonly [name: string, value: number])[] {
  const features = combinedFeatures(row.counts, row.transferBytes, row.wgsize)
  const [faster, slower] = [row.runtimeCpuMs, row.runtimeGpuMs].sort((a, b) => a - b)
  return [
    ...combinedNames.map((name, i) => [name, features[i]] as const),
    ['runtime', faster],
    ['speedup', slower / faster],
    ['penalty', faster / slower],
  ]
}

/** Is the text the number, or what rounding makes of it: to the decimals it has, or to three significant digits? */
export function compareWritten(text: string, computed: number): Agreement {
  const written = Number(text)
  const difference = Math.abs(written - computed)
  if (difference <= exactShare * Math.max(1, Math.abs(computed))) return 'exact'
  const [, decimals = '', exponent = '0'] = /^[^.e]*(?:\.(\d*))?(?:e([-+]?\d+))?$/i.exec(text.trim()) ?? []
  const places = 10 ** (Number(exponent) - decimals.length)
  const thirdDigit = computed === 0 ? 0 : 10 ** (Math.floor(Math.log10(Math.abs(computed))) - 2)
  return difference <= halfUnit * Math.max(places, thirdDigit) ? 'rounded' : 'wrong'
}
