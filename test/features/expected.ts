// Vectors that the reference tools computed for our kernels. `expected.json` states tools, versions and flags; the
// fixtures' .ll files are the IR that clang 14 printed for them on BenchPress's route.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { grewe } from '../../features/index.ts'
import { parseUnit } from '../../kernels/index.ts'

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

type Row = readonly [string, ...number[]]

/**
 * Our Grewe features as rows like `expected.grewe`. The tool prints ratios to 3 digits: where ours would print so,
 * the row has the printed number.
 */
export function greweRows(source: string, reference: readonly Row[] = []): readonly Row[] {
  return grewe.extractUnit(parseUnit(source)).map(({ kernel, values }, row): Row => {
    const printed = reference[row] ?? []
    const isPrinted = (value: number, i: number): boolean =>
      grewe.ratios[i] && Math.abs(value - Number(printed[i + 1])) <= 0.00501 * Math.abs(value)
    return [kernel, ...Array.from(values, (value, i) => (isPrinted(value, i) ? Number(printed[i + 1]) : value))]
  })
}
