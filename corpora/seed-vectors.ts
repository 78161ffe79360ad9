// Normal forms and feature vectors of our seed kernels, shipped so that a search starts at once. Written by
// `benchsteer corpora seeds`; of use only with the seeds and the compiler that it was made with.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { findClang, irFlags, packagePath } from '../kernels/index.ts'
import type { SeedKernel } from './seed.ts'

/** One kernel of a seed file. */
export interface SeedVector {
  /** Of the file: `family/name`. */
  readonly name: string
  /** Normal form. */
  readonly text: string
  /** By space id: `[feature]`. */
  readonly features: Readonly<Record<string, readonly number[]>>
}

/** What vectors were made from. */
export interface SeedOrigin {
  /** Hash of names and sources, 16 hex digits. */
  readonly seeds: string
  /** Compiler and flags. */
  readonly toolchain: string
}

/** All seed kernels, measured. */
export interface SeedVectors extends SeedOrigin {
  /** By space id: `[feature]` of a kernel that does nothing. */
  readonly empty: Readonly<Record<string, readonly number[]>>
  readonly kernels: readonly SeedVector[]
}

export const seedVectorsPath: string = packagePath('corpora', 'seed-vectors.json.gz')

export function originOf(seeds: readonly SeedKernel[]): SeedOrigin {
  const digest = createHash('sha256')
  for (const { name, source } of seeds) digest.update(`${name}\n${source}\n`)
  const toolchain = `clang ${findClang().version} ${irFlags.join(' ')}`
  return { seeds: digest.digest('hex').slice(0, 16), toolchain }
}

/** The shipped vectors. Of use where `originOf` gives their origin. */
export function loadSeedVectors(): SeedVectors {
  return JSON.parse(gunzipSync(readFileSync(seedVectorsPath)).toString('utf8')) as SeedVectors
}

/** The file that `loadSeedVectors` reads. */
export function packSeedVectors(vectors: SeedVectors): Buffer {
  return gzipSync(JSON.stringify(vectors), { level: 9 })
}
