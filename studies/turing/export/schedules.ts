// Orders in which items are judged: Williams's design (1949), a Latin square in which every item comes at every place once
// and follows every other item once, so that neither place nor predecessor favours one. Attention checks come in between.

import type { Random } from '../../../synth/index.ts'

/**
 * Orders of `count` things, numbered from 0.
 * @param count - even; an odd number would take twice as many orders
 * @returns `[order][place]`, as many orders as things
 * @throws {RangeError}
 */
export function williamsDesign(count: number): number[][] {
  if (count < 2 || count % 2 !== 0) throw new RangeError(`count: expected an even number of things, received ${count}`)
  // 0, 1, n − 1, 2, n − 2, …: the steps between neighbours are all different.
  const first = Array.from({ length: count }, (_, i) => (i % 2 === 1 ? (i + 1) / 2 : (count - i / 2) % count))
  return first.map((_, row) => first.map((thing) => (thing + row) % count))
}

/**
 * Put attention checks between the items: one in each equal part of the order, at a random place of its middle half.
 * @returns a new order
 */
export function insertChecks<T>(order: readonly T[], checks: readonly T[], random: Random): T[] {
  const part = order.length / checks.length
  const places = checks.map((_, i) => Math.round(part * (i + 0.25 + random.next() / 2)))
  const shuffled = random.next() < 0.5 ? checks : checks.toReversed()
  return order
    .flatMap((item, i) => [...shuffled.filter((_, k) => places[k] === i), item])
    .concat(shuffled.filter((_, k) => places[k] >= order.length))
}
