// What many rehearsals say together: how often each test spoke, and how often the interval held what was put in.

import { wilson } from '../../../evaluation/index.ts'
import type { Interval } from '../analysis/proportion.ts'
import type { RehearsedContrast, RehearsedStudy } from './rehearse.ts'

/** How often something happened. */
export interface Rate {
  readonly share: number
  /** Wilson's, at 95 %. */
  readonly interval: Interval
}

/** All studies together. */
export interface RehearsalSummary {
  readonly studies: number
  readonly participants: number
  readonly answers: number
  readonly lost: number
  readonly surplus: number
  /** Of any study. */
  readonly mostImbalance: number
  readonly excluded: number
  readonly contrasts: readonly ContrastSummary[]
}

/** One group's test in all studies. */
export interface ContrastSummary {
  readonly compares: RehearsedContrast['compares']
  readonly putIn: number
  /** Studies in which there was a test. */
  readonly tests: number
  /** Mean over studies; null without tests, as are the rates. */
  readonly found: number | null
  /** The test of difference spoke: the type I error where nothing was put in, else the power. */
  readonly different: Rate | null
  /** The test of equivalence spoke: its type I error where the margin or more was put in, else its power. */
  readonly equivalent: Rate | null
  /** The interval held what was put in. */
  readonly covered: Rate | null
}

/** @param studies - at least one, all of one kind */
export function sumUp(studies: readonly RehearsedStudy[]): RehearsalSummary {
  const total = (count: (study: RehearsedStudy) => number): number => studies.reduce((sum, one) => sum + count(one), 0)
  return {
    studies: studies.length,
    participants: total(({ participants }) => participants),
    answers: total(({ answers }) => answers),
    lost: total(({ lost }) => lost),
    surplus: total(({ surplus }) => surplus),
    mostImbalance: Math.max(...studies.map(({ imbalance }) => imbalance)),
    excluded: total(({ excluded }) => excluded),
    contrasts: studies[0].contrasts.map((_, i) => sumUpContrast(studies.map(({ contrasts }) => contrasts[i]))),
  }
}

function sumUpContrast(contrasts: readonly RehearsedContrast[]): ContrastSummary {
  const [{ compares, putIn }] = contrasts
  const tests = contrasts.flatMap(({ test }) => (test === null ? [] : [test]))
  const rate = (holds: (test: (typeof tests)[number]) => boolean): Rate | null => {
    if (tests.length === 0) return null
    const count = tests.filter(holds).length
    return { share: count / tests.length, interval: wilson(count, tests.length) }
  }
  return {
    compares,
    putIn,
    tests: tests.length,
    found: tests.length === 0 ? null : tests.reduce((sum, { difference }) => sum + difference, 0) / tests.length,
    different: rate(({ isDifferent }) => isDifferent),
    equivalent: rate(({ isEquivalent }) => isEquivalent),
    covered: rate(({ interval: [low, high] }) => low <= putIn && putIn <= high),
  }
}
