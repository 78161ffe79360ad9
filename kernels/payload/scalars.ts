// Scalars that make sense: what the text demands of each, varied by the seed.

import type { Random } from '../random.ts'
import { type Demand, type DemandKind, demandKinds } from './analysis/findings.ts'

/** Scalars that can be settled now: those with the most telling kind of demand that any has. */
export function settle(
  demands: readonly Demand[],
  powersOfTwo: ReadonlySet<number>,
  random: Random,
): ReadonlyMap<number, number> {
  const kind = demandKinds.find((one) => demands.some((demand) => demand.kind === one))
  const settled = new Map<number, number>()
  if (kind === undefined) return settled
  const parameters = new Set(demands.filter((demand) => demand.kind === kind).map(({ parameter }) => parameter))
  for (const parameter of parameters) {
    const all = demands.filter((demand) => demand.parameter === parameter && demand.kind === kind)
    const value = Math.max(1, Math.round(chooseValue(kind, all, random)))
    settled.set(parameter, powersOfTwo.has(parameter) ? 2 ** Math.floor(Math.log2(value)) : value)
  }
  return settled
}

/** Scalars of which the text says nothing. */
export function plainValue(isPowerOfTwo: boolean, random: Random): number {
  return isPowerOfTwo ? 2 ** (1 + random.below(4)) : 1 + random.below(8)
}

function chooseValue(kind: DemandKind, demands: readonly Demand[], random: Random): number {
  const top = Math.max(...demands.map(({ value }) => value.hi))
  const low = Math.min(...demands.map(({ value }) => value.lo))
  switch (kind) {
    case 'row':
      return rowLength(top, random)
    case 'count':
      return shorten(top, random)
    case 'index':
      return low + random.below(Math.max(1, Math.min(top - low, 1 << 20)))
    case 'stride':
      return top
    case 'bound':
      return random.pick([4, 8, 8, 12, 16, 16])
    case 'divisor':
      return random.pick([2, 3, 4, 5, 8])
    case 'shift':
      return 1 + random.below(4)
    case 'choice':
      return random.pick(demands.map(({ value }) => value.lo))
    case 'threshold': {
      const [from, to] = [Math.max(low, -1000), Math.min(top, 1000)]
      return from + random.next() * (to - from)
    }
  }
}

/** Items in rows: a power of two near the square root, so that rows are whole. */
function rowLength(items: number, random: Random): number {
  const half = Math.round(Math.log2(Math.max(items, 4)) / 2)
  return 2 ** Math.max(1, half + random.below(2) - (half > 2 ? 1 : 0))
}

/**
 * A number of elements: as many as there are items, or, so that guards are put to the test, a few less. Grids stay even:
 * checkerboards and tori have races otherwise.
 */
function shorten(items: number, random: Random): number {
  if (items < 8 || random.below(3) === 0) return items
  const step = items < 16 ? 2 : 4
  return items - (items % step) - step * (items % step === 0 ? 1 + random.below(items < 64 ? 1 : 2) : 0)
}
