// What is told of a kernel and a benchmark in every format; the names and their order are those of the store's records.

import { featureSpaces, joinSpaces } from '../../features/index.ts'
import { type NamedSpace, nameValues, nameWanted, type WantedValue } from '../manifest.ts'
import type { StoredBenchmark, StoredKernel } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import type { ExportEntry } from './entries.ts'

/** `number` may have a fraction. */
export type FieldType = 'text' | 'integer' | 'number'

/** Null where there is no value. */
export type Cell = string | number | null

/** One plain value of a record. */
export interface Field<T> {
  readonly name: { [K in keyof T]: T[K] extends Cell ? K & string : never }[keyof T]
  readonly type: FieldType
}

export const kernelFields: readonly Field<StoredKernel>[] = [
  { name: 'key', type: 'text' },
  { name: 'kernelName', type: 'text' },
  { name: 'origin', type: 'text' },
  { name: 'repository', type: 'text' },
  { name: 'commit', type: 'text' },
  { name: 'path', type: 'text' },
  { name: 'licence', type: 'text' },
  { name: 'licenceClass', type: 'text' },
  { name: 'tokenCount', type: 'integer' },
  { name: 'irKey', type: 'text' },
  { name: 'irBytes', type: 'integer' },
  { name: 'templateKey', type: 'text' },
  { name: 'heldOut', type: 'text' },
  { name: 'duplicateOf', type: 'text' },
]

export const benchmarkFields: readonly Field<StoredBenchmark>[] = [
  { name: 'runId', type: 'integer' },
  { name: 'space', type: 'text' },
  { name: 'distance', type: 'number' },
  { name: 'proximity', type: 'number' },
  { name: 'rank', type: 'integer' },
  { name: 'generation', type: 'integer' },
  { name: 'seed', type: 'integer' },
  { name: 'modelHash', type: 'text' },
  { name: 'device', type: 'text' },
  { name: 'validated', type: 'text' },
  { name: 'version', type: 'text' },
]

/** An entry as JSON, but for the text: the fields above, target, lineage and features by space and name. */
export function recordOf({ kernel, benchmark, features }: ExportEntry, spaces: readonly NamedSpace[]): object {
  const measured = separateSpaces(spaces).filter(({ id }) => features[id] !== undefined)
  return {
    ...Object.fromEntries(kernelFields.map(({ name }) => [name, kernel[name]])),
    ...(benchmark === null ? {} : benchmarkRecord(benchmark, spaces)),
    features: Object.fromEntries(measured.map((space) => [space.id, nameValues(space, features[space.id])])),
  }
}

function benchmarkRecord(benchmark: StoredBenchmark, spaces: readonly NamedSpace[]): object {
  const values = Object.fromEntries(benchmarkFields.map(({ name }) => [name, benchmark[name]]))
  return { ...values, target: targetOf(benchmark, spaces), lineage: benchmark.lineage, novelty: benchmark.novelty }
}

/** As in the manifest: a range is its two ends, null where open. */
export function targetOf(
  benchmark: StoredBenchmark,
  spaces: readonly NamedSpace[],
): { readonly name: string; readonly values: Readonly<Record<string, WantedValue>> } {
  const space = spaces.find(({ id }) => id === benchmark.space)
  if (space === undefined) throw new RangeError(`spaces: no names for feature space ${benchmark.space}`)
  return { name: benchmark.targetName, values: nameWanted(space, benchmark) }
}

/** A feature space of a store. */
export interface StoreSpace extends NamedSpace {
  /** Nobody knows what its features are called. */
  readonly isNumbered: boolean
}

/**
 * The feature spaces of a store. Those that this benchsteer does not know are named as the store says, and where it does not,
 * by number, from 0.
 */
export function namedSpaces(store: Store): StoreSpace[] {
  return store.kernels.spaces().map(({ id, length, names }) => {
    const known = [names, knownNames(id)].find((list) => list?.length === length)
    return { id, names: known ?? Array.from({ length }, (_, i) => String(i)), isNumbered: known == null }
  })
}

function knownNames(id: string): readonly string[] | null {
  const parts = id.split('+').flatMap((part) => featureSpaces.find((space) => space.id === part) ?? [])
  const known = parts.length === 0 ? undefined : joinSpaces(parts)
  return known?.id === id ? known.names : null
}

/** Without joint spaces, which repeat what their parts say. */
export function separateSpaces(spaces: readonly NamedSpace[]): NamedSpace[] {
  const ids = new Set(spaces.map(({ id }) => id))
  return spaces.filter(({ id }) => !id.includes('+') || !id.split('+').every((part) => ids.has(part)))
}
