// What a model sees of a row.

import { combinedNames, countNames, type GreweRow } from '../../data-set.ts'

export const featureSets = ['combined', 'extended'] as const
/** `combined`: F1 to F4 as published; `extended`: those, the raw counts, transfer and work-group size. */
export type FeatureSet = (typeof featureSets)[number]

/** What can be asked about: a row without its label and times. */
export type Unlabelled = Pick<GreweRow, 'counts' | 'transferBytes' | 'wgsize' | 'features'>

/** In the order of the vector. */
export function featureNames(set: FeatureSet): readonly string[] {
  return set === 'combined' ? combinedNames : [...combinedNames, ...countNames, 'transfer', 'wgsize']
}

/** @returns `[feature]` */
export function featureVector(set: FeatureSet, row: Unlabelled): readonly number[] {
  if (set === 'combined') return row.features
  return [...row.features, ...countNames.map((name) => row.counts[name]), row.transferBytes, row.wgsize]
}
