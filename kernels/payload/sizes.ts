// Ranges: how many dimensions a kernel asks for, and work-items to start from.

import { extractKernel } from '../extract.ts'
import type { ParsedUnit } from '../parse.ts'
import type { PayloadOptions, PayloadRejection } from './payload.ts'
import type { Signature } from './signature.ts'

/** Three numbers each; dimensions beyond `dimensions` have size 1. */
export interface Sizes {
  readonly dimensions: number
  readonly globalSize: readonly number[]
  readonly localSize: readonly number[]
  /** May the planner still choose other local sizes? */
  readonly isLocalFree: boolean
  readonly isGlobalFree: boolean
}

/** Groups that share arrays are tried as large as this first; arrays that are too small for them cut them down. */
const groupsOfArrays = [[256], [16, 16], [8, 8, 4]]
const groupsOfItems = [[64], [8, 8], [4, 4, 4]]
const plainGroups = [[32], [8, 8], [4, 4, 2]]
const groupCounts = [[2], [2, 2], [2, 2, 2]]

/** @throws {RangeError} for sizes that are no positive integers, or that do not fit each other */
export function chooseSizes(unit: ParsedUnit, signature: Signature, options: PayloadOptions): Sizes | PayloadRejection {
  const text = extractKernel(unit, signature.name) ?? unit.source
  const { localSize, requiredLocalSize = undefined } = { ...options, ...signature }
  checkSizes('globalSize', options.globalSize)
  checkSizes('localSize', localSize)
  checkSizes('groupItems', options.groupItems === undefined ? undefined : [options.groupItems])
  const asked = Math.max(countDimensions(text), lengthOf(requiredLocalSize))
  const dimensions = Math.max(asked, options.globalSize?.length ?? 1, localSize?.length ?? 1)
  const required = requiredLocalSize && padded(requiredLocalSize)
  if (required !== undefined && localSize !== undefined && String(padded(localSize)) !== String(required)) {
    return reject(`local size: the kernel requires ${required.slice(0, dimensions)}, asked for ${localSize}`)
  }
  const given = required ?? (localSize && padded(localSize))
  const local = given ?? startingGroup(text, dimensions, options.groupItems)
  if (options.globalSize === undefined) {
    const groups = knowsGroups(text) ? padded(groupCounts[dimensions - 1]) : padded([])
    const localSize = given ?? halved(local, (options.mostItems ?? Number.POSITIVE_INFINITY) / product(groups))
    const globalSize = localSize.map((size, d) => size * groups[d])
    return { dimensions, globalSize, localSize, isLocalFree: given === undefined, isGlobalFree: true }
  }
  const globalSize = spread(options.globalSize, dimensions, local)
  if (given === undefined) {
    const fitting = local.map((size, d) => greatestDivisor(globalSize[d], size))
    return { dimensions, globalSize, localSize: fitting, isLocalFree: true, isGlobalFree: false }
  }
  if (globalSize.some((size, d) => size % given[d] !== 0)) {
    return reject(
      `global size ${globalSize.slice(0, dimensions)} is no multiple of local size ${given.slice(0, dimensions)}`,
    )
  }
  return { dimensions, globalSize, localSize: given, isLocalFree: false, isGlobalFree: false }
}

function startingGroup(text: string, dimensions: number, items: number | undefined): readonly number[] {
  if (items === undefined) return padded(firstGroups(text)[dimensions - 1])
  return spread([items], dimensions, padded([]))
}

function firstGroups(text: string): readonly (readonly number[])[] {
  if (!/\b(?:barrier|work_group_barrier|get_local_id|get_local_linear_id|get_local_size)\b/.test(text))
    return plainGroups
  return /\blocal\b[^;(){}*]*\[|\b__local\b[^;(){}*]*\[/.test(text) ? groupsOfArrays : groupsOfItems
}

/** Along its longest side, until there are no more than `most`. */
function halved(sizes: readonly number[], most: number): readonly number[] {
  const longest = sizes.indexOf(Math.max(...sizes))
  if (product(sizes) <= most || sizes[longest] === 1) return sizes
  return halved(sizes.with(longest, Math.floor(sizes[longest] / 2)), most)
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => a * b, 1)
}

/** A kernel that asks only where an item is within its group would do the same again in every further group. */
function knowsGroups(text: string): boolean {
  return /\bget_(?:global_id|global_linear_id|group_id)\b/.test(text) || !/\bget_local_(?:linear_)?id\b/.test(text)
}

function checkSizes(name: string, sizes: readonly number[] | undefined): void {
  if (sizes === undefined) return
  const isFit = sizes.length >= 1 && sizes.length <= 3
  if (isFit && sizes.every((size) => Number.isInteger(size) && size >= 1 && size <= 2 ** 31)) return
  throw new RangeError(
    `${name}: expected one to three integers from 1 to 2147483648, received ${JSON.stringify(sizes)}`,
  )
}

function lengthOf(sizes: readonly number[] | undefined): number {
  if (sizes === undefined) return 1
  return Math.max(1, ...sizes.map((size, d) => (size > 1 ? d + 1 : 1)))
}

/** The highest dimension of which anything is asked by number, plus one. */
function countDimensions(text: string): number {
  const calls = text.matchAll(
    /\bget_(?:global_id|local_id|group_id|global_size|local_size|num_groups)\s*\(\s*([012])[uU]?\s*\)/g,
  )
  return Math.max(1, ...Array.from(calls, (call) => Number(call[1]) + 1))
}

function padded(sizes: readonly number[]): number[] {
  return [0, 1, 2].map((d) => sizes[d] ?? 1)
}

/** A single number is split over the dimensions, as evenly as groups allow. */
function spread(sizes: readonly number[], dimensions: number, local: readonly number[]): number[] {
  if (sizes.length > 1 || dimensions === 1) return padded(sizes)
  const split = padded([])
  let rest = sizes[0]
  for (let d = dimensions - 1; d > 0; d--) {
    const even = Math.max(1, Math.round(rest ** (1 / (d + 1))))
    split[d] = nearestDivisor(rest, even, local[d], product(local.slice(0, d)))
    rest /= split[d]
  }
  split[0] = rest
  return split
}

/**
 * The divisor of `value` that is nearest to `wanted`; first come multiples of `step` that leave a multiple of `left` for
 * the other dimensions, then any multiples of `step`.
 */
function nearestDivisor(value: number, wanted: number, step: number, left: number): number {
  for (const [unit, others] of [
    [step, left],
    [step, 1],
    [1, 1],
  ]) {
    for (let off = 0; off < wanted; off++) {
      const found = [wanted - off, wanted + off].find((size) => size % unit === 0 && value % (size * others) === 0)
      if (found !== undefined) return found
    }
  }
  return 1
}

export function greatestDivisor(value: number, most: number): number {
  for (let size = Math.min(value, most); size > 1; size--) if (value % size === 0) return size
  return 1
}

function reject(log: string): PayloadRejection {
  return { ok: false, stage: 'arguments', log }
}
