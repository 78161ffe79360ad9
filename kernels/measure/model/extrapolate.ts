// From two small launches, which an interpreter can run, to a large one: each count grows as a power of the size.

import { type ExecutedWork, noWork, workKinds } from './executed-work.ts'

/** Counts at one size. */
export interface CountedSize {
  /** Work-items. */
  readonly items: number
  readonly work: ExecutedWork
}

/** Loops over three dimensions of the data at most. */
const steepest = 3

/**
 * Each kind of work is taken to be `c · items^p`, with `p` from the two sizes, 0 to 3. Exact for work-items that all do
 * the same, and for loops over the data; wrong by the rest for sums of powers, by at most what the larger of the two
 * sizes does not show yet, and unfounded where the data decides how long a kernel runs.
 */
export function extrapolate(small: CountedSize, large: CountedSize, items: number): ExecutedWork {
  const entries = workKinds.map((kind) => {
    const [from, to] = [small.work[kind], large.work[kind]]
    if (to === 0) return [kind, 0] as const
    const power = from === 0 ? 1 : Math.log(to / from) / Math.log(large.items / small.items)
    return [kind, to * (items / large.items) ** Math.min(steepest, Math.max(0, power))] as const
  })
  return { ...noWork, ...Object.fromEntries(entries) }
}
