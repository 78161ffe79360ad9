// Times that `measure` wrote as CSV on another machine, to be held against a model here.

import { parse } from 'csv-parse/sync'
import type { StoredMeasurement } from '../../corpora/index.ts'
import { readOperand } from '../read-source.ts'

/** Medians in ns. */
export interface MeasuredMedians {
  readonly kernelNs: number
  readonly totalNs: number
}

/** Measured times by kernel and launch. */
export interface MeasuredTimes {
  /** @param row - whose kernel, size, seed, payload and kind of device the measurement must have */
  find(key: string, row: StoredMeasurement): MeasuredMedians | undefined
}

const roles = ['cpu', 'gpu'] as const

/**
 * Rows whose times were measured, of both roles.
 * @throws {RangeError} where the file cannot be read, or is none that `measure` wrote
 */
export function readMeasuredCsv(path: string): MeasuredTimes {
  const text = readOperand(path, 'a CSV file that measure wrote')
  const records = parse(text, { columns: true, skip_empty_lines: true }) as Record<string, string>[]
  const needed = [
    'key',
    'dataset',
    'seed',
    'payload',
    ...roles.flatMap((role) => [`${role}_provenance`, `${role}_kernel`]),
  ]
  const missing = needed.filter((column) => !(column in (records[0] ?? {})))
  if (missing.length > 0)
    throw new RangeError(`--measured: ${path} lacks ${missing.join(', ')}; expected what measure wrote`)
  const known = new Map<string, MeasuredMedians>()
  for (const record of records) {
    for (const role of roles) {
      const [kernelMs, totalMs] = [Number(record[`${role}_kernel`]), Number(record[`runtime_${role}`])]
      if (record[`${role}_provenance`] !== 'measured' || !(kernelMs > 0 && totalMs > 0)) continue
      const name = nameOf(role, record.key, record.dataset, record.seed, record.payload)
      known.set(name, { kernelNs: kernelMs * 1e6, totalNs: totalMs * 1e6 })
    }
  }
  return {
    find: (key, { deviceKind, size, seed, payloadHash }) =>
      known.get(nameOf(deviceKind === 'cpu' ? 'cpu' : 'gpu', key, `${size}`, `${seed}`, payloadHash ?? '')),
  }
}

function nameOf(role: string, key: string, size: string, seed: string, payload: string): string {
  return [role, key, size, seed, payload].join(' ')
}
