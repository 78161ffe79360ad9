// Points that a committee is asked about: drawn where the data lies, and only such as some kernel can be at. Half are
// rows whose quantities were each stretched a little, a third lie between two rows, the rest anywhere between the 5th
// and the 95th percentile of each quantity, so that gaps are seen too. All in logarithms: quantities grow by factors.

import { checkFeasibility, type Random } from '../../synth/index.ts'
import type { GreweRow } from '../data-set.ts'
import { type LearnPoint, targetOfPoint } from './point.ts'

export interface CandidateLimits {
  /** Most of any count. Default 200: what a search of a minute reaches. */
  readonly mostCount?: number
  /** Bytes moved at most. Default 64 MiB, 4096 up. */
  readonly mostTransferBytes?: number
  /** Largest work-group. Default 256, 1 up. */
  readonly mostWgsize?: number
}

/** The quantities of a point in one vector; `rational` is not among them. */
const quantities = ['comp', 'mem', 'localmem', 'coalesced', 'transferBytes', 'wgsize'] as const
type Quantity = (typeof quantities)[number]
type Quantities = Readonly<Record<Quantity, number>>
type Ranges = Readonly<Record<Quantity, readonly [low: number, high: number]>>

/** Standard deviation of a stretch, in natural logarithms: mostly within a factor of two. */
const stretch = 0.35
const leastTransferBytes = 4096
/** Draws for one point before the data is said to hold none. */
const mostDraws = 1000

/** Draws feasible points around some rows. */
export class CandidateSampler {
  readonly #rows: readonly Quantities[]
  readonly #ranges: Ranges
  readonly limits: Required<CandidateLimits>
  /** By counts: the integer program is asked once. */
  readonly #feasible = new Map<string, boolean>()

  /**
   * @param rows - one at least
   * @throws {RangeError} for no rows or limits out of range
   */
  constructor(rows: readonly GreweRow[], limits: CandidateLimits = {}) {
    if (rows.length === 0) throw new RangeError('rows: expected at least one to draw candidates around, received none')
    const { mostCount = 200, mostTransferBytes = 64 * 2 ** 20, mostWgsize = 256 } = limits
    requireAtLeast('mostCount', mostCount, 1)
    requireAtLeast('mostTransferBytes', mostTransferBytes, leastTransferBytes)
    requireAtLeast('mostWgsize', mostWgsize, 1)
    this.limits = { mostCount, mostTransferBytes, mostWgsize }
    this.#rows = rows.map(({ counts, transferBytes, wgsize }) => ({ ...counts, transferBytes, wgsize }))
    const ranges = quantities.map((name) => [name, rangeOf(this.#rows.map((row) => row[name]))] as const)
    this.#ranges = Object.fromEntries(ranges) as Ranges
  }

  /** @throws {RangeError} where next to nothing that is drawn is feasible */
  draw(rng: Random): LearnPoint {
    for (let i = 0; i < mostDraws; i++) {
      const point = this.#pointOf(this.#propose(rng))
      if (point !== undefined && this.#isFeasible(point)) return point
    }
    throw new RangeError(`rows: no feasible point within the limits was found around them in ${mostDraws} draws`)
  }

  /** Different points; fewer than asked for where the data has no more. */
  drawMany(count: number, rng: Random): LearnPoint[] {
    const points = new Map<string, LearnPoint>()
    for (let i = 0; i < 4 * count && points.size < count; i++) {
      const point = this.draw(rng)
      points.set(JSON.stringify(point), point)
    }
    return [...points.values()]
  }

  #propose(rng: Random): Quantities {
    const way = rng.next()
    const row = rng.pick(this.#rows)
    if (way < 0.5) return mapQuantities((name) => row[name] * Math.exp(stretch * normal(rng)))
    if (way < 0.8) {
      const other = rng.pick(this.#rows)
      const share = rng.next()
      return mapQuantities((name) => between(row[name], other[name], share))
    }
    return mapQuantities((name) => between(...this.#ranges[name], rng.next()))
  }

  /** @returns undefined for what no kernel is measured at: one without a memory access has no output */
  #pointOf(drawn: Quantities): LearnPoint | undefined {
    const [comp, mem, localmem, coalesced] = [drawn.comp, drawn.mem, drawn.localmem, drawn.coalesced].map(Math.round)
    const wgsize = 2 ** Math.round(Math.log2(Math.max(1, drawn.wgsize)))
    const transferBytes = 4 * Math.round(drawn.transferBytes / 4)
    const { mostCount, mostTransferBytes, mostWgsize } = this.limits
    const isWithin =
      Math.max(comp, mem, localmem) <= mostCount &&
      wgsize <= mostWgsize &&
      transferBytes >= leastTransferBytes &&
      transferBytes <= mostTransferBytes
    if (!isWithin || mem < 1 || coalesced > mem) return undefined
    // Atomics cost a kernel its determinism, and no feature counts them.
    return { counts: { comp, rational: 0, mem, localmem, coalesced, atomic: 0 }, launch: { transferBytes, wgsize } }
  }

  #isFeasible(point: LearnPoint): boolean {
    const target = targetOfPoint(point)
    const known = this.#feasible.get(target.name)
    if (known !== undefined) return known
    const { isFeasible } = checkFeasibility(target)
    this.#feasible.set(target.name, isFeasible)
    return isFeasible
  }
}

function mapQuantities(from: (name: Quantity) => number): Quantities {
  return Object.fromEntries(quantities.map((name) => [name, from(name)])) as unknown as Quantities
}

/** On the way from `a` to `b` in logarithms; 0 is a value like others. */
function between(a: number, b: number, share: number): number {
  return Math.expm1((1 - share) * Math.log1p(a) + share * Math.log1p(b))
}

/** 5th and 95th percentile. */
function rangeOf(values: readonly number[]): readonly [number, number] {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]
  return [at(0.05), at(0.95)]
}

/** Box and Muller. */
function normal(rng: Random): number {
  return Math.sqrt(-2 * Math.log(1 - rng.next())) * Math.cos(2 * Math.PI * rng.next())
}

function requireAtLeast(name: string, value: number, least: number): void {
  if (value >= least && Number.isFinite(value)) return
  throw new RangeError(`${name}: expected a number of at least ${least}, received ${value}`)
}
