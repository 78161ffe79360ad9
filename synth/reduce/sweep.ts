// One pass over the reductions of a text, largest first: delta debugging (Zeller & Hildebrandt, TSE 2002) over all
// levels of the syntax tree at once, in batches. Runs of siblings of half, a quarter and so on of a list are reductions
// like any other, so that the chunks of ddmin are tried before what they hold.

import { overlap, type Reduction, savedBy } from './reduction.ts'

/** Yields sets of reductions; is sent, for each, whether the text under it is still interesting. */
export type Sweep = Generator<readonly (readonly Reduction[])[], readonly Reduction[], readonly boolean[]>

/**
 * Find reductions that can be made together. What fails alone, on top of what was taken before, is not tried again.
 * @param batch - sets per yield, at most
 * @returns those taken; the text under all of them was found interesting, unless there are none
 */
export function* sweep(reductions: readonly Reduction[], batch: number): Sweep {
  const open = [...reductions].sort((a, b) => savedBy(b) - savedBy(a))
  let taken: readonly Reduction[] = []
  for (let next = 0; next < open.length; ) {
    const tried: Reduction[] = []
    for (; next < open.length && tried.length < batch; next++) {
      if (!taken.some((one) => overlap(one, open[next]))) tried.push(open[next])
    }
    const answers = yield tried.map((one) => [...taken, one])
    const passing = withoutOverlap(tried.filter((_, i) => answers[i]))
    taken = [...taken, ...(yield* combine(taken, passing, true))]
  }
  return taken
}

/** Of reductions that overlap, the first stays. */
function withoutOverlap(reductions: readonly Reduction[]): Reduction[] {
  const kept: Reduction[] = []
  for (const one of reductions) if (!kept.some((other) => overlap(one, other))) kept.push(one)
  return kept
}

/**
 * As many as go together on top of others: all, else of each half as many as do.
 * @param doAlone - each alone is known to do
 */
function* combine(base: readonly Reduction[], parts: readonly Reduction[], doAlone: boolean): Sweep {
  if (parts.length === 0 || (parts.length === 1 && doAlone)) return parts
  const [doTogether] = yield [[...base, ...parts]]
  if (doTogether) return parts
  if (parts.length === 1) return []
  const middle = parts.length >> 1
  const first = yield* combine(base, parts.slice(0, middle), doAlone)
  const second = yield* combine([...base, ...first], parts.slice(middle), doAlone && first.length === 0)
  return [...first, ...second]
}
