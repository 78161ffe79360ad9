// One record of a CSV file as a row, with what is wrong about it. Values that are no numbers or out of range cost the
// row; what merely contradicts other columns is checked in check-row.ts.

import {
  type CombinedFeatures,
  combinedNames,
  countNames,
  type DeviceId,
  type DeviceLabel,
  deviceLabels,
  type GreweCounts,
  type GreweRow,
  type IntervalMs,
} from '../../data-set.ts'
import { type NamedKernel, parseBenchmarkName } from './benchmark-name.ts'
import type { Finding } from './finding.ts'
import { isExtraColumn } from './layouts.ts'

/** A record: column to text. */
export type CsvRecord = Readonly<Record<string, string>>

/** A row where the record is good enough for one; findings in any case. */
export interface ReadRow {
  readonly row: GreweRow | undefined
  readonly findings: readonly Finding[]
}

/** Counts above this come from memory that nobody set, or from no kernel that anybody reads. */
export const largestPlausibleCount = 1_000_000

const dayPattern = /^\d{4}-\d{2}-\d{2}$/

export function readRow(record: CsvRecord, line: number): ReadRow {
  const reader = new RecordReader(record, line)
  const row = reader.row()
  return {
    row: reader.findings.some(({ severity }) => severity === 'error') ? undefined : row,
    findings: reader.findings,
  }
}

class RecordReader {
  readonly findings: Finding[] = []
  readonly #record: CsvRecord
  readonly #line: number

  constructor(record: CsvRecord, line: number) {
    this.#record = record
    this.#line = line
  }

  row(): GreweRow {
    const [counts, transferBytes, wgsize] = [
      this.#counts(),
      this.#number('transfer', 0, true),
      this.#number('wgsize', 0),
    ]
    const features = combinedNames.map((name) => this.#number(name, 0)) as unknown as CombinedFeatures
    return {
      ...this.#names(),
      ...{ dataset: this.#text('dataset'), counts, transferBytes, wgsize, features, label: this.#label() },
      runtimeCpuMs: this.#number('runtime_cpu', Number.MIN_VALUE),
      runtimeGpuMs: this.#number('runtime_gpu', Number.MIN_VALUE),
      timeSource: this.#choice('time_source', ['measured', 'modelled'], 'measured'),
      intervalCpuMs: this.#interval('cpu'),
      intervalGpuMs: this.#interval('gpu'),
      devices: this.#devices(),
      seed: this.#has('seed') ? this.#number('seed', Number.MIN_SAFE_INTEGER, true) : null,
      date: this.#date(),
      extras: this.#extras(),
    }
  }

  #fail(code: Finding['code'], message: string, severity: Finding['severity'] = 'error'): void {
    this.findings.push({ line: this.#line, severity, code, message })
  }

  #has(name: string): boolean {
    return (this.#record[name] ?? '') !== ''
  }

  #text(name: string): string {
    if (!this.#has(name)) this.#fail('type', `${name}: expected a text, received nothing`)
    return this.#record[name] ?? ''
  }

  #number(name: string, least: number, isInteger = false): number {
    const text = this.#record[name] ?? ''
    const value = text.trim() === '' ? Number.NaN : Number(text)
    const wanted = isInteger ? 'an integer' : 'a number'
    if (!Number.isFinite(value) || (isInteger && !Number.isInteger(value))) {
      this.#fail('type', `${name}: expected ${wanted}, received '${text}'`)
    } else if (value < least) {
      const range = least === Number.MIN_VALUE ? 'above 0' : `of at least ${least}`
      this.#fail('range', `${name}: expected ${wanted} ${range}, received '${text}'`)
    }
    return value
  }

  #counts(): GreweCounts {
    const counts = Object.fromEntries(countNames.map((name) => [name, this.#number(name, 0, true)]))
    const unlikely = countNames.filter((name) => counts[name] > largestPlausibleCount)
    if (unlikely.length > 0) {
      const listed = unlikely.map((name) => `${name}=${counts[name]}`).join(', ')
      this.#fail('range', `${listed}: no counts of a kernel; the row is kept as it is`, 'warning')
    }
    return counts as unknown as GreweCounts
  }

  #choice<T extends string>(name: string, known: readonly T[], absent: T): T {
    if (!this.#has(name)) return absent
    const text = this.#record[name]
    const found = known.find((one) => one === text)
    if (found === undefined) this.#fail('type', `${name}: expected one of ${known.join(', ')}, received '${text}'`)
    return found ?? absent
  }

  #label(): DeviceLabel {
    if (!this.#has('oracle')) this.#fail('type', `oracle: expected one of ${deviceLabels.join(', ')}, received nothing`)
    return this.#choice('oracle', deviceLabels, 'CPU')
  }

  /** Columns of their own, or what is in the name of the benchmark. */
  #names(): NamedKernel {
    if (this.#has('program')) {
      const sourceKey = this.#has('source_key') ? this.#record.source_key : null
      return { suite: this.#text('suite'), program: this.#text('program'), kernel: this.#text('kernel'), sourceKey }
    }
    const name = this.#text('benchmark')
    const named = parseBenchmarkName(name)
    if (named !== undefined) return named
    this.#fail('name', `benchmark: expected suite-version-program-kernel or hash.cl-kernel, received '${name}'`)
    return { suite: name, program: name, kernel: name, sourceKey: null }
  }

  /** The bounds that our layout has, or half a width around the mean. */
  #interval(role: 'cpu' | 'gpu'): IntervalMs | null {
    if (this.#has(`${role}_low`) || this.#has(`${role}_high`)) {
      const [low, high] = [this.#number(`${role}_low`, Number.NEGATIVE_INFINITY), this.#number(`${role}_high`, 0)]
      if (low > high) this.#fail('range', `${role}_low: expected at most ${role}_high, received ${low} and ${high}`)
      return { low, high }
    }
    if (!this.#has(`ci_${role}`)) return null
    const [mean, half] = [Number(this.#record[`runtime_${role}`]), this.#number(`ci_${role}`, 0)]
    return { low: mean - half, high: mean + half }
  }

  #devices(): GreweRow['devices'] {
    if (!this.#has('cpu_device') && !this.#has('gpu_device')) return null
    const device = (role: string): DeviceId => {
      return { device: this.#text(`${role}_device`), driver: this.#record[`${role}_driver`] ?? '' }
    }
    return { cpu: device('cpu'), gpu: device('gpu') }
  }

  #date(): string | null {
    if (!this.#has('date')) return null
    const text = this.#record.date
    if (!dayPattern.test(text)) this.#fail('type', `date: expected a day such as 2026-01-31, received '${text}'`)
    return text
  }

  #extras(): Record<string, number> {
    const names = Object.keys(this.#record).filter((name) => isExtraColumn(name) && this.#has(name))
    return Object.fromEntries(names.map((name) => [name, this.#number(name, Number.NEGATIVE_INFINITY)]))
  }
}
