// Infills that compile: what the compiler objects to is taken back, with the rest of its infill, and written anew.

import { type CompileOptions, compileAll } from '../kernels/index.ts'
import type { FeaturePrefix } from './feature-prefix.ts'
import { type Infill, type InfillOptions, infill, ofSample, type PerSample } from './infill.ts'
import type { InfillPool } from './infill-pool.ts'
import type { Context, Model } from './model.ts'
import { Random } from './random.ts'
import { special, type Tokenizer } from './tokenizer.ts'

/** How infills are written and rewritten. */
export interface CompilingOptions extends Omit<InfillOptions, 'starts'> {
  /** Times that one infill may be rewritten. Default 0: none is compiled. */
  readonly rewrites?: number
  /** As for `compileAll`. Default false. */
  readonly isStrict?: boolean
}

/** What writes: a model in this process, or a pool of others. */
type Writer = (contexts: readonly Context[], options: InfillOptions) => Promise<readonly Infill[]>

/** What is asked of the model wherever it is asked: see `infill` and `infillCompiling`. */
export interface WritingOptions extends Pick<CompilingOptions, 'nameTemperature' | 'guidance' | 'rewrites'> {
  readonly temperature: number
  readonly topP: number
  readonly checked: boolean
  /** Features that a kernel should have. Default none: undirected. */
  readonly prefix?: FeaturePrefix
  readonly signal?: AbortSignal
}

/** An infill that does not compile, and as much of it as may stay. */
interface Flawed {
  /** Of all infills. */
  readonly index: number
  readonly start: readonly number[]
}

/**
 * Sample infills as `infill` does. One that does not compile in its context, or came to no end, goes back to the start
 * of the statement at fault, after every failure one statement more.
 * @param pool - writes in place of `model`: the same, elsewhere
 * @returns in order of hole, then sample; after the last rewrite some may still not compile
 * @throws as `infill`
 */
export async function infillCompiling(
  model: Model,
  contexts: readonly Context[],
  options: CompilingOptions,
  rng: Random,
  pool?: InfillPool,
): Promise<Infill[]> {
  const { rewrites = 0, isStrict = false, ...settings } = options
  const write: Writer = (contexts, options) =>
    pool === undefined ? infill(model, contexts, options, rng.fork()) : pool.infill(contexts, options, rng.seed())
  const infills = [...(await write(contexts, settings))]
  const failures = new Map<number, number>()
  let open = rewrites > 0 ? [...infills.keys()] : []
  let { seeds } = settings
  for (let round = 0; round < rewrites && open.length > 0; round++) {
    const flawed = await findFlaws(model.tokenizer, contexts, infills, open, failures, {
      isStrict,
      signal: options.signal,
    })
    seeds = seeds?.map((ofHole) => ofHole.map((seed) => new Random(seed).seed()))
    const fresh = await rewrite(write, contexts, infills, flawed, { ...settings, seeds })
    flawed.forEach(({ index }, i) => {
      infills[index] = fresh[i]
      failures.set(index, (failures.get(index) ?? 0) + 1)
    })
    open = flawed.map(({ index }) => index)
  }
  return infills
}

/** Compile one token a line, so that the line of an error is its token. */
async function findFlaws(
  tokenizer: Tokenizer,
  contexts: readonly Context[],
  infills: readonly Infill[],
  open: readonly number[],
  failures: ReadonlyMap<number, number>,
  settings: CompileOptions,
): Promise<Flawed[]> {
  const lefts = contexts.map(({ ids }) => tokenizer.decode(ids.slice(0, ids.indexOf(special.HOLE))))
  const rights = contexts.map(({ ids }) => tokenizer.decode(ids.slice(ids.indexOf(special.HOLE) + 1)))
  const complete = open.filter((index) => infills[index].isComplete)
  const sources = complete.map((index) => {
    const { hole, ids } = infills[index]
    return [...lefts[hole], ...tokenizer.decode(ids), ...rights[hole]].join('\n')
  })
  const outcomes = await compileAll(sources, { ...settings, checkOnly: true })
  const flaws = new Map<number, number>()
  for (const [i, outcome] of outcomes.entries()) {
    if (!outcome.ok)
      flaws.set(complete[i], Number.parseInt(outcome.log, 10) - 1 - lefts[infills[complete[i]].hole].length)
  }
  return open.flatMap((index) => {
    const { ids, isComplete } = infills[index]
    const flaw = flaws.get(index)
    if (isComplete && flaw === undefined) return []
    return [{ index, start: keep(ids, flaw ?? Number.NaN, failures.get(index) ?? 0, tokenizer) }]
  })
}

/**
 * Token ids up to the statement of token `flaw`, less one statement per earlier failure. Where the flaw is in no token
 * of the infill, half of its statements stay, then a quarter, and so on.
 */
function keep(ids: readonly number[], flaw: number, failures: number, tokenizer: Tokenizer): readonly number[] {
  const texts = tokenizer.vocabulary.tokens
  const starts = [0]
  let token = 0
  let faulty: number | undefined
  let isSpelling = false
  ids.forEach((id, i) => {
    if (id === special.SPELL) isSpelling = true
    if (!isSpelling && /^[;{}]$/.test(texts[id])) starts.push(i + 1)
    if (id === special.ENDSPELL) isSpelling = false
    if (!isSpelling && token++ === flaw) faulty = starts.findLastIndex((start) => start <= i)
  })
  const statement = faulty === undefined ? starts.length >> (failures + 1) : Math.max(0, faulty - failures)
  return ids.slice(0, starts[statement])
}

/** Each flawed infill once more, in the order given. */
async function rewrite(
  write: Writer,
  contexts: readonly Context[],
  infills: readonly Infill[],
  flawed: readonly Flawed[],
  settings: Omit<InfillOptions, 'starts'>,
): Promise<Infill[]> {
  if (flawed.length === 0) return []
  const byHole = new Map<number, Flawed[]>()
  for (const one of flawed) {
    const { hole } = infills[one.index]
    byHole.set(hole, [...(byHole.get(hole) ?? []), one])
  }
  const holes = [...byHole.keys()]
  const groups = [...byHole.values()]
  const samples = Math.max(...groups.map((group) => group.length))
  const regroup = (value: PerSample): number[][] =>
    groups.map((group) => group.map(({ index }) => ofSample(value, infills[index].hole, index % settings.samples)))
  const fresh = await write(
    holes.map((hole) => contexts[hole]),
    {
      ...settings,
      samples,
      temperature: regroup(settings.temperature),
      topP: regroup(settings.topP),
      maxTokens: regroup(settings.maxTokens),
      seeds: settings.seeds && regroup(settings.seeds),
      starts: groups.map((group) => group.map(({ start }) => start)),
    },
  )
  const written = new Map(
    groups.flatMap((group, g) => group.map((one, i) => [one, { ...fresh[g * samples + i], hole: holes[g] }] as const)),
  )
  return flawed.map((one) => written.get(one) ?? infills[one.index])
}
