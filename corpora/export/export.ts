// From a store to a format, and to a place.

import type { Store } from '../store/store.ts'
import { type ExportEntry, type ExportSelection, readEntries } from './entries.ts'
import { namedSpaces } from './fields.ts'
import { findExportFormat } from './registry.ts'
import { writeOutputFile, writeOutputFolder } from './write-output.ts'

/** Where an export goes: a file or folder, or, for formats of lines, whoever takes the lines. */
export type ExportPlace = string | ((line: string) => void)

/** How a store is exported. */
export interface ExportOptions {
  /** Id of one of `exportFormats`. */
  readonly format: string
  readonly selection: ExportSelection
  /** Replace a file, or the files of an earlier export in a folder. Default false. */
  readonly force?: boolean
  /** @param done - kernels or benchmarks read so far */
  readonly onProgress?: (done: number) => void
  readonly signal?: AbortSignal
}

/** What came of an export. */
export interface ExportReport {
  /** Kernels or benchmarks. */
  readonly exported: number
  /** Those among them whose kernel could not be turned into a file; the index says why. */
  readonly failed: number
}

/**
 * Write what a store holds for other programs, holding a few thousand kernels in memory at most.
 * @throws {RangeError} for an unknown format, a place that does not fit it, or one that holds something already
 * @throws {BenchError} OUTPUT_UNWRITABLE naming the place; CLANG_MISSING where the format needs a compiler
 */
export async function exportStore(store: Store, place: ExportPlace, options: ExportOptions): Promise<ExportReport> {
  const { selection, force = false, onProgress, signal } = options
  const format = findExportFormat(options.format)
  let exported = 0
  async function* counted(): AsyncGenerator<ExportEntry> {
    for await (const entry of readEntries(store, selection, signal)) {
      yield entry
      exported++
      onProgress?.(exported)
    }
  }
  const source = { what: selection.what, entries: counted(), spaces: namedSpaces(store), store, signal }
  if (typeof place !== 'string') {
    if (format.kind !== 'lines') throw new RangeError(`out: ${format.id} needs a ${nounOf(format.kind)} to write to`)
    for await (const line of format.render(source)) place(line)
    return { exported, failed: 0 }
  }
  if (format.kind === 'files') {
    const failed = await writeOutputFolder(place, format.render(source), force, format.shared?.())
    return { exported, failed }
  }
  const pieces = format.kind === 'lines' ? withEnds(format.render(source)) : format.render(source)
  await writeOutputFile(place, pieces, force)
  return { exported, failed: 0 }
}

function nounOf(kind: 'bytes' | 'files'): string {
  return kind === 'files' ? 'folder' : 'file'
}

async function* withEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`
}
