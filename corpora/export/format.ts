// What an export format is: a pure rendering of entries as lines, bytes or files. Where these go is decided elsewhere
// (`write-output.ts`), so a format touches no disk.

import type { NamedSpace } from '../manifest.ts'
import type { Store } from '../store/store.ts'
import type { ExportEntry, ExportUnit } from './entries.ts'

/** What a format renders. */
export interface ExportSource {
  readonly what: ExportUnit
  readonly entries: AsyncIterable<ExportEntry>
  /** All feature spaces of the store, with the names of their features. */
  readonly spaces: readonly NamedSpace[]
  /** For what else is known of an entry's kernel. */
  readonly store: Store
  readonly signal?: AbortSignal
}

/** A text of lines, which may go to standard output. */
export interface LinesFormat {
  readonly kind: 'lines'
  readonly id: string
  /** Lines without their ends; what is quoted may hold some. */
  render(source: ExportSource): AsyncIterable<string>
}

/** One binary file. */
export interface BytesFormat {
  readonly kind: 'bytes'
  readonly id: string
  /** Its pieces, in order. */
  render(source: ExportSource): AsyncIterable<Uint8Array>
}

/** A folder with a file per kernel and an index. */
export interface FilesFormat {
  readonly kind: 'files'
  readonly id: string
  /** Files that all entries have in common. Default none. */
  shared?(): readonly NamedFile[]
  render(source: ExportSource): AsyncIterable<IndexedFile>
}

/** A file to be written. */
export interface NamedFile {
  readonly name: string
  readonly content: string | Uint8Array
}

/** An entry as a line of the index, with its kernel's file. Entries of one kernel share it. */
export interface IndexedFile {
  /** Null where the kernel could not be turned into one; the line then says why. */
  readonly file: NamedFile | null
  /** One JSON object. */
  readonly line: string
}

/** How a store can be written down for others. */
export type ExportFormat = LinesFormat | BytesFormat | FilesFormat
