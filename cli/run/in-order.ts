// Work on many things at once, with results in order.

/**
 * @param window - how many may be under way
 * @returns each item with its result, in the order of the items
 * @throws what `map` rejects with
 */
export async function* mapInOrder<T, R>(
  items: AsyncIterable<T>,
  window: number,
  map: (item: T) => Promise<R>,
): AsyncGenerator<readonly [T, R]> {
  const open: Promise<readonly [T, R]>[] = []
  for await (const item of items) {
    const result = map(item).then((value) => [item, value] as const)
    result.catch(() => {}) // whoever awaits it sees the error
    open.push(result)
    const first = open.length < window ? undefined : open.shift()
    if (first !== undefined) yield await first
  }
  for (const result of open) yield await result
}
