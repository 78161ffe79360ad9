// The store that --corpus names, which two groups read.

import { statSync } from 'node:fs'
import type { GroupSettings } from './group.ts'

/** Why it cannot be read; undefined where it can, or is not named. */
export async function findStoreObstacle({ corpus }: GroupSettings): Promise<string | undefined> {
  if (corpus === undefined || statSync(corpus, { throwIfNoEntry: false })?.isFile() === true) return undefined
  return `--corpus: expected the file of a mined store, found none at '${corpus}'`
}
