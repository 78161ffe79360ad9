// Options of a search, resolved and checked once.

import type { ValidationMode, Validator } from '../../kernels/index.ts'
import type { Infiller } from '../infill-process.ts'
import type { Candidate } from './candidate.ts'

/** A part of the search that can be left out, to see what it brings. */
export type SearchPart =
  | ('surrogate' | 'combinations' | 'bundles' | 'fusion' | 'aim')
  | ('tally' | 'diversity' | 'dropout' | 'pressure' | 'renewal' | 'laziness')
  | ('likelihood' | 'stop')

/** What each part does. */
export const searchParts: Readonly<Record<SearchPart, string>> = {
  surrogate: 'predicting where edits lead: edits are measured as they are drawn',
  combinations: 'edits of one kernel put together, by what each was measured to do',
  bundles: 'far from the target, many edits at once that were only predicted',
  fusion: 'seed kernels put together whose features add up to the target',
  aim: 'opening holes where a kernel has what is too much, or little where something is missing',
  tally: 'preferring kinds of holes whose infills lately entered the beam',
  diversity: 'at most three kernels of any one point in the beam',
  dropout: 'keeping every tenth candidate out of the beam, so that others get their turn',
  pressure: 'where the search is stuck, giving more weight to what is off',
  renewal: 'going on from other kernels where the search is stuck',
  laziness: 'compiling only what would enter the beam, where features need no compiler',
  likelihood: 'of kernels that are equally near at the end, the likeliest to the model first',
  stop: 'ending at an exact match: the search goes on for others',
}

export interface SearchOptions {
  /** Kernels kept between generations. Default 32 (BenchPress), range 1 to 1024. */
  readonly width?: number
  /** Holes opened per generation. Default 4, range 0 (no infills) to 64. */
  readonly holes?: number
  /** Infills per hole. Default 8, range 1 to 256. */
  readonly samples?: number
  /** Rounds of edits per generation. Default 4, range 0 (no edits) to 64. */
  readonly edits?: number
  /** Wall-clock budget in ms, start-up included. Default 60,000 unless another budget is given. */
  readonly budgetMs?: number
  /** Stop after so many generations. Default none. The same number gives the same corpus on any day. */
  readonly generations?: number
  /** Stop after so many sampled candidates. Default none. */
  readonly candidates?: number
  /** Benchmarks reported per target. Default 8, range 1 to `width`. */
  readonly keep?: number
  /** Share of directed proposals. Default 0.7, range 0 to 1. */
  readonly directed?: number
  /** Generations without progress after which the beam is renewed. Default 8, range 1 up. */
  readonly patience?: number
  /** Start from the nearest seed kernels besides the empty kernel. Default true. */
  readonly seeds?: boolean
  /** Also hand out benchmarks that copy what the model was trained on (`Novelty.isCopy`). Default false. */
  readonly copies?: boolean
  /**
   * Run what would be handed out, and leave out what does not end, reaches out of bounds, races, or computes nothing from
   * its input: `quick` as Oclgrind sees it, `full` on the device, too. Default `off`.
   */
  readonly validate?: 'off' | ValidationMode
  /** Parts to leave out. Default none. */
  readonly without?: readonly SearchPart[]
  /** Any integer. Default 0. */
  readonly seed?: number
  /**
   * Asked about exact matches as they are found; a refused one leaves the search, which goes on. Default: none is
   * refused, or, in `synthesizeEvents`, what does not build on the device.
   */
  readonly accepts?: (match: Candidate) => Promise<boolean>
  /**
   * Asked about what would enter the beam: what does not run well stays out of it. Default: nobody is asked, or, in `synthesizeEvents` with
   * `validate`, `Validator.probe`.
   */
  readonly runsWell?: (text: string) => Promise<boolean>
  /** Writes the infills. Default: a process of the search's own. */
  readonly infiller?: Infiller
  /** Runs what is validated. Default: processes of the search's own. */
  readonly validator?: Validator
  readonly signal?: AbortSignal
}

export interface ResolvedSearchOptions {
  readonly width: number
  readonly holes: number
  readonly samples: number
  readonly edits: number
  readonly budgetMs: number
  readonly generations: number
  readonly candidates: number
  readonly keep: number
  readonly directed: number
  readonly patience: number
  readonly seeds: boolean
  readonly copies: boolean
  readonly validate: 'off' | ValidationMode
  readonly without: ReadonlySet<SearchPart>
  readonly seed: number
  readonly accepts: (match: Candidate) => Promise<boolean>
  readonly runsWell: ((text: string) => Promise<boolean>) | undefined
  readonly signal: AbortSignal | undefined
}

/** @throws {RangeError} naming option, range and value */
export function resolveSearchOptions(options: SearchOptions): ResolvedSearchOptions {
  const {
    generations = Number.POSITIVE_INFINITY,
    candidates = Number.POSITIVE_INFINITY,
    seeds = true,
    copies = false,
    validate = 'off',
    signal,
  } = options
  const isBounded = Number.isFinite(generations) || Number.isFinite(candidates)
  const width = wholeInRange('width', options.width ?? 32, 1, 1024)
  return {
    width,
    holes: wholeInRange('holes', options.holes ?? 4, 0, 64),
    samples: wholeInRange('samples', options.samples ?? 8, 1, 256),
    edits: wholeInRange('edits', options.edits ?? 4, 0, 64),
    budgetMs: inRange(
      'budgetMs',
      options.budgetMs ?? (isBounded ? Number.MAX_SAFE_INTEGER : 60_000),
      1,
      Number.MAX_SAFE_INTEGER,
    ),
    generations: wholeInRange('generations', generations, 0, Number.POSITIVE_INFINITY),
    candidates: wholeInRange('candidates', candidates, 0, Number.POSITIVE_INFINITY),
    keep: wholeInRange('keep', options.keep ?? Math.min(8, width), 1, width),
    directed: inRange('directed', options.directed ?? 0.7, 0, 1),
    patience: wholeInRange('patience', options.patience ?? 8, 1, Number.POSITIVE_INFINITY),
    seeds,
    copies,
    validate,
    without: new Set(options.without),
    seed: wholeInRange('seed', options.seed ?? 0, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    accepts: options.accepts ?? (() => Promise.resolve(true)),
    runsWell: options.runsWell,
    signal,
  }
}

function inRange(name: string, value: number, low: number, high: number): number {
  if (value >= low && value <= high) return value
  throw new RangeError(`${name}: expected a number from ${low} to ${high}, received ${value}`)
}

function wholeInRange(name: string, value: number, low: number, high: number): number {
  if (inRange(name, value, low, high) === Number.POSITIVE_INFINITY || Number.isInteger(value)) return value
  throw new RangeError(`${name}: expected a whole number, received ${value}`)
}
