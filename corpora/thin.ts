// A fair selection from many: for pictures and traces that must stay small.

/**
 * At most `most` items, evenly spaced over the list, the first and the last among them.
 * @param most - at least 2
 */
export function thin<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items
  return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))])
}
