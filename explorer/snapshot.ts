// All kernels of a store as columns, read once: some megabytes for 100,000 of them. What another process adds later is
// seen by the next snapshot; rows that refer to kernels of a later one are left out.

import type { Store, StoreExtent, TargetBrief } from '../corpora/index.ts'
import type { KernelsColumns, TimedAt, TimesColumns, TimesHeader } from './page/messages.ts'
import { Words } from './words.ts'

/** What was in the store at one moment, apart from vectors and times. */
export interface Snapshot {
  readonly extent: StoreExtent
  readonly kernels: number
  readonly targets: readonly TargetBrief[]
  readonly outcomes: readonly string[]
  readonly origins: readonly string[]
  readonly repositories: readonly string[]
  /** Row of a kernel by its id in the store. */
  readonly rows: ReadonlyMap<number, number>
  /** All but the map. */
  readonly columns: Omit<KernelsColumns, 'x' | 'y'>
}

/** Read it all. */
export function readSnapshot(store: Store): Snapshot {
  const { overview } = store
  const extent = overview.extent()
  const { rows, ...kernels } = readKernels(store)
  const targets = overview.targets()
  const outcomes = readOutcomes(store, rows)
  return {
    ...{ extent, kernels: rows.size, targets, rows },
    outcomes: outcomes.words,
    ...{ origins: kernels.origins, repositories: kernels.repositories },
    columns: {
      ...kernels.columns,
      outcome: outcomes.outcome,
      ...readBenchmarks(store, rows, targets),
    },
  }
}

function readKernels({ overview }: Store) {
  const briefs = overview.kernels()
  const [origins, repositories] = [new Words(), new Words('')]
  const rows = new Map<number, number>()
  const count = briefs.length
  const keys = Uint8Array.from(Buffer.from(briefs.map(([, key]) => key).join(''), 'hex'))
  const [origin, tokens] = [new Uint8Array(count), new Uint32Array(count)]
  const repository = new Uint32Array(count)
  for (const [row, [id, , from, tokenCount, ofRepository]] of briefs.entries()) {
    rows.set(id, row)
    origin[row] = origins.placeOf(from)
    tokens[row] = tokenCount
    repository[row] = repositories.placeOf(ofRepository ?? '')
  }
  return {
    ...{ rows, origins: origins.list, repositories: repositories.list },
    columns: { keys, origin, tokens, repository },
  }
}

/** Of several validations the last counts. */
function readOutcomes({ overview }: Store, rows: ReadonlyMap<number, number>) {
  const words = new Words('not validated')
  const outcome = new Uint16Array(rows.size)
  for (const [, kernelId, word] of overview.outcomes()) {
    const row = rows.get(kernelId)
    if (row !== undefined) outcome[row] = words.placeOf(word)
  }
  return { outcome, words: words.list }
}

function readBenchmarks({ overview }: Store, rows: ReadonlyMap<number, number>, targets: readonly TargetBrief[]) {
  const places = new Map(targets.map(({ space, name }, i) => [`${space} ${name}`, i]))
  const briefs = overview.benchmarks().flatMap(([, kernelId, space, name, distance, proximity, generation]) => {
    const row = rows.get(kernelId)
    const target = places.get(`${space} ${name}`)
    return row === undefined || target === undefined ? [] : [{ row, target, distance, proximity, generation }]
  })
  return {
    benchmarkRow: Uint32Array.from(briefs, ({ row }) => row),
    benchmarkTarget: Uint32Array.from(briefs, ({ target }) => target),
    benchmarkDistance: Float32Array.from(briefs, ({ distance }) => distance),
    benchmarkProximity: Float32Array.from(briefs, ({ proximity }) => proximity),
    benchmarkGeneration: Uint32Array.from(briefs, ({ generation }) => generation),
  }
}

/**
 * All times; a kernel may have many.
 * @param rows - of a snapshot
 */
export function readTimes(
  { overview }: Store,
  rows: ReadonlyMap<number, number>,
): { readonly header: TimesHeader; readonly columns: TimesColumns } {
  const timedAt: TimedAt[] = []
  const places = new Map<string, number>()
  const placeOf = (id: string, device: string, provenance: string, size: number): number => {
    const place = places.get(`${id} ${size}`) ?? timedAt.push({ device, provenance, size }) - 1
    places.set(`${id} ${size}`, place)
    return place
  }
  const briefs = overview.times().flatMap(([, kernelId, id, device, provenance, size, totalNs]) => {
    const row = rows.get(kernelId)
    return row === undefined ? [] : [{ row, at: placeOf(id, device, provenance, size), ns: totalNs ?? Number.NaN }]
  })
  const columns = {
    timeRow: Uint32Array.from(briefs, ({ row }) => row),
    timeAt: Uint32Array.from(briefs, ({ at }) => at),
    timeNs: Float32Array.from(briefs, ({ ns }) => ns),
  }
  return { header: { timedAt }, columns }
}
