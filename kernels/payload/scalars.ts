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
    // Where anything is a power of two, sizes had better be: stages of a transform must come out even.
    const isRound = powersOfTwo.has(parameter) || (powersOfTwo.size > 0 && roundKinds.has(kind))
    settled.set(parameter, isRound ? 2 ** Math.floor(Math.log2(value)) : value)
  }
  return settled
}

/** Scalars of which the text says nothing; no two alike, where that can be helped: `row p` and `row q`. */
export function plainValues(
  parameters: readonly number[],
  powersOfTwo: ReadonlySet<number>,
  random: Random,
): ReadonlyMap<number, number> {
  const values = new Map<number, number>()
  for (const parameter of parameters) {
    const draw = (): number => (powersOfTwo.has(parameter) ? 2 ** (1 + random.below(3)) : 2 + random.below(7))
    let value = draw()
    for (let tries = 0; tries < 8 && [...values.values()].includes(value); tries++) value = draw()
    values.set(parameter, value)
  }
  return values
}

const roundKinds: ReadonlySet<DemandKind> = new Set(['row', 'count', 'stride', 'bound'])

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
