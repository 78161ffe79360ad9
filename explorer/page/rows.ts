// Which kernels are shown, and in what order. Pure, over columns; rows are numbered as in the columns. Each call goes
// once over all rows, which takes some milliseconds for 100,000.

import type { KernelsColumns, TimesColumns } from './messages.ts'

/** The benchmark of each kernel that counts; -1 and NaN where there is none. */
export interface Nearest {
  /** `[row]` */
  readonly target: Int32Array
  readonly proximity: Float32Array
  readonly distance: Float32Array
  readonly generation: Float32Array
}

/** Bounds of a column, both included. */
export interface Range {
  /** `[row]`; NaN is outside of every range that has a bound. */
  readonly values: ArrayLike<number>
  /** -Infinity where open. */
  readonly low: number
  /** Infinity where open. */
  readonly high: number
}

/** A rectangle of the map. */
export interface Box {
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
}

/** What a kernel must be to be shown; `undefined` is anything. */
export interface Criteria {
  /** First hex digits of the key. */
  readonly keyStart?: string
  readonly target?: number
  readonly outcome?: number
  readonly origin?: number
  readonly repository?: number
  readonly ranges?: readonly Range[]
  readonly box?: Box
}

/**
 * @param order - rows in the order that they are wanted in
 * @returns those of them that meet all criteria
 */
export function filterRows(
  order: Uint32Array,
  columns: KernelsColumns,
  nearest: Nearest,
  criteria: Criteria,
): Uint32Array {
  const tests = testsOf(columns, nearest, criteria)
  const kept = new Uint32Array(order.length)
  let count = 0
  for (const row of order) {
    if (tests.every((test) => test(row))) kept[count++] = row
  }
  return kept.subarray(0, count)
}

type Test = (row: number) => boolean

function testsOf(columns: KernelsColumns, nearest: Nearest, criteria: Criteria): Test[] {
  const { keyStart = '', target, outcome, origin, repository, ranges = [], box } = criteria
  const tests: Test[] = []
  const equals = (values: ArrayLike<number>, wanted: number | undefined): void => {
    if (wanted !== undefined) tests.push((row) => values[row] === wanted)
  }
  // `nearest` is of the wanted target where one is wanted.
  equals(nearest.target, target)
  equals(columns.outcome, outcome)
  equals(columns.origin, origin)
  equals(columns.repository, repository)
  for (const range of ranges) tests.push(...rangeTests(range))
  if (box !== undefined) {
    tests.push(...rangeTests({ values: columns.x, low: box.left, high: box.right }))
    tests.push(...rangeTests({ values: columns.y, low: box.bottom, high: box.top }))
  }
  if (keyStart !== '') tests.push((row) => keyOf(columns.keys, row).startsWith(keyStart))
  return tests
}

function rangeTests({ values, low, high }: Range): Test[] {
  const tests: Test[] = []
  if (low > Number.NEGATIVE_INFINITY) tests.push((row) => values[row] >= low)
  if (high < Number.POSITIVE_INFINITY) tests.push((row) => values[row] <= high)
  return tests
}

/** The first 16 hex digits of a key. */
export function keyOf(keys: Uint8Array, row: number): string {
  let text = ''
  for (let i = 8 * row; i < 8 * row + 8; i++) text += keys[i].toString(16).padStart(2, '0')
  return text
}

/** @param target - only its benchmarks count; undefined is all */
export function nearestBenchmarks(columns: KernelsColumns, kernels: number, target: number | undefined): Nearest {
  const nearest = {
    target: new Int32Array(kernels).fill(-1),
    proximity: new Float32Array(kernels).fill(Number.NaN),
    distance: new Float32Array(kernels).fill(Number.NaN),
    generation: new Float32Array(kernels).fill(Number.NaN),
  }
  const { benchmarkRow, benchmarkTarget, benchmarkProximity, benchmarkDistance, benchmarkGeneration } = columns
  for (let i = 0; i < benchmarkRow.length; i++) {
    const row = benchmarkRow[i]
    if (target !== undefined && benchmarkTarget[i] !== target) continue
    if (nearest.target[row] >= 0 && nearest.proximity[row] >= benchmarkProximity[i]) continue
    nearest.target[row] = benchmarkTarget[i]
    nearest.proximity[row] = benchmarkProximity[i]
    nearest.distance[row] = benchmarkDistance[i]
    nearest.generation[row] = benchmarkGeneration[i]
  }
  return nearest
}

/** Times at one device and size, in ns; NaN where there are none. Of several the last counts. */
export function timesAt(columns: TimesColumns, kernels: number, at: number): Float32Array {
  const times = new Float32Array(kernels).fill(Number.NaN)
  const { timeRow, timeAt, timeNs } = columns
  for (let i = 0; i < timeRow.length; i++) if (timeAt[i] === at) times[timeRow[i]] = timeNs[i]
  return times
}

/** Rows that a packed key has room for. */
const mostRows = 2 ** 21

/**
 * Rows by their values, as precise as a float32; what has none comes last either way, and ties stay in the order of
 * rows. Value and row are packed into one number, so that the engine sorts numbers without calling back: ten times as
 * fast as with a comparison.
 * @param values - `[row]`, at most 2,097,152 of them
 */
export function sortRows(values: ArrayLike<number>, isDescending: boolean): Uint32Array {
  const ordered = new Uint32Array(Float32Array.from(values).buffer)
  for (let row = 0; row < ordered.length; row++) ordered[row] = rankOf(ordered[row], isDescending)
  return sortByWord(ordered)
}

/** Rows by whole numbers of 32 bits. @param words - `[row]` */
export function sortByWord(words: Uint32Array): Uint32Array {
  if (words.length > mostRows) throw new RangeError(`expected at most ${mostRows} kernels, received ${words.length}`)
  const packed = Float64Array.from(words, (word, row) => word * mostRows + row)
  return Uint32Array.from(packed.sort(), (value) => value % mostRows)
}

/** From the bits of a float32 to a whole number of the same order. NaN becomes the largest. */
function rankOf(bits: number, isDescending: boolean): number {
  if ((bits & 0x7fffffff) > 0x7f800000) return 0xffffffff
  const ascending = bits >>> 31 === 1 ? ~bits >>> 0 : (bits | 0x80000000) >>> 0
  return isDescending ? ~ascending >>> 0 : ascending
}

/** For each word its place in the alphabet: sorts a column of numbered words. */
export function ranksOf(words: readonly string[]): Float64Array {
  const order = [...words.keys()].sort((a, b) => (words[a] < words[b] ? -1 : words[a] > words[b] ? 1 : 0))
  const ranks = new Float64Array(words.length)
  for (const [rank, word] of order.entries()) ranks[word] = rank
  return ranks
}
