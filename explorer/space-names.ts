// What the numbers of a vector are called, also where its space is none of ours.

import { type FeatureSpace, featureSpaces, joinSpaces } from '../features/index.ts'

/**
 * Names of the features of a space as stores know it, by id: one of ours, several joined by `+`, else numbered.
 * @param length - of its vectors
 */
export function spaceNames(id: string, length: number): readonly string[] {
  const parts = id.split('+').map((part) => featureSpaces.find((space) => space.id === part))
  const known = parts.filter((part): part is NonNullable<typeof part> => part !== undefined)
  const isKnown = known.length === parts.length && new Set(known).size === known.length
  const names = isKnown ? joinSpaces(known as readonly FeatureSpace[]).names : []
  return names.length === length ? names : Array.from({ length }, (_, i) => `feature ${i + 1}`)
}
