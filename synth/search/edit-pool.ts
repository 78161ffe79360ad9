// What edits did to any kernel of a search. Where another kernel has the same tokens around the same place, they most
// likely do there what they did.

import { moveEdit } from '../edits/index.ts'
import type { MeasuredEdit } from './measured-edit.ts'

/** Tokens on either side that must be the same. */
const reach = 5
/** Tokens replaced by an edit that is worth keeping: longer ones hardly fit anywhere else. */
const longest = 40
const mostKept = 4096

interface Kept {
  /** Token texts around and in the place, each with a space before and after. */
  readonly pattern: string
  /** Tokens of the pattern before the place. */
  readonly before: number
  readonly measured: MeasuredEdit
}

/** The last few thousand edits that were measured, by what stands around them. */
export class EditPool {
  #kept: Kept[] = []
  #dropped = 0

  /** Edits that were ever added. */
  get size(): number {
    return this.#dropped + this.#kept.length
  }

  /** @param tokens - of the kernel that it was measured on */
  add(tokens: readonly string[], measured: MeasuredEdit): void {
    const { start, end } = measured.edit
    if (end - start > longest) return
    const from = Math.max(0, start - reach)
    this.#kept.push({ pattern: joined(tokens.slice(from, end + reach)), before: start - from, measured })
    if (this.#kept.length <= mostKept) return
    this.#kept = this.#kept.slice(mostKept / 4)
    this.#dropped += mostKept / 4
  }

  /**
   * Edits that fit a kernel, moved to where they fit there first.
   * @param since - leave out those that were added before there were so many
   */
  fitting(tokens: readonly string[], since: number): MeasuredEdit[] {
    const text = joined(tokens)
    const places = new Map<number, number>()
    let at = 0
    tokens.forEach((token, i) => {
      places.set(at, i)
      at += token.length + 1
    })
    return this.#kept.slice(Math.max(0, since - this.#dropped)).flatMap(({ pattern, before, measured }) => {
      const place = places.get(text.indexOf(pattern))
      if (place === undefined) return []
      return [{ ...measured, edit: moveEdit(measured.edit, place + before) }]
    })
  }
}

function joined(tokens: readonly string[]): string {
  return ` ${tokens.join(' ')} `
}
