// An expression becomes a copy of another one that fits its place.

import { copy, drawValue, type EditKind, enclosed, fits, isInteger, isReachable, isWholeThere } from './edit.ts'

const longest = 40

export const graft: EditKind = {
  id: 'graft',
  propose(kernel, rng) {
    const place = drawValue(kernel, rng, () => true)
    if (place === undefined) return undefined
    const isWhole = isWholeThere(place.node)
    const source = drawValue(
      kernel,
      rng,
      (value) =>
        value.end - value.start <= longest &&
        value.node.type !== place.node.type &&
        fits(place.type, value.type) &&
        (!isWhole || isInteger(value.type)) &&
        isReachable(kernel, value, place.start),
    )
    if (source === undefined) return undefined
    const tokens = copy(kernel, source)
    const isLoose = /^(?:binary|conditional)_expression$/.test(source.node.type)
    return { start: place.start, end: place.end, tokens: isLoose ? enclosed(place, tokens) : tokens }
  },
}
