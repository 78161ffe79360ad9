// Distinct feature vectors of a mined corpus, shipped without its code: the baseline "take the nearest human kernel"
// that a search has to beat. Written by `benchsteer corpora vectors`.

import { readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { packagePath } from '../kernels/index.ts'

/** Feature vectors of a mined corpus, with where they come from. */
export interface MinedVectors {
  /** Kernels and repositories that the vectors come from; held-out suites are not among them. */
  readonly kernels: number
  readonly repositories: number
  readonly toolchain: string
  /** By space: distinct vectors, `[vector][feature]`. */
  readonly spaces: Readonly<Record<string, readonly (readonly number[])[]>>
}

const path: string = packagePath('corpora', 'mined-vectors.json.gz')

/** The shipped vectors. */
export function loadMinedVectors(): MinedVectors {
  return JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as MinedVectors
}

/** The file that `loadMinedVectors` reads. */
export function packMinedVectors(vectors: MinedVectors): Buffer {
  return gzipSync(JSON.stringify(vectors), { level: 9 })
}

/** Vectors without repetition, in order of first occurrence. */
export function distinctVectors(vectors: Iterable<Float64Array>): number[][] {
  const distinct = new Map<string, number[]>()
  for (const vector of vectors) distinct.set(vector.join(), [...vector])
  return [...distinct.values()]
}
