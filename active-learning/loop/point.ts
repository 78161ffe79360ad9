// A point that the heuristic could be asked about: what a kernel counts, and how it is launched. Its counts are a target
// for the search, its launch is a wish to whoever measures, and its four features follow.

import { grewe } from '../../features/index.ts'
import type { Target } from '../../synth/index.ts'
import { type CombinedFeatures, combinedFeatures, type GreweCounts } from '../data-set.ts'

/** How a kernel is to be launched, as near as its arguments allow. */
export interface Launch {
  /** Bytes moved to the device and back. */
  readonly transferBytes: number
  /** Work-items per work-group. */
  readonly wgsize: number
}

export interface LearnPoint {
  /** Of these, `rational` is mostly left to the search: no feature of the heuristic depends on it. */
  readonly counts: GreweCounts
  readonly launch: Launch
  /** Does `rational` count, too? Default false. */
  readonly isRational?: boolean
}

export function featuresOfPoint({ counts, launch }: LearnPoint): CombinedFeatures {
  return combinedFeatures(counts, launch.transferBytes, launch.wgsize)
}

/** What a search is to steer to. */
export function targetOfPoint({ counts, isRational = false }: LearnPoint): Target {
  const { comp, mem, localmem, coalesced, atomic } = counts
  const accesses = Math.max(mem, 1)
  const wanted: Readonly<Record<string, number>> = {
    ...{ comp, mem, localmem, coalesced, atomic, ...(isRational ? { rational: counts.rational } : {}) },
    ...{ 'F2:coalesced/mem': coalesced / accesses, 'F4:comp/mem': comp / accesses },
  }
  const values = Float64Array.from(grewe.names, (name) => wanted[name] ?? Number.NaN)
  const name = `${nameOfPoint(counts)}${isRational ? `,rational=${counts.rational}` : ''}`
  return { name, space: grewe, values }
}

/** As `synth --target` takes it. */
export function nameOfPoint({ comp, mem, localmem, coalesced, atomic }: GreweCounts): string {
  return `comp=${comp},mem=${mem},localmem=${localmem},coalesced=${coalesced},atomic=${atomic}`
}

/** The counts in a vector of the Grewe space. */
export function countsOf(values: ArrayLike<number>): GreweCounts {
  const at = (name: string): number => values[grewe.names.indexOf(name)]
  return {
    ...{ comp: at('comp'), rational: at('rational'), mem: at('mem') },
    ...{ localmem: at('localmem'), coalesced: at('coalesced'), atomic: at('atomic') },
  }
}
