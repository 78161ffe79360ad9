// The infills of one request, written by all processes of a pool: a search asks for one batch of holes after another, and
// a pool gives each batch to one process. What is written depends on the seed and the number of processes, never on which
// of them is faster: parts are cut beforehand, and each sample has a seed of its own.

import {
  type Context,
  type Infill,
  type Infiller,
  type InfillOptions,
  type InfillPool,
  Random,
} from '../../synth/index.ts'

/** Some holes of a request, with some samples of each. */
export interface InfillPart {
  /** Indices of the request's contexts. */
  readonly holes: readonly number[]
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

/** Spreads each request over the processes of a pool, whose owner disposes of it. */
export class SpreadInfiller implements Infiller {
  readonly #pool: InfillPool

  constructor(pool: InfillPool) {
    this.#pool = pool
  }

  /** As `InfillPool.infill`; in order of hole, then sample. */
  async infill(contexts: readonly Context[], options: InfillOptions, seed: number): Promise<readonly Infill[]> {
    const seeds = options.seeds ?? drawSeeds(contexts.length, options.samples, seed)
    const parts = cutInfills(contexts.length, options.samples, this.#pool.size)
    const written = await Promise.all(
      parts.map(async (part) => {
        const own = part.holes.map((hole) => contexts[hole])
        const infills = await this.#pool.infill(own, optionsOf(part, { ...options, seeds }), seed)
        return infills.map((one, i) => ({ ...one, hole: part.holes[one.hole], sample: sampleOf(part, i) }))
      }),
    )
    return written
      .flat()
      .sort((a, b) => a.hole - b.hole || a.sample - b.sample)
      .map(({ sample: _, ...infill }) => infill)
  }
}

/** Whole holes in turn; those that are left over are divided by samples. Empty parts are left out. */
export function cutInfills(holes: number, samples: number, processes: number): InfillPart[] {
  const whole = holes - (holes % processes)
  const indices = Array.from({ length: holes }, (_, hole) => hole)
  const rest = indices.slice(whole)
  const inTurn = Array.from({ length: processes }, (_, i): InfillPart => {
    return { holes: indices.slice(0, whole).filter((hole) => hole % processes === i), from: 0, to: samples }
  })
  const divided = Array.from({ length: processes }, (_, i): InfillPart => {
    const [from, to] = [i, i + 1].map((edge) => Math.round((edge * samples) / processes))
    return { holes: rest, from, to }
  })
  return [...inTurn, ...divided].filter((part) => part.holes.length > 0 && part.to > part.from)
}

/** Those that one process would draw for the samples of all holes. */
function drawSeeds(holes: number, samples: number, seed: number): number[][] {
  const rng = new Random(seed)
  return Array.from({ length: holes }, () => Array.from({ length: samples }, () => rng.seed()))
}

/** Infills come in order of hole, then sample. */
function sampleOf({ from, to }: InfillPart, i: number): number {
  return from + (i % (to - from))
}

function optionsOf({ holes, from, to }: InfillPart, options: InfillOptions): InfillOptions {
  const { temperature, topP, maxTokens, seeds, starts } = options
  const cut = <T>(value: readonly T[]): readonly T[] => value.slice(from, to)
  const ofHoles = (value: InfillOptions['temperature']): InfillOptions['temperature'] => {
    if (typeof value === 'number') return value
    return holes.map((hole) => {
      const own = value[hole]
      return typeof own === 'number' ? own : cut(own)
    })
  }
  return {
    ...options,
    ...{ samples: to - from, temperature: ofHoles(temperature), topP: ofHoles(topP), maxTokens: ofHoles(maxTokens) },
    ...(seeds !== undefined && { seeds: holes.map((hole) => cut(seeds[hole])) }),
    ...(starts !== undefined && { starts: holes.map((hole) => cut(starts[hole] ?? [])) }),
  }
}
