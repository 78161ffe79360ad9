// Labelled kernels as `learn` is given them.

import { readFileSync } from 'node:fs'
import { type DataSet, type Fold, foldsBySuite, foldWithTest, readGreweCsv } from '../../active-learning/index.ts'
import type { CliIo } from '../io.ts'
import type { LearnRunOptions } from './options.ts'

/** Rows to learn from and to be scored on. */
export function readFolds({ base: path, test, holdOut }: LearnRunOptions, io: CliIo): Fold[] {
  const base = readRows('--base', path, io)
  return test === undefined ? foldsBySuite(base, holdOut) : [foldWithTest(base, readRows('--test', test, io))]
}

/** Read and check a file; nothing that is odd about it passes in silence. */
export function readRows(option: string, file: string, io: CliIo): DataSet {
  const data = readGreweCsv(readFile(option, file), file)
  const errors = data.findings.filter(({ severity }) => severity === 'error').length
  const warnings = data.findings.filter(({ severity }) => severity === 'warning').length
  if (errors + warnings > 0) {
    io.err(
      `${file}: ${data.rows.length} rows read, ${errors} left out, ${warnings} warnings; \`grewe import\` lists them`,
    )
  }
  return data
}

function readFile(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new RangeError(`${option}: cannot read ${path} (${reason}); expected a CSV file in a Grewe layout`, { cause })
  }
}
