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
  [0, 1],
  [-1, 1],
  [0.5, 10],
  [-100, 100],
] as const
const wholeRanges = [
  [0, 255],
  [0, 3],
  [-100, 100],
  [0, 1000],
  [-10000, 10000],
] as const

/** Whole data of one payload comes from one range, so that what is searched for is also found. */
export function chooseWholeRange(random: Random): readonly [number, number] {
  return random.pick(wholeRanges)
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
  wanted: Distribution,
  [least, greatest]: readonly [number, number],
  random: Random,
): Contents {
  const own = parameterSource(object.parameter ?? 0)
  const distribution = wanted === 'mixed' ? random.pick(mixture) : wanted
  const [low, high] = random.pick(realRanges)
  if (object.isCounter) return { distribution: 'constant', least: 0, greatest: 0, low: 0, high: 0 }
  const steers = ((findings.indexSources | findings.boundSources) & own) !== 0
  const isDivisor = (findings.divisorSources & own) !== 0
  if (!steers) {
    const from = isDivisor ? { least: 1, low: 0.5 } : { least, low }
    return { distribution: isDivisor && distribution === 'sparse' ? 'uniform' : distribution, greatest, high, ...from }
  }
  const steering = { ...bounds, least: Math.max(bounds.least, isDivisor ? 1 : bounds.least) }
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
