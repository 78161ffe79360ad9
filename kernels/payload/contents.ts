// What buffers hold, as their use allows: any data, indices, offsets, parents in a forest, counters.

import type { Random } from '../random.ts'
import type { ContentBounds, Findings, Setting } from './analysis/findings.ts'
import type { MemoryObject } from './analysis/memory.ts'
import { parameterSource } from './analysis/values.ts'
import { elementName, integerRange } from './c-types.ts'
import type { Contents } from './fill.ts'
import type { Distribution } from './payload.ts'

const mixture = [
  'uniform',
  'uniform',
  'uniform',
  'normal',
  'normal',
  'sorted',
  'sparse',
  'permutation',
  'constant',
] as const

/** Ranges of data that nothing depends on but values. */
const realRanges = [
  [0, 1],
  [-1, 1],
  [-1, 1],
  [0.5, 10],
  [-100, 100],
] as const
const wholeRanges = [
  [0, 255],
  [0, 3],
  [-1, 2],
  [-100, 100],
  [0, 1000],
  [-10000, 10000],
] as const

/** What the buffers of one payload have in common, so that what is searched for is also found. */
export interface CommonData {
  readonly wanted: Distribution
  readonly wholeRange: readonly [number, number]
  readonly realRange: readonly [number, number]
  /** See `Contents`. */
  readonly share: number
  /** Scalars that the kernel is called with. */
  readonly scalars: readonly number[]
}

export function chooseCommonData(wanted: Distribution, { scalars }: Setting, random: Random): CommonData {
  return {
    wanted,
    wholeRange: random.pick(wholeRanges),
    realRange: random.pick(realRanges),
    share: random.next(),
    scalars: scalars.flatMap((value) => value ?? []),
  }
}

/**
 * @param bounds - under which the kernel was found to stay in bounds
 * @param elements - of the buffer
 */
export function chooseContents(
  object: MemoryObject,
  bounds: ContentBounds,
  elements: number,
  findings: Findings,
  data: CommonData,
  random: Random,
): Contents {
  const { wanted, share } = data
  const distribution = wanted === 'mixed' ? random.pick(mixture) : wanted
  const own = parameterSource(object.parameter ?? 0)
  if (object.isCounter) return { distribution: 'constant', least: 0, greatest: 0, low: 0, high: 0, share }
  const steers = ((findings.indexSources | findings.boundSources) & own) !== 0
  const isDivisor = (findings.divisorSources & own) !== 0
  const free = freeContents(data, isDivisor)
  const chosen = steers ? steeringContents(object, bounds, elements, findings, isDivisor) : free
  const contents = { share, ...chosen, distribution: chosen.distribution ?? distribution }
  if (contents.distribution === 'sparse' && isDivisor && !steers) return { ...contents, distribution: 'uniform' }
  if (contents.distribution !== 'compared') return contents
  const values = comparedWith(object, findings, data, random).filter(
    (value) => (value !== 0 || !isDivisor) && (!steers || isWithin(contents, object, value)),
  )
  return values.length > 0 ? { ...contents, values } : { ...contents, distribution: 'uniform' }
}

type Bounded = ContentBounds & { readonly distribution?: Contents['distribution'] }

/** Of data that nothing depends on but values. */
function freeContents(
  { wholeRange: [least, greatest], realRange: [low, high] }: CommonData,
  isDivisor: boolean,
): Bounded {
  return isDivisor ? { least: 1, greatest, low: 0.5, high } : { least, greatest, low, high }
}

/** Of data that places of accesses or ends of loops depend on. */
function steeringContents(
  object: MemoryObject,
  bounds: ContentBounds,
  elements: number,
  findings: Findings,
  isDivisor: boolean,
): Bounded {
  const own = parameterSource(object.parameter ?? 0)
  const steering = { ...bounds, least: Math.max(bounds.least, isDivisor ? 1 : bounds.least) }
  const isWhole = integerRange(elementName(object.element) ?? 'float') !== undefined
  if (!isWhole) return steering
  if ((object.sources & own) !== 0) {
    return { ...steering, distribution: findings.selfNaming.has(object.parameter ?? 0) ? 'forests' : 'forest' }
  }
  if (holdsOffsets(object)) {
    return { ...steering, greatest: Math.min(bounds.greatest, rowLength * elements), distribution: 'sorted' }
  }
  if (!isScattered(findings, own)) return steering
  const most = Math.min(bounds.greatest, Math.max(elements - 1, 0))
  return { ...steering, greatest: most, distribution: 'permutation' }
}

/** Steering fields of structs are of all types, and so bounded as whole and as real numbers. */
function isWithin({ least, greatest, low, high }: ContentBounds, { element }: MemoryObject, value: number): boolean {
  const name = elementName(element)
  const isWhole = value >= least && value <= greatest
  if (name !== undefined && integerRange(name) !== undefined) return isWhole
  return value >= low && value <= high && (name !== undefined || isWhole)
}

/** Entries of each row that offsets leave room for, on average. */
export const rowLength = 4

/**
 * Some of the values that the data of a buffer is compared with, or that other data is where there are none, of the
 * scalars, and of a few others. Seldom many of them: all items of a run may have to be of a few for anything to happen.
 */
function comparedWith(
  { parameter = 0 }: MemoryObject,
  { compared }: Findings,
  { wholeRange: [least, greatest], scalars }: CommonData,
  random: Random,
): readonly number[] {
  const all = [...compared.values()].flatMap((values) => [...values])
  const own = [...(compared.get(parameter) ?? all)]
  const others = [...scalars, 0, 1, -1, least + random.below(greatest - least + 1)]
  const pool = [...new Set(random.below(2) === 0 && own.length > 0 ? own : [...own, ...others])]
  const count = 1 + random.below(pool.length)
  while (pool.length > count) pool.splice(random.below(pool.length), 1)
  return pool
}

/** What images hold: colours from 0 to 1, unless something else is asked for. Some kernels mean them to reach 255. */
export function chooseTexels({ wanted, share }: CommonData, random: Random): Contents {
  const bounds = { least: 0, greatest: 255, low: 0, high: 1, share }
  if (wanted === 'mixed') return { ...bounds, distribution: 'uniform' }
  const values = [0, 1, 255, random.below(256)]
  return { ...bounds, high: random.pick([1, 256]), distribution: wanted, values }
}

/** `offsets[i]` and `offsets[i + 1]`. */
export function holdsOffsets({ indices }: MemoryObject): boolean {
  return [...indices].some((text) => indices.has(`${text}+1`) || indices.has(`1+${text}`) || indices.has(`${text}+1u`))
}

/** Written to where the buffer says: every place only once, or else there are races. */
function isScattered({ objects }: Findings, own: number): boolean {
  return objects.some(({ writeSources }) => (writeSources & own) !== 0)
}
