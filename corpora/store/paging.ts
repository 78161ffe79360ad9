// Long listings, a page at a time: between pages no statement is open, so writers and checkpoints go on.

import type { Row } from './database.ts'

const pageRows = 500

/**
 * @param fetchPage - rows after `lastId` in the order of `id`, at most `limit` of them
 * @param limit - rows in all
 */
export function* paginate(
  fetchPage: (lastId: number, limit: number) => readonly Row[],
  limit: number = Number.POSITIVE_INFINITY,
): IterableIterator<Row> {
  let lastId = 0
  for (let left = limit; left > 0; ) {
    const wanted = Math.min(pageRows, left)
    const page = fetchPage(lastId, wanted)
    yield* page
    if (page.length < wanted) return
    left -= page.length
    lastId = page[page.length - 1].id as number
  }
}

/** A `WHERE` clause from the conditions that apply; those whose value is undefined are left out. */
export function whereAll(conditions: readonly (readonly [sql: string, applies: boolean])[]): string {
  const parts = conditions.filter(([, applies]) => applies).map(([sql]) => sql)
  return parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`
}
