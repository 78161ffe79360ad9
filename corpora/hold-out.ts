// Keeps the evaluation suites out of training: by repository name and path, by normal form, and by 30-token
// shingles of function bodies in which user-chosen names are numbered by first occurrence, so that renaming and
// moving code does not hide it. The suites' shingles ship as hashes (`held-out.bin`, 6 bytes each).

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../kernels/index.ts'

/** Tokens in a shingle. */
export const shingleLength = 30

const suitePath =
  /rodinia|parboil|(?:^|[^a-z])shoc(?:[^a-z]|$)|poly-?bench|(?:^|[^a-z])npb(?:[^a-z]|$)|snu_?npb|amd-?_?app|appsdk|amdsdk|nvidia-opencl|nvidia.?gpu.?computing|nvidia_?sdk|gpu-computing-sdk|oclsdk/i

/** @returns the reason why everything under this repository and path is held out, or undefined */
export function heldOutByName(repository: string, path: string): string | undefined {
  const match = suitePath.exec(`${repository}/${path}`)
  return match === null ? undefined : `name: ${match[0]}`
}

const slot = /^[fpvtmg]\d+$/

/**
 * Hashes of all shingles inside function bodies, each a 48-bit integer.
 * @param tokens - a normal form
 */
export function shingleHashes(tokens: readonly string[]): number[] {
  const hashes: number[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i] === '{' && depth++ === 0) start = i
    if (tokens[i] === '}' && depth > 0 && --depth === 0) addShingles(tokens, start, i + 1, hashes)
  }
  return hashes
}

function addShingles(tokens: readonly string[], start: number, end: number, hashes: number[]): void {
  for (let i = start; i + shingleLength <= end; i++) hashes.push(hashShingle(tokens, i))
}

function hashShingle(tokens: readonly string[], start: number): number {
  const seen = new Map<string, number>()
  let high = 0x811c9dc5
  let low = 0x9e3779b9
  for (let i = start; i < start + shingleLength; i++) {
    let text = tokens[i]
    if (slot.test(text)) {
      const known = seen.get(text) ?? seen.size
      seen.set(text, known)
      text = `#${known}`
    }
    for (let k = 0; k <= text.length; k++) {
      const code = k < text.length ? text.charCodeAt(k) : 32
      high = Math.imul(high ^ code, 0x01000193)
      low = Math.imul(low ^ code, 0x85ebca6b) ^ (low >>> 13)
    }
  }
  return (high >>> 0) * 65536 + ((low >>> 8) & 0xffff)
}

const bytesPerHash = 6

/** Pack hashes for `held-out.bin`: sorted, unique, 6 bytes each, little endian. */
export function packHashes(hashes: Iterable<number>): Buffer {
  const sorted = [...new Set(hashes)].sort((a, b) => a - b)
  const buffer = Buffer.alloc(sorted.length * bytesPerHash)
  sorted.forEach((hash, i) => {
    buffer.writeUIntLE(hash, i * bytesPerHash, bytesPerHash)
  })
  return buffer
}

/** Read what `packHashes` wrote. */
export function unpackHashes(buffer: Buffer): Set<number> {
  const hashes = new Set<number>()
  for (let i = 0; i + bytesPerHash <= buffer.length; i += bytesPerHash) hashes.add(buffer.readUIntLE(i, bytesPerHash))
  return hashes
}

/** The shipped shingles of the held-out suites. */
export function loadHeldOutShingles(): ReadonlySet<number> {
  return unpackHashes(readFileSync(join(packageRoot, 'corpora', 'held-out.bin')))
}

/** @returns the reason why a kernel is held out by its content, or undefined */
export function heldOutByContent(tokens: readonly string[], suites: ReadonlySet<number>): string | undefined {
  const matches = shingleHashes(tokens).filter((hash) => suites.has(hash)).length
  return matches === 0 ? undefined : `content: ${matches} shingles`
}
