// The selection: every group gets the same share of each band (stratified, with exact counts); within bands balance.ts
// chooses.

import type { Random } from '../../../synth/index.ts'
import { fillSlots, type SelectedKernel, type Slots } from './balance.ts'
import { type Band, type Bands, bandsOf, capacityOf, type MatchOptions, partsOf } from './band-table.ts'
import { bandOf } from './bands.ts'
import type { Candidate } from './candidates.ts'
import { explainRefusal } from './explain-refusal.ts'

/** The kernels, or why there are none. */
export type Match =
  | {
      readonly ok: true
      readonly selected: readonly SelectedKernel[]
      /** Not selected; those of the same bands first. */
      readonly rest: readonly Candidate[]
    }
  | { readonly ok: false; readonly reason: string }

/** @throws {RangeError} where `items` does not divide among the corpora */
export function checkItems(items: number, machines: readonly string[]): void {
  const unit = 2 * machines.length
  if (items < 2 * unit || items % unit !== 0) {
    const near = Math.max(2, Math.round(items / unit)) * unit
    throw new RangeError(
      `items: expected a multiple of ${unit} of at least ${2 * unit} (half of people, the other half of ${machines.length} machine corpora alike), received ${items}; try ${near}`,
    )
  }
}

/** Select balanced groups. @throws {RangeError} where `items` does not divide among the corpora */
export function matchGroups(candidates: readonly Candidate[], options: MatchOptions, random: Random): Match {
  const { items, machines, fineness } = options
  checkItems(items, machines)
  const bands = bandsOf(candidates, fineness)
  const wanted = items / (2 * machines.length)
  const units = allocate(bands, machines, wanted)
  if (units === undefined) return { ok: false, reason: explainRefusal(candidates, options, bands) }
  const slots = [...units].flatMap(([band, count]) => slotsOf(bands.get(band) ?? new Map(), band, count, machines))
  const selected = fillSlots(slots, candidates, random)
  const taken = new Set(selected.map(({ candidate }) => candidate))
  const isNear = ({ covariates }: Candidate): number => (units.has(bandOf(covariates, fineness)) ? 0 : 1)
  const rest = candidates.filter((candidate) => !taken.has(candidate)).sort((a, b) => isNear(a) - isNear(b))
  return { ok: true, selected, rest }
}

/** Units by band, in proportion to what the bands allow (largest remainder); undefined where they allow too few. */
function allocate(bands: Bands, machines: readonly string[], wanted: number): Map<string, number> | undefined {
  const capacities = [...bands].map(([band, corpora]) => ({ band, capacity: capacityOf(corpora, machines) }))
  const total = capacities.reduce((sum, { capacity }) => sum + capacity, 0)
  if (total < wanted) return undefined
  const shares = capacities.map(({ band, capacity }) => {
    const exact = (capacity * wanted) / total
    return { band, whole: Math.floor(exact), rest: exact - Math.floor(exact) }
  })
  let left = wanted - shares.reduce((sum, { whole }) => sum + whole, 0)
  const order = [...shares].sort((a, b) => b.rest - a.rest || (a.band < b.band ? -1 : 1))
  const units = order.map(({ band, whole, rest }): [string, number] => [band, whole + (rest > 0 && left-- > 0 ? 1 : 0)])
  return new Map(units.filter(([, count]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function slotsOf(corpora: Band, band: string, units: number, machines: readonly string[]): Slots[] {
  return partsOf(machines).map(({ name, arm, perUnit }) => ({
    ...{ name, arm, band, count: units * perUnit },
    pool: corpora.get(name) ?? [],
  }))
}
