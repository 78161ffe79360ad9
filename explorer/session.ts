// A store that is being looked at: its snapshot, and the vectors of spaces that were asked for.

import { Store } from '../corpora/index.ts'
import { detailsOf } from './details.ts'
import { drawMap, type FeatureMap } from './map.ts'
import type { Changes, KernelDetails, KernelsHeader, SpaceFacts } from './page/messages.ts'
import { pack } from './page/packing.ts'
import { readSnapshot, readTimes, type Snapshot } from './snapshot.ts'
import { spaceNames } from './space-names.ts'
import { columnOf, readVectors, type Vectors } from './vectors.ts'

/** Answers what the page asks. Hold it with `using`. */
export class Session implements Disposable {
  readonly #store: Store
  readonly #name: string
  #number = 0
  #snapshot: Snapshot | undefined
  #spaces: readonly SpaceFacts[] | undefined
  readonly #vectors = new Map<string, Vectors>()
  readonly #maps = new Map<string, FeatureMap>()

  /**
   * @param name - of the store, as the page shows it
   * @throws {BenchError} as `Store.open` does for a store that is only read
   */
  constructor(path: string, name: string) {
    this.#store = Store.open(path, { readOnly: true })
    this.#name = name
  }

  /** Counts snapshots. */
  get number(): number {
    return this.#number
  }

  /**
   * All kernels, packed.
   * @param isFresh - as the store is now, read again where it has grown; else as it was when last looked at
   * @param space - of the map; default the first, in which the store has most targets
   */
  kernels(isFresh: boolean, space?: string): Uint8Array {
    const snapshot = this.#take(isFresh && this.changes().hasChanged)
    const { kernels, targets, outcomes, origins, repositories } = snapshot
    const map = this.#map(this.#mainSpace(snapshot, space))
    const header: KernelsHeader = {
      ...{ snapshot: this.#number, store: this.#name, kernels, outcomes, origins, repositories },
      ...{ targets: targets.map(({ space, name }) => ({ space, name })), map: map.header },
    }
    return pack(header, { ...snapshot.columns, ...map.columns })
  }

  /** All times, packed. */
  times(): Uint8Array {
    const { header, columns } = readTimes(this.#store, this.#take().rows)
    return pack(header, { ...columns })
  }

  /** All spaces that kernels are measured in. Takes a look at every vector. */
  spaces(): readonly SpaceFacts[] {
    this.#spaces ??= this.#store.kernels.spaces().map(({ id, length, names }) => ({
      ...{ id, names: names?.length === length ? names : spaceNames(id, length) },
    }))
    return this.#spaces
  }

  /** The map of another space, packed; undefined where there is no such space. */
  map(space: string): Uint8Array | undefined {
    const facts = this.spaces().find(({ id }) => id === space)
    if (facts === undefined) return undefined
    const { header, columns } = this.#map(facts)
    return pack(header, { ...columns })
  }

  /** One feature of all kernels, packed; undefined where there is no such feature. */
  feature(space: string, name: string): Uint8Array | undefined {
    const facts = this.spaces().find(({ id }) => id === space)
    const place = facts?.names.indexOf(name) ?? -1
    if (facts === undefined || place < 0) return undefined
    return pack({ space, name }, { values: columnOf(this.#vectorsOf(facts), place) })
  }

  details(key: string): KernelDetails | undefined {
    return detailsOf(this.#store, key)
  }

  /** How far the store has come since the snapshot. */
  changes(): Changes {
    const { extent } = this.#take()
    const now = this.#store.overview.extent()
    const hasChanged = (Object.keys(now) as (keyof typeof now)[]).some((table) => now[table] !== extent[table])
    return { snapshot: this.#number, hasChanged, kernels: now.kernels - extent.kernels }
  }

  [Symbol.dispose](): void {
    this.#store[Symbol.dispose]()
  }

  #take(isFresh = false): Snapshot {
    if (this.#snapshot !== undefined && !isFresh) return this.#snapshot
    this.#vectors.clear()
    this.#maps.clear()
    this.#spaces = undefined
    this.#number++
    this.#snapshot = readSnapshot(this.#store)
    return this.#snapshot
  }

  /** The wanted one, else the one that most targets lie in; in a store without targets that with the fewest features. */
  #mainSpace({ targets }: Snapshot, wanted: string | undefined): SpaceFacts | undefined {
    const count = (id: string): number => targets.filter(({ space }) => space === id).length
    const ofTargets = new Map(targets.map(({ space, target }) => [space, target.length]))
    const [main] = [...ofTargets].sort(([a], [b]) => count(b) - count(a))
    // What targets say of their space spares a look at every vector.
    if (main !== undefined && (wanted ?? main[0]) === main[0]) return { id: main[0], names: spaceNames(...main) }
    const known = [...this.spaces()].sort((a, b) => a.names.length - b.names.length)
    return known.find(({ id }) => id === wanted) ?? known[0]
  }

  #map(space: SpaceFacts | undefined): FeatureMap {
    const { targets, rows } = this.#take()
    if (space === undefined) return noMap(rows.size)
    const map = this.#maps.get(space.id) ?? drawMap(space, this.#vectorsOf(space), targets, rows)
    this.#maps.set(space.id, map)
    return map
  }

  #vectorsOf({ id, names }: SpaceFacts): Vectors {
    const vectors = this.#vectors.get(id) ?? readVectors(this.#store, id, names.length, this.#take().rows)
    this.#vectors.set(id, vectors)
    return vectors
  }
}

function noMap(kernels: number): FeatureMap {
  const nowhere = new Float32Array(kernels).fill(Number.NaN)
  return { header: { space: '', shares: null, axes: [[], []], targets: [] }, columns: { x: nowhere, y: nowhere } }
}
