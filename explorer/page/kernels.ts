// The kernels of one snapshot, with all columns that were asked for so far, and rows in the orders that were used.

import { askFeature } from './ask.ts'
import { formatNs, formatNumber } from './format.ts'
import type { KernelsColumns, KernelsHeader, MapColumns, MapHeader, TimedAt, TimesColumns } from './messages.ts'
import { keyOf, type Nearest, nearestBenchmarks, ranksOf, sortByWord, sortRows, timesAt } from './rows.ts'
import type { TableColumn } from './table.ts'

/** Columns that a search gives, beside features. */
export const searchColumns: Readonly<Record<string, string>> = {
  proximity: 'Proximity %',
  distance: 'Distance',
  generation: 'Generation',
  tokens: 'Tokens',
  time: 'Time',
}

export class Kernels {
  readonly header: KernelsHeader
  readonly columns: KernelsColumns
  /** Of the space that is looked at. */
  map: { readonly header: MapHeader; readonly columns: MapColumns }
  nearest: Nearest
  /** In ns. */
  times: Float32Array
  #timed: { readonly timedAt: readonly TimedAt[]; readonly columns: TimesColumns } | undefined
  /** By `space/feature`. */
  readonly #features = new Map<string, Float32Array>()
  /** What `nearest` and `times` are of. */
  #chosen: string | undefined = ' 0'
  /** By column and direction. */
  readonly #orders = new Map<string, Uint32Array>()

  constructor(header: KernelsHeader, columns: KernelsColumns) {
    this.header = header
    this.columns = columns
    this.map = { header: header.map, columns }
    this.nearest = nearestBenchmarks(columns, header.kernels, undefined)
    this.times = this.#timesAt(0)
  }

  /** Empty until they are there. */
  get timedAt(): readonly TimedAt[] {
    return this.#timed?.timedAt ?? []
  }

  setTimes(timedAt: readonly TimedAt[], columns: TimesColumns): void {
    this.#timed = { timedAt, columns }
    this.#chosen = undefined
  }

  /** Which benchmarks and times count from now on. */
  choose(target: number | undefined, timedAt: number): void {
    const wanted = `${target ?? ''} ${timedAt}`
    if (wanted === this.#chosen) return
    this.#chosen = wanted
    this.nearest = nearestBenchmarks(this.columns, this.header.kernels, target)
    this.times = this.#timesAt(timedAt)
    for (const name of [...this.#orders.keys()]) {
      if (/^(?:target|proximity|distance|generation|time) /.test(name)) this.#orders.delete(name)
    }
  }

  /** Fetch a feature, once. @param id - `space/feature` */
  async load(id: string): Promise<void> {
    if (this.#features.has(id) || !id.includes('/')) return
    const [space, name] = splitId(id)
    this.#features.set(id, await askFeature(this.header.snapshot, space, name))
  }

  /** All rows, sorted. */
  order(column: string, isDescending: boolean): Uint32Array {
    const name = `${column} ${isDescending}`
    const order = this.#orders.get(name) ?? this.#sort(column, isDescending)
    this.#orders.set(name, order)
    return order
  }

  /** The numbers of a column. @param id - of `searchColumns`, or of a feature that was loaded */
  numbers(id: string): ArrayLike<number> {
    switch (id) {
      case 'proximity':
      case 'distance':
      case 'generation':
        return this.nearest[id]
      case 'tokens':
        return this.columns.tokens
      case 'time':
        return this.times
      default:
        return this.#features.get(id) ?? new Float32Array(this.header.kernels).fill(Number.NaN)
    }
  }

  /** Columns of the table. @param features - ids, loaded */
  tableColumns(features: readonly string[]): TableColumn[] {
    const { columns, header } = this
    const word = (id: string, label: string, text: (row: number) => string): TableColumn => {
      return { id, label, isNumber: false, text }
    }
    const number = (id: string, label: string): TableColumn => {
      const values = this.numbers(id)
      return { id, label, isNumber: true, text: (row) => formatNumber(values[row]) }
    }
    const { nearest, times } = this
    const hasTargets = header.targets.length > 0
    const fixed = ['proximity', 'distance', 'tokens', 'time']
    return [
      word('key', 'Key', (row) => keyOf(columns.keys, row).slice(0, 8)),
      ...(hasTargets ? [word('target', 'Target', (row) => header.targets[nearest.target[row]]?.name ?? '')] : []),
      ...(hasTargets ? [number('proximity', 'Proximity %'), number('distance', 'Distance')] : []),
      word('outcome', 'Outcome', (row) => header.outcomes[columns.outcome[row]]),
      word('origin', 'Origin', (row) => header.origins[columns.origin[row]]),
      ...(header.repositories.length > 1
        ? [word('repository', 'Repository', (row) => header.repositories[columns.repository[row]])]
        : []),
      number('tokens', 'Tokens'),
      ...(this.timedAt.length > 0
        ? [{ id: 'time', label: 'Time', isNumber: true, text: (row: number) => formatNs(times[row]) }]
        : []),
      ...features.filter((id) => !fixed.includes(id)).map((id) => number(id, labelOf(id))),
    ]
  }

  #timesAt(at: number): Float32Array {
    const { kernels } = this.header
    return this.#timed === undefined
      ? new Float32Array(kernels).fill(Number.NaN)
      : timesAt(this.#timed.columns, kernels, at)
  }

  #sort(column: string, isDescending: boolean): Uint32Array {
    if (column !== 'key') return sortRows(this.#sortKeys(column), isDescending)
    // As many digits as are shown.
    const words = Uint32Array.from({ length: this.header.kernels }, (_, row) => {
      return this.columns.keys.subarray(8 * row, 8 * row + 4).reduce((sum, byte) => sum * 256 + byte, 0)
    })
    return sortByWord(isDescending ? words.map((word) => ~word) : words)
  }

  #sortKeys(column: string): ArrayLike<number> {
    const { columns, header, nearest } = this
    const ranked = (words: readonly string[], values: ArrayLike<number>): Float64Array => {
      const ranks = ranksOf(words)
      return Float64Array.from(values, (value) => (value < 0 ? Number.NaN : ranks[value]))
    }
    switch (column) {
      case 'target': {
        const names = header.targets.map(({ name, space }) => `${name} ${space}`)
        return ranked(names, nearest.target)
      }
      case 'outcome':
        return ranked(header.outcomes, columns.outcome)
      case 'origin':
        return ranked(header.origins, columns.origin)
      case 'repository':
        return ranked(header.repositories, columns.repository)
      default:
        return this.numbers(column)
    }
  }
}

/** What a column is called. */
export function labelOf(id: string): string {
  return searchColumns[id] ?? splitId(id)[1]
}

/** `space/feature`; names may hold a slash themselves (`F4:comp/mem`). */
function splitId(id: string): readonly [space: string, name: string] {
  const slash = id.indexOf('/')
  return [id.slice(0, slash), id.slice(slash + 1)]
}
