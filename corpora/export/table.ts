// Entries as rows of a table with typed columns: what CSV and Parquet share.

import type { NamedSpace } from '../manifest.ts'
import type { StoredBenchmark } from '../store/records.ts'
import type { ExportEntry } from './entries.ts'
import { benchmarkFields, type Cell, type FieldType, kernelFields, separateSpaces, targetOf } from './fields.ts'
import type { ExportSource } from './format.ts'

/** One column of the table. */
export interface Column {
  readonly name: string
  readonly type: FieldType
  read(entry: ExportEntry): Cell
}

/** In order: kernel, benchmark, features as `space.feature`, text. Targets and lineage are JSON. */
export function tableColumns({ what, spaces }: Pick<ExportSource, 'what' | 'spaces'>): Column[] {
  return [
    ...kernelFields.map(({ name, type }): Column => ({ name, type, read: ({ kernel }) => kernel[name] })),
    ...(what === 'kernels' ? [] : benchmarkColumns(spaces)),
    ...separateSpaces(spaces).flatMap(featureColumns),
    { name: 'text', type: 'text', read: ({ kernel }) => kernel.text },
  ]
}

function benchmarkColumns(spaces: readonly NamedSpace[]): Column[] {
  const column = (name: string, type: FieldType, read: (benchmark: StoredBenchmark) => Cell): Column => {
    return { name, type, read: ({ benchmark }) => (benchmark === null ? null : read(benchmark)) }
  }
  return [
    ...benchmarkFields.map(({ name, type }) => column(name, type, (benchmark) => benchmark[name])),
    column('target', 'text', ({ targetName }) => targetName),
    column('targetValues', 'text', (benchmark) => JSON.stringify(targetOf(benchmark, spaces).values)),
    column('lineage', 'text', ({ lineage }) => JSON.stringify(lineage)),
    column('isCopy', 'integer', ({ novelty }) => (novelty?.isCopy == null ? null : Number(novelty.isCopy))),
    column('seedRun', 'integer', ({ novelty }) => novelty?.seedRun ?? null),
    column('minedDistance', 'number', ({ novelty }) => novelty?.minedDistance ?? null),
  ]
}

function featureColumns({ id, names }: NamedSpace): Column[] {
  return names.map((name, i) => ({
    name: `${id}.${name}`,
    type: 'number',
    read: ({ features }) => numberOrNull(features[id]?.[i]),
  }))
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}
