// Can a classifier tell the groups apart without reading the kernels? For size, layout and features it is fitted to the
// kernels that were not selected, as someone would who knows the corpora, and judges those that were. (Fitted to the study
// itself it would come out below chance: leaving out one of two groups with equal means moves the mean to the wrong side;
// Jamalabadi et al., Human Brain Mapping 2016.) Ids and places have nothing else to learn from: there each kernel is left out in turn.

import type { Random } from '../../../synth/index.ts'
import { shuffled } from '../shuffle.ts'
import type { KeyedKernel, Study, StudyKey } from '../study.ts'
import type { Candidate } from './candidates.ts'
import { fitClassifier, leaveOneOut, logsOf } from './classifier.ts'
import { contentNames, layoutNames } from './covariates.ts'

/** What one classifier came to. */
export interface LeakAudit {
  /** What was to be told from human kernels. */
  readonly compares: 'machine' | 'control'
  /** What it saw: size and layout; these and the features; or ids, places in the file and in the schedules. */
  readonly sees: 'layout' | 'content' | 'order'
  /** Kernels it was fitted to: of the corpora, or for the order of the study. */
  readonly fittedTo: number
  readonly items: number
  /** Share told right. */
  readonly accuracy: number
  /** The same over labels dealt out at random: mean, and what one in twenty reaches. */
  readonly chance: number
  readonly chanceUpper: number
  /** Share of random labels that do as well. */
  readonly p: number
}

/** Of each kind, at least: from fewer nothing can be learned. */
const leastFitted = 12

/**
 * Audit a study.
 * @param rest - kernels of the same corpora that are not in it; where there are too few, only the order is audited
 * @param random - deals labels
 */
export function auditLeaks(
  study: Study,
  key: StudyKey,
  rest: readonly Candidate[],
  random: Random,
  permutations = 1000,
): LeakAudit[] {
  const orders = ordersOf(study)
  return key.groups.flatMap(({ id, compares }): LeakAudit[] => {
    const kernels = key.items.filter((item): item is KeyedKernel => item.kind === 'kernel' && item.group === id)
    const others = rest.filter(({ source }) => source.origin === 'human' || source.origin === compares)
    const isHuman = kernels.map(({ origin }) => origin === 'human')
    const wasHuman = others.map(({ source }) => source.origin === 'human')
    const audit = (sees: LeakAudit['sees'], fittedTo: number, predict: (labels: readonly boolean[]) => boolean[]) => ({
      ...{ compares, sees, fittedTo, items: kernels.length },
      ...compareWithChance(predict, isHuman, random, permutations),
    })
    const known = Math.min(wasHuman.filter(Boolean).length, wasHuman.filter((one) => !one).length)
    const views = known < leastFitted ? [] : (['layout', 'content'] as const)
    const byShape = views.map((sees) => {
      const names = sees === 'layout' ? layoutNames : [...layoutNames, ...contentNames]
      const scoreOf = fitClassifier(
        others.map(({ covariates }) => logsOf(covariates, names)),
        wasHuman,
      )
      const predicted = kernels.map(({ covariates }) => scoreOf(logsOf(covariates, names)) > 0)
      return audit(sees, others.length, () => predicted)
    })
    const places = kernels.map((kernel) => orders.get(kernel.id) ?? [])
    return [...byShape, audit('order', kernels.length, leaveOneOut(places))]
  })
}

/** Accuracy, and that of random labels. */
function compareWithChance(
  predict: (labels: readonly boolean[]) => readonly boolean[],
  labels: readonly boolean[],
  random: Random,
  permutations: number,
): Pick<LeakAudit, 'accuracy' | 'chance' | 'chanceUpper' | 'p'> {
  const accuracyOf = (truth: readonly boolean[]): number => {
    const predicted = predict(truth)
    return truth.filter((label, i) => label === predicted[i]).length / truth.length
  }
  const accuracy = accuracyOf(labels)
  const chances = Array.from({ length: permutations }, () => accuracyOf(shuffled(labels, random))).sort((a, b) => a - b)
  return {
    accuracy,
    chance: chances.reduce((sum, one) => sum + one, 0) / permutations,
    chanceUpper: chances[Math.ceil(0.95 * permutations) - 1],
    p: (1 + chances.filter((one) => one >= accuracy - 1e-9).length) / (1 + permutations),
  }
}

/** Of each item: its place in the file, its id as a number, its mean and its first place in the schedules. */
function ordersOf(study: Study): Map<string, number[]> {
  const places = new Map<string, number[]>()
  for (const { order } of study.schedules) {
    for (const [place, id] of order.entries()) places.set(id, [...(places.get(id) ?? []), place])
  }
  return new Map(
    study.items.map(({ id }, i) => {
      const own = places.get(id) ?? [0]
      const mean = own.reduce((sum, place) => sum + place, 0) / own.length
      return [id, [i, Number.parseInt(id.slice(0, 8), 16) / 2 ** 32, mean, own[0]]]
    }),
  )
}
