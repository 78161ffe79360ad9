// What buffers hold, as their use allows: any data, indices, offsets, parents in a forest, counters.

import type { Random } from '../random.ts'
import type { ContentBounds, Findings } from './analysis/findings.ts'
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
}

export function chooseCommonData(wanted: Distribution, random: Random): CommonData {
  return {
    wanted,
    wholeRange: random.pick(wholeRanges),
    realRange: random.pick(realRanges),
    share: random.next(),
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
  { wanted, wholeRange, realRange, share }: CommonData,
  random: Random,
): Contents {
  const own = parameterSource(object.parameter ?? 0)
  const distribution = wanted === 'mixed' ? random.pick(mixture) : wanted
  const [least, greatest] = wholeRange
  const [low, high] = realRange
  if (object.isCounter) return { distribution: 'constant', least: 0, greatest: 0, low: 0, high: 0, share }
  const steers = ((findings.indexSources | findings.boundSources) & own) !== 0
  const isDivisor = (findings.divisorSources & own) !== 0
  if (!steers) {
    const from = isDivisor ? { least: 1, low: 0.5 } : { least, low }
    return {
      distribution: isDivisor && distribution === 'sparse' ? 'uniform' : distribution,
      greatest,
      high,
      share,
      ...from,
    }
  }
  const steering = { ...bounds, share, least: Math.max(bounds.least, isDivisor ? 1 : bounds.least) }
  const isWhole = integerRange(elementName(object.element) ?? 'float') !== undefined
  if (!isWhole) return { ...steering, distribution }
  if ((object.sources & own) !== 0) return { ...steering, distribution: 'forest' }
  if (holdsOffsets(object)) return { ...steering, distribution: 'sorted' }
  if (isScattered(findings, own)) {
    const most = Math.min(bounds.greatest, Math.max(elements - 1, 0))
    return { ...steering, greatest: most, distribution: 'permutation' }
  }
  return { ...steering, distribution }
}

/** `offsets[i]` and `offsets[i + 1]`. */
export function holdsOffsets({ indices }: MemoryObject): boolean {
  return [...indices].some((text) => indices.has(`${text}+1`) || indices.has(`1+${text}`) || indices.has(`${text}+1u`))
}

/** Written to where the buffer says: every place only once, or else there are races. */
function isScattered({ objects }: Findings, own: number): boolean {
  return objects.some(({ writeSources }) => (writeSources & own) !== 0)
}
