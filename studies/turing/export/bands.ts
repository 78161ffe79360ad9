// Bands of size and features: coarsened exact matching (Iacus, King and Porro, Political Analysis 2012). Kernels count as
// alike where they lie in one band, and every group gets the same share of each.

import type { Covariates } from './covariates.ts'

/** How narrow bands are; narrow ones match better and leave fewer kernels. */
export type Fineness = 'coarse' | 'medium' | 'fine'

export const finenesses: readonly Fineness[] = ['coarse', 'medium', 'fine']

interface Coarsening {
  /** Bands per doubling of the tokens. */
  readonly perOctave: number
  /** Doublings of memory accesses and of operations that make a band; 0 leaves them alone. */
  readonly octavesOfFeatures: number
  /** Is local memory told from none? */
  readonly tellsLocal: boolean
}

const coarsenings: Readonly<Record<Fineness, Coarsening>> = {
  coarse: { perOctave: 1, octavesOfFeatures: 0, tellsLocal: false },
  medium: { perOctave: 2, octavesOfFeatures: 2, tellsLocal: true },
  fine: { perOctave: 3, octavesOfFeatures: 1, tellsLocal: true },
}

/** The band of a kernel, in words. */
export function bandOf({ tokens, mem, comp, localmem }: Covariates, fineness: Fineness): string {
  const { perOctave, octavesOfFeatures, tellsLocal } = coarsenings[fineness]
  const size = Math.floor(perOctave * Math.log2(tokens))
  const from = Math.ceil(2 ** (size / perOctave))
  const to = Math.ceil(2 ** ((size + 1) / perOctave)) - 1
  const parts = [`${range(from, to)} tokens`]
  if (octavesOfFeatures > 0) {
    parts.push(`${octaves(mem, octavesOfFeatures)} memory accesses`, `${octaves(comp, octavesOfFeatures)} operations`)
  }
  if (tellsLocal) parts.push(localmem > 0 ? 'local memory' : 'no local memory')
  return parts.join(', ')
}

/** With a width of 2: 0 to 2, 3 to 14, 15 to 62. */
function octaves(value: number, width: number): string {
  const step = Math.floor(Math.log2(1 + value) / width)
  const floor = 2 ** (step * width) - 1
  return range(floor, 2 ** ((step + 1) * width) - 2)
}

function range(from: number, to: number): string {
  return from === to ? String(from) : `${from} to ${to}`
}
