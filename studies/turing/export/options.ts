// The options of an export, resolved and checked in one place.

import { defaultResponseModel, type ResponseModel } from '../power/response-model.ts'
import type { ExclusionRules } from '../study.ts'
import { type Fineness, finenesses } from './bands.ts'

/** How a study is made. */
export interface StudyOptions {
  /** Default `Who wrote this kernel?`. */
  readonly title?: string
  /** BCP 47, of title and texts. Default `en`. */
  readonly language?: string
  /** Kernels that a participant judges, half of them human; attention checks and practice come on top. Default 40. */
  readonly items?: number
  /** Any integer; the same corpora and seed give the same files. Default 1. */
  readonly seed?: number
  /** How narrow the bands of matching are. Default medium. */
  readonly fineness?: Fineness
  /** Lines that a kernel in normal form has, at least and at most. Default 6 and 45. */
  readonly leastLines?: number
  readonly mostLines?: number
  /** Kernels that are looked at, of each corpus. Default 1500. */
  readonly mostPerCorpus?: number
  /** Of each test. Default 0.05. */
  readonly alpha?: number
  /** Differences of the shares labelled human that count as none. Default 0.15. */
  readonly margin?: number
  /** The difference that is to be found. Default 0.3. */
  readonly effect?: number
  /** Chance that each test is to have. Default 0.8. */
  readonly power?: number
  /** How people are taken to answer. */
  readonly model?: Partial<ResponseModel>
  /** Who is left out of the analysis. */
  readonly exclusions?: Partial<ExclusionRules>
}

/** Complete options. */
export type ResolvedStudyOptions = Omit<Required<StudyOptions>, 'model' | 'exclusions'> & {
  readonly model: ResponseModel
  readonly exclusions: ExclusionRules
}

const defaultExclusions: ExclusionRules = {
  leastAnswered: 0.8,
  mostFailedChecks: 1,
  leastMedianResponseMs: 3000,
  leastResponseMs: 500,
  mostResponseMs: 600_000,
  mostEqualLabels: 0.95,
}

const languageTag = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/

/** @throws {RangeError} naming the option, what was expected and what was received */
export function resolveStudyOptions(options: StudyOptions = {}): ResolvedStudyOptions {
  const resolved: ResolvedStudyOptions = {
    ...{
      title: 'Who wrote this kernel?',
      language: 'en',
      items: 40,
      seed: 1,
      fineness: 'medium',
      leastLines: 6,
      mostLines: 45,
    },
    ...{ mostPerCorpus: 1500, alpha: 0.05, margin: 0.15, effect: 0.3, power: 0.8 },
    ...withoutUndefined(options),
    model: { ...defaultResponseModel, ...withoutUndefined(options.model ?? {}) },
    exclusions: { ...defaultExclusions, ...withoutUndefined(options.exclusions ?? {}) },
  }
  for (const name of ['items', 'seed', 'leastLines', 'mostLines', 'mostPerCorpus'] as const) {
    const least = name === 'seed' ? Number.MIN_SAFE_INTEGER : 1
    check(name, resolved[name], Number.isSafeInteger(resolved[name]) && resolved[name] >= least, 'a positive integer')
  }
  for (const name of ['margin', 'effect', 'power'] as const) {
    check(name, resolved[name], resolved[name] > 0 && resolved[name] < 1, 'a number between 0 and 1')
  }
  check('alpha', resolved.alpha, resolved.alpha > 0 && resolved.alpha < 0.5, 'a number between 0 and 0.5')
  check('fineness', resolved.fineness, finenesses.includes(resolved.fineness), finenesses.join(', '))
  check('language', resolved.language, languageTag.test(resolved.language), 'a language such as en')
  check('title', resolved.title, resolved.title.trim() !== '', 'a title')
  const { leastLines, mostLines, model } = resolved
  check('mostLines', mostLines, mostLines >= leastLines, `at least the ${leastLines} of leastLines`)
  check('model.share', model.share, model.share > 0 && model.share < 1, 'a number between 0 and 1')
  for (const name of ['leanDeviation', 'skillDeviation', 'itemDeviation'] as const) {
    check(`model.${name}`, model[name], model[name] >= 0 && model[name] <= 0.5, 'a number from 0 to 0.5')
  }
  return resolved
}

function check(name: string, value: unknown, isFit: boolean, expected: string): void {
  if (!isFit) throw new RangeError(`${name}: expected ${expected}, received ${value}`)
}

function withoutUndefined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
}
