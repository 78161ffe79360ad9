// Vectors that the reference tools computed for our kernels. `expected.json` states tools, versions and flags; the
// fixtures' .ll files are the IR that clang 14 printed for them on BenchPress's route.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Repository root. */
export const root: string = join(import.meta.dirname, '..', '..')

export interface Expected {
  /** Of the source; a file that has changed since has no reference any more. */
  readonly sha256: string
  /** Per function: its name, then 8 values, the ratios to 3 significant digits. */
  readonly grewe: readonly (readonly [string, ...number[]])[]
  readonly instcount: readonly number[]
  readonly autophase: readonly number[]
}

interface ExpectedFile {
  readonly provenance: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, Expected>>
}

/** Path from the repository root, and what the reference tools say of it. */
export const expected: readonly (readonly [string, Expected])[] = Object.entries(
  (JSON.parse(readFileSync(join(root, 'test/features/fixtures/expected.json'), 'utf8')) as ExpectedFile).files,
)

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** Whether a file still is the text that the reference tools read. */
export function isUnchanged(text: string, { sha256 }: Expected): boolean {
  return createHash('sha256').update(text).digest('hex').startsWith(sha256)
}

/** As the reference tool prints its ratios. */
export function roundRatio(value: number): number {
  return Number(value.toPrecision(3))
}
