// Fills holes: many samples of many holes at once, each context encoded once.

import { type Stepper, startGuided } from './guided-decoding.ts'
import type { Context, Model } from './model.ts'
import { Random } from './random.ts'
import { HoleRules, type SpanRules } from './rules/hole-rules.ts'
import { type Drawn, type SamplingOptions, sampleToken } from './sampling.ts'
import { special } from './tokenizer.ts'

/** One for all samples, one per hole, or `[hole][sample]`. */
export type PerSample = number | readonly (number | readonly number[])[]

/** How holes are filled. */
export interface InfillOptions {
  /** Of sampling. Range (0, 4]. */
  readonly temperature: PerSample
  /** Nucleus, as in `SamplingOptions`. Range (0, 1]. */
  readonly topP: PerSample
  /**
   * Of the choice among identifiers alone, once the next token is to be one; multiplies `temperature`. Most of what does not
   * compile names what is not in scope, or is of another type. Range (0, 4]. Default 1.
   */
  readonly nameTemperature?: number
  /** Draw only what the rules for holes allow (`rules/`). Default false: plain decoding. */
  readonly checked?: boolean
  /** Exaggerates what the feature prefix changes; costs as much again. Default 1: as it is. Range [0, 10]. */
  readonly guidance?: number
  /** Samples per hole. */
  readonly samples: number
  /** `[hole][sample]` any integers: what a sample draws then depends on its own seed alone. Default: from `rng`. */
  readonly seeds?: readonly (readonly number[])[]
  /** Infills longer than this are given up, in token ids. */
  readonly maxTokens: PerSample
  /** `[hole][sample]` token ids that the samples begin with; a sample without is left empty. Default: all begin anew. */
  readonly starts?: readonly (readonly (readonly number[])[])[]
  readonly signal?: AbortSignal
}

/** One sample for one hole. */
export interface Infill {
  /** Index of the context it was written for. */
  readonly hole: number
  /** Token ids, without ENDHOLE. */
  readonly ids: readonly number[]
  /** Did the model end it (ENDHOLE), or the limit? */
  readonly isComplete: boolean
  /** Mean natural-log probability per token. */
  readonly meanLogProbability: number
}

interface Row {
  readonly hole: number
  readonly ids: number[]
  readonly sampling: SamplingOptions
  readonly rng: Random
  readonly maxTokens: number
  readonly start: readonly number[]
  readonly rules: SpanRules | undefined
  logProbability: number
  isDone: boolean
  isComplete: boolean
}

/**
 * Sample infills for each context; in order of hole, then sample.
 * @throws {DisposedError} when the model is disposed of
 * @throws the signal's reason when aborted
 */
export async function infill(
  model: Model,
  contexts: readonly Context[],
  options: InfillOptions,
  rng: Random,
): Promise<Infill[]> {
  const { samples, nameTemperature = 1, checked = false, guidance = 1 } = options
  const sharpened = nameTemperature === 1 ? undefined : { ...model.tokenizer.nameRange, temperature: nameTemperature }
  const decoding = await startGuided(model, contexts, samples, guidance)
  const rows: Row[] = contexts.flatMap(({ ids, kind }, hole) => {
    const rules = checked ? new HoleRules(model.tokenRoles, ids, kind) : undefined
    return Array.from({ length: samples }, (_, sample): Row => {
      const start = options.starts === undefined ? [] : options.starts[hole]?.[sample]
      const seed = options.seeds?.[hole]?.[sample]
      const temperature = ofSample(options.temperature, hole, sample)
      return {
        ...{ hole, ids: [], logProbability: 0, isDone: start === undefined, isComplete: false },
        ...{ start: start ?? [], rules: rules?.start(), maxTokens: ofSample(options.maxTokens, hole, sample) },
        sampling: { temperature, topP: ofSample(options.topP, hole, sample), sharpened },
        rng: seed === undefined ? rng.fork() : new Random(seed),
      }
    })
  })
  let active = rows
  while (active.some((row) => !row.isDone)) {
    options.signal?.throwIfAborted()
    const scores = await decoding.step(active.map((row) => row.ids.at(-1) ?? special.START))
    const size = scores.length / active.length
    active.forEach((row, i) => {
      if (row.isDone) return
      const { sampling, rng, rules, ids, start } = row
      const drawn =
        ids.length < start.length
          ? { token: start[ids.length], logProbability: scores[i * size + start[ids.length]] }
          : sampleToken(scores, i * size, size, sampling, rng, rules && ((id) => rules.allows(id)))
      extend(row, drawn)
    })
    active = dropDone(decoding, active)
  }
  return rows.map(({ hole, ids, logProbability, isComplete }) => ({
    ...{ hole, ids, isComplete },
    meanLogProbability: logProbability / (ids.length + 1),
  }))
}

/** The setting of one sample. */
export function ofSample(value: PerSample, hole: number, sample: number): number {
  const ofHole = typeof value === 'number' ? value : value[hole]
  return typeof ofHole === 'number' ? ofHole : ofHole[sample]
}

function extend(row: Row, drawn: Drawn | undefined): void {
  if (drawn === undefined || drawn.token <= special.START) row.isDone = true
  if (drawn === undefined) return
  row.logProbability += drawn.logProbability
  if (drawn.token === special.ENDHOLE) {
    row.isDone = true
    row.isComplete = true
  } else if (!row.isDone) {
    row.rules?.advance(drawn.token)
    row.ids.push(drawn.token)
    row.isDone = row.ids.length >= row.maxTokens
  }
}

/** Drop rows that are done, and holes with them, once that spares a quarter; the holes left keep equal counts. */
function dropDone(decoding: Stepper, active: Row[]): Row[] {
  const { holes, samples } = decoding
  const byHole = Array.from({ length: holes }, (_, g) => active.slice(g * samples, (g + 1) * samples))
  const open = byHole.map((rows) => rows.filter((row) => !row.isDone).length)
  const left = Math.max(...open)
  const rowsLeft = left * open.filter((count) => count > 0).length
  if (rowsLeft === 0 || rowsLeft > 0.75 * active.length) return active
  const kept = byHole.map((rows, g) => {
    const byState = [...rows.keys()].sort((a, b) => Number(rows[a].isDone) - Number(rows[b].isDone) || a - b)
    return byState.slice(0, open[g] === 0 ? 0 : left).sort((a, b) => a - b)
  })
  decoding.keep(kept)
  return kept.flatMap((indices, g) => indices.map((i) => byHole[g][i]))
}
