// Published facts about devices that are not there: one JSON file each in kernels/measure/devices/, or a user's own.
// Every figure has its source, or its name in `assumed`.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { DeviceKind } from '../../device/devices.ts'
import { packagePath } from '../../package-root.ts'

/** Throughput of one compute unit per cycle; what is counted is said at `ExecutedWork`. */
export interface UnitRates {
  readonly float: number
  readonly integer: number
  readonly division: number
  readonly special: number
  readonly private: number
  readonly local: number
  readonly atomic: number
}

/** What the cost model knows of a device. */
export interface DeviceDescription {
  /** As in `model:<name>`. */
  readonly name: string
  readonly title: string
  readonly kind: Extract<DeviceKind, 'cpu' | 'gpu'>
  /** Multiprocessors, compute units or cores; a work-group runs on one. */
  readonly computeUnits: number
  readonly clockGhz: number
  readonly rates: UnitRates
  /**
   * Work-items that share an instruction of `float`, `integer` or `global` kind, and only where their accesses are
   * coalesced; elsewhere the rates are lower by this factor. 1: no difference.
   */
  readonly lanes: number
  /** Do they share instructions in loops too? */
  readonly vectorisesLoops: boolean
  /** Throughput of double over that of float. */
  readonly doubleRatio: number
  /** Main memory, in GB/s. */
  readonly memoryGBs: number
  /** The last cache in front of main memory. */
  readonly cacheMiB: number
  readonly cacheGBs: number
  /** Fetched for an access whose neighbours lie elsewhere. */
  readonly sectorBytes: number
  /** Work-items that a unit keeps in flight. */
  readonly residentItems: number
  /** Time from one instruction of a work-item to the next where nothing else hides it; 0 where that is in `rates`. */
  readonly instructionNs: number
  /** Main memory's latency as one work-item sees it, after what it overlaps itself; 0 where that is in `memoryGBs`. */
  readonly accessNs: number
  readonly launchUs: number
  /** Starting a work-item and a work-group on a unit. */
  readonly itemNs: number
  readonly groupNs: number
  /** Copies between host and device: a fixed cost each, and a rate. */
  readonly copyUs: number
  readonly writeGBs: number
  readonly readGBs: number
  /** How far off estimates are: the true time is expected from 1/errorFactor to errorFactor times the estimate. */
  readonly errorFactor: number
  /** Where the figures come from. */
  readonly sources: readonly string[]
  /** Names of figures that nobody publishes. */
  readonly assumed: readonly string[]
  /** Which figures were held against which public text other than `sources`, and which were not found there. */
  readonly checked?: readonly string[]
}

/** A description with the hash that stands for a driver's version. */
export interface LoadedDescription {
  readonly description: DeviceDescription
  readonly hash: string
}

const folder = ['kernels', 'measure', 'devices']

/** Names of the descriptions that come with benchsteer. */
export function describedDevices(): string[] {
  return readdirSync(packagePath(...folder))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort()
}

/**
 * @param name - one of `describedDevices`, or the path of a JSON file
 * @throws {RangeError} where there is none, or naming the field that is wrong
 */
export function loadDescription(name: string): LoadedDescription {
  const isFile = name.endsWith('.json')
  const known = describedDevices()
  if (!isFile && !known.includes(name)) {
    throw new RangeError(`model: expected one of ${known.join(', ')} or a .json file, received '${name}'`)
  }
  const text = readText(isFile ? name : packagePath(...folder, `${name}.json`), name)
  const description = parseDescription(text, name)
  return { description, hash: createHash('sha256').update(JSON.stringify(description)).digest('hex').slice(0, 12) }
}

function readText(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new RangeError(`model: cannot read '${name}' (${reason}); expected a device description`, { cause })
  }
}

/** Every numeric field with the least value it may have. */
const least: Readonly<Record<string, number>> = {
  ...{ computeUnits: 1, clockGhz: 0.01, lanes: 1, doubleRatio: 0.001, memoryGBs: 0.1, cacheMiB: 0, cacheGBs: 0.1 },
  ...{ sectorBytes: 1, residentItems: 1, instructionNs: 0, accessNs: 0, launchUs: 0, itemNs: 0, groupNs: 0 },
  ...{ copyUs: 0, writeGBs: 0.001, readGBs: 0.001, errorFactor: 1 },
}
const rateNames = ['float', 'integer', 'division', 'special', 'private', 'local', 'atomic'] as const

function parseDescription(text: string, name: string): DeviceDescription {
  const fail = (what: string): never => {
    throw new RangeError(`model '${name}': ${what}`)
  }
  const parsed: unknown = parseJson(text, fail)
  const fields = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Record<string, unknown>
  for (const field of ['name', 'title']) if (typeof fields[field] !== 'string') fail(`${field}: expected a text`)
  if (fields.kind !== 'cpu' && fields.kind !== 'gpu') fail(`kind: expected cpu or gpu, received ${fields.kind}`)
  for (const [field, bound] of Object.entries(least)) mustBeNumber(fields[field], field, bound, fail)
  const rates = (fields.rates ?? {}) as Record<string, unknown>
  for (const rate of rateNames) mustBeNumber(rates[rate], `rates.${rate}`, 1e-6, fail)
  if (typeof fields.vectorisesLoops !== 'boolean') fail('vectorisesLoops: expected true or false')
  for (const field of ['sources', 'assumed', ...('checked' in fields ? ['checked'] : [])])
    if (!Array.isArray(fields[field])) fail(`${field}: expected a list of texts`)
  return parsed as DeviceDescription
}

function parseJson(text: string, fail: (what: string) => never): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    return fail(`expected JSON (${cause instanceof Error ? cause.message : String(cause)})`)
  }
}

function mustBeNumber(value: unknown, field: string, bound: number, fail: (what: string) => never): void {
  if (typeof value === 'number' && value >= bound) return
  fail(`${field}: expected a number of at least ${bound}, received ${JSON.stringify(value)}`)
}
