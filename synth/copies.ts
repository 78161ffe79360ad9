// Is a kernel a copy of what the model was trained on? Training kernels leave fingerprints, chosen by winnowing
// (Schleimer, Wilkerson and Aiken 2003, https://doi.org/10.1145/872757.872770), in `copies.bin`, which ships with the model.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packHashes, unpackHashes } from '../corpora/index.ts'

/** A run of so many tokens that also stands in a training kernel is always found; none shorter than `gram` ever is. */
export const copyLength = 60
/** Tokens that one fingerprint covers. */
const gram = 53
/** Of so many grams in a row at least one is a fingerprint. */
const window = copyLength - gram + 1

/** Their name beside a model and its training data. */
export const copiesFile = 'copies.bin'

/** Fingerprints of training kernels, 48 bits each. */
export class Copies {
  readonly #fingerprints: ReadonlySet<number>

  constructor(fingerprints: ReadonlySet<number>) {
    this.#fingerprints = fingerprints
  }

  /** @returns undefined where the folder of the model has none */
  static load(folder: string): Copies | undefined {
    const path = join(folder, copiesFile)
    return existsSync(path) ? new Copies(unpackHashes(readFileSync(path))) : undefined
  }

  /** Those that no run of the given texts has: what is shared with them does not count. @param texts - tokens of each */
  without(texts: Iterable<readonly string[]>): Copies {
    const left = new Set(this.#fingerprints)
    for (const tokens of texts) for (const hash of [hashOf(tokens), ...hashGrams(tokens, gram)]) left.delete(hash)
    return new Copies(left)
  }

  /** Does a training kernel equal these tokens of a normal form, or share `copyLength` in a row with them? */
  includes(tokens: readonly string[]): boolean {
    return (
      this.#fingerprints.has(hashOf(tokens)) || hashGrams(tokens, gram).some((hash) => this.#fingerprints.has(hash))
    )
  }
}

/** What is kept of training kernels. */
export class CopiesBuilder {
  readonly #fingerprints = new Set<number>()

  /** @param tokens - of a normal form */
  add(tokens: readonly string[]): void {
    this.#fingerprints.add(hashOf(tokens))
    const hashes = hashGrams(tokens, gram)
    for (let start = 0; start + window <= hashes.length; start++) {
      this.#fingerprints.add(Math.min(...hashes.slice(start, start + window)))
    }
  }

  /** The content of `copies.bin`. */
  pack(): Buffer {
    return packHashes(this.#fingerprints)
  }
}

/** Of a whole text; never that of a gram within it, as its length is part of it. */
function hashOf(tokens: readonly string[]): number {
  const [hash = 0] = hashGrams([`${tokens.length}`, ...tokens], tokens.length + 1)
  return hash
}

/** A 48-bit hash of each run of `length` tokens, rolled along (Karp and Rabin 1987). */
function hashGrams(tokens: readonly string[], length: number): number[] {
  const bases = [0x01000193, 0x85ebca6b]
  const codes = tokens.map(hashToken)
  const [high, low] = bases.map((base) => roll(codes, length, base))
  return Array.from(high, (value, i) => (value >>> 0) * 65536 + ((low[i] ^ (low[i] >>> 16)) & 0xffff))
}

function roll(codes: readonly number[], length: number, base: number): Int32Array {
  const hashes = new Int32Array(Math.max(0, codes.length - length + 1))
  let leaving = 1
  for (let i = 0; i < length; i++) leaving = Math.imul(leaving, base)
  let hash = 0
  codes.forEach((code, i) => {
    hash = (Math.imul(hash, base) + code) | 0
    if (i >= length) hash = (hash - Math.imul(codes[i - length], leaving)) | 0
    if (i >= length - 1) hashes[i - length + 1] = hash
  })
  return hashes
}

function hashToken(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
}
