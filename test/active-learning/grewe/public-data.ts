// Where a user's copy of the public data lies. It is not ours to ship: tests that need it say so and skip.

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DataSet } from '../../../active-learning/data-set.ts'
import { type ReadDataSet, readGreweCsv } from '../../../active-learning/grewe/data/read-csv.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const folder = process.env.BENCHSTEER_DATA ?? join(root, '..', 'shared', 'data')

export const publicFiles: Readonly<Record<'benchmarks' | 'clgen', string>> = {
  benchmarks: join(folder, 'nvidia-benchmarks.csv'),
  clgen: join(folder, 'nvidia-clgen.csv'),
}

export const hasPublicData: boolean = Object.values(publicFiles).every((path) => existsSync(path))

/** For the title of tests that cannot run without. */
export const whereMissing: string = hasPublicData
  ? ''
  : ` (SKIPPED: ${folder} lacks the public data; BENCHSTEER_DATA names another folder)`

export function readPublicData(which: keyof typeof publicFiles): ReadDataSet & DataSet {
  return readGreweCsv(readFileSync(publicFiles[which], 'utf8'), `nvidia-${which}`)
}
