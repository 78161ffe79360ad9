// Long measurements that are divided among machines.

/** The `index`-th of `count` parts, from 1. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/** Parses `i/n`. @throws {RangeError} */
export function shard(text: string): Shard {
  const match = /^(\d+)\/(\d+)$/.exec(text)
  const [index, count] = match === null ? [0, 0] : [Number(match[1]), Number(match[2])]
  if (index >= 1 && index <= count) return { index, count }
  throw new RangeError(`expected i/n with i from 1 to n, received '${text}'`)
}

/** Every `count`-th item, from the `index`-th; all where nothing is divided. */
export function partOf<T>(items: readonly T[], part: Shard | undefined): readonly T[] {
  if (part === undefined) return items
  const { index, count } = part
  return items.filter((_, i) => i % count === index - 1)
}
