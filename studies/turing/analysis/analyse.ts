// The analysis of a study, as its sheet announced it.

import { wilson } from '../../../evaluation/index.ts'
import type { Random } from '../../../synth/index.ts'
import type { AnswerFile, Study, StudyKey } from '../study.ts'
import { krippendorffAlpha, labelsByItem } from './agreement.ts'
import {
  type AgreementRow,
  type Analysis,
  type Conclusion,
  type ConfidenceRow,
  type Contrast,
  everybody,
  type ItemRow,
  type ParticipantCounts,
  type PersonRow,
  type ResponseTimeRow,
  type ShareRow,
} from './analysis.ts'
import { countLabels, detectionOf, meanDetection } from './detection.ts'
import { permutationTest, type TestOptions, testDifference } from './difference.ts'
import { type Judgment, judgeStudy, medianOf, quantileOf } from './judgments.ts'
import { proportionOf, type Verdict } from './proportion.ts'

/** What was read from a study's folder. */
export interface StudyAnswers {
  /** Each participant once. */
  readonly files: readonly AnswerFile[]
  readonly unreadable: ParticipantCounts['unreadable']
}

/** @param version - of benchsteer */
export function analyseStudy(
  study: Study,
  key: StudyKey,
  { files, unreadable }: StudyAnswers,
  version: string,
  random: Random,
): Analysis {
  const judged = judgeStudy(study, key, files)
  const { judgments } = judged
  const levels = study.texts.experienceLevels
    .map(({ id }) => id)
    .filter((id) => judgments.some((one) => one.level === id))
  const everyLevel = [everybody, ...levels]
  const groupOf = new Map(study.schedules.map(({ id, group }) => [id, group]))
  const groups = key.groups.map(({ id }) => id)
  const { plan, machines } = key
  return {
    ...{ study: study.id, title: study.title, version, plan, groups: key.groups, machines },
    participants: {
      kept: judged.files.length,
      excluded: judged.excluded,
      excludedAnswers: judged.excludedAnswers,
      byGroup: countEach(groups, judged.files, ({ schedule }) => groupOf.get(schedule)),
      byLevel: countEach(levels, judged.files, ({ experience }) => experience),
      unreadable,
    },
    contrasts: contrastsOf(judgments, key, levels, random),
    shares: sharesOf(judgments, everyLevel),
    confidence: confidencesOf(judgments, key, everyLevel),
    responseTimes: responseTimesOf(judgments, everyLevel),
    agreement: groups.flatMap((group) =>
      everyLevel.map((level) => agreementOf(ofLevel(ofGroup(judgments, group), level), group, level, random)),
    ),
    items: itemsOf(judgments),
    people: peopleOf(judgments),
  }
}

/** What a contrast is called when the two tests have spoken. */
export function concludeFrom(
  test: { readonly isDifferent: boolean; readonly isEquivalent: boolean } | null,
): Conclusion {
  if (test === null) return 'too few answers'
  if (test.isEquivalent) return test.isDifferent ? 'different within the margin' : 'equivalent'
  return test.isDifferent ? 'different' : 'inconclusive'
}

/** All machines and the control over everybody first, then each machine if there are several, then the levels. */
function contrastsOf(
  judgments: readonly Judgment[],
  key: StudyKey,
  levels: readonly string[],
  random: Random,
): Contrast[] {
  const whole = key.groups.map(({ id, compares }) => ({ compares: compares as string, own: ofGroup(judgments, id) }))
  whole.sort((a, b) => Number(a.compares === 'control') - Number(b.compares === 'control'))
  const machine = whole.find(({ compares }) => compares === 'machine')?.own ?? []
  const single = key.machines.length < 2 ? [] : key.machines
  const each = single.map((name) => ({
    compares: name,
    own: machine.filter(({ isHumanKernel, corpus }) => isHumanKernel || corpus === name),
  }))
  const all = [...whole, ...each]
  return [
    ...all.map(({ compares, own }) => contrastOf(compares, everybody, own, key.plan, random)),
    ...levels.flatMap((level) =>
      whole.map(({ compares, own }) => contrastOf(compares, level, ofLevel(own, level), key.plan)),
    ),
  ]
}

/** @param random - for the permutation test, which is left out without */
function contrastOf(
  compares: string,
  level: string,
  judgments: readonly Judgment[],
  options: TestOptions,
  random?: Random,
): Contrast {
  const people = bySame(judgments, ({ participant }) => participant)
  const counts = countLabels(judgments)
  const test = testDifference(judgments, options) ?? null
  return {
    ...{ compares, level, participants: people.size, counts },
    accuracy: proportionOf(judgments.map(rightness)),
    detection: detectionOf(counts),
    meanDetection: meanDetection([...people.values()].map(countLabels)),
    test,
    pPermutation: random === undefined || test === null ? null : (permutationTest(judgments, random) ?? null),
    conclusion: concludeFrom(test),
  }
}

function sharesOf(judgments: readonly Judgment[], levels: readonly string[]): ShareRow[] {
  const corpora = [...bySame(judgments, corpusKey).values()].sort(byCorpus)
  return levels.flatMap((level) =>
    corpora.map(
      (own): ShareRow => ({
        ...{ corpus: own[0].corpus, group: own[0].group, level },
        labelledHuman: proportionOf(ofLevel(own, level).map(labelling)),
      }),
    ),
  )
}

function confidencesOf(judgments: readonly Judgment[], key: StudyKey, levels: readonly string[]): ConfidenceRow[] {
  return levels.flatMap((level) =>
    key.groups.flatMap(({ id, compares }) => {
      const own = ofLevel(ofGroup(judgments, id), level)
      const discrimination = discriminationOf(own)
      return [1, 2, 3, 4, 5].map((confidence): ConfidenceRow => {
        const accuracy = proportionOf(own.filter((one) => one.confidence === confidence).map(rightness))
        return { compares, level, confidence, accuracy, discrimination }
      })
    }),
  )
}

/** The area under the type-2 ROC: ties count half. */
function discriminationOf(judgments: readonly Judgment[]): number | null {
  const right = judgments.filter(({ isRight }) => isRight).map(({ confidence }) => confidence)
  const wrong = judgments.filter(({ isRight }) => !isRight).map(({ confidence }) => confidence)
  if (right.length === 0 || wrong.length === 0) return null
  const count = (values: readonly number[], level: number): number => values.filter((one) => one === level).length
  let wins = 0
  for (const high of [1, 2, 3, 4, 5]) {
    for (const low of [1, 2, 3, 4, 5]) {
      const weight = high > low ? 1 : high === low ? 0.5 : 0
      wins += weight * count(right, high) * count(wrong, low)
    }
  }
  return wins / (right.length * wrong.length)
}

function responseTimesOf(judgments: readonly Judgment[], levels: readonly string[]): ResponseTimeRow[] {
  const corpora = [...bySame(judgments, corpusKey).values()].sort(byCorpus)
  const rows = levels.flatMap((level) =>
    corpora.flatMap((own) => {
      const answers = level === everybody ? [null, true, false] : [null]
      return answers.map((isRight) => responseTimeOf(own, level, isRight))
    }),
  )
  return rows.filter(({ count }) => count > 0)
}

/** @param isRight - null for any answer */
function responseTimeOf(own: readonly Judgment[], level: string, isRight: boolean | null): ResponseTimeRow {
  const counted = ofLevel(own, level).filter((one) => isRight === null || one.isRight === isRight)
  const times = counted.map(({ responseMs }) => responseMs)
  const [lowerQuartileMs, medianMs, upperQuartileMs] = [0.25, 0.5, 0.75].map((share) => quantileOf(times, share))
  const { corpus, group } = own[0]
  return { corpus, group, level, isRight, count: times.length, lowerQuartileMs, medianMs, upperQuartileMs }
}

const resamples = 500

function agreementOf(judgments: readonly Judgment[], group: string, level: string, random: Random): AgreementRow {
  const items = [...labelsByItem(judgments.map(labelling)).values()]
  const alpha = krippendorffAlpha(items)
  const drawn = Array.from({ length: alpha === null ? 0 : resamples }, () =>
    krippendorffAlpha(items.map(() => random.pick(items))),
  ).flatMap((one) => one ?? [])
  const interval = drawn.length < resamples / 2 ? null : ([quantileOf(drawn, 0.025), quantileOf(drawn, 0.975)] as const)
  return { group, level, items: items.length, labels: judgments.length, alpha, interval }
}

/** Hardest first. */
function itemsOf(judgments: readonly Judgment[]): ItemRow[] {
  const rows = [...bySame(judgments, ({ item }) => item).values()].map((own): ItemRow => {
    const { item, corpus, group } = own[0]
    const right = own.filter(({ isRight }) => isRight).length
    const human = own.filter(({ isLabelledHuman }) => isLabelledHuman).length
    const interval = wilson(right, own.length)
    const medianMs = medianOf(own.map(({ responseMs }) => responseMs))
    const shares = { labelledHuman: human / own.length, accuracy: right / own.length }
    return { item, corpus, group, count: own.length, ...shares, interval, medianMs }
  })
  return rows.sort((a, b) => a.accuracy - b.accuracy || (a.item < b.item ? -1 : 1))
}

function peopleOf(judgments: readonly Judgment[]): PersonRow[] {
  return [...bySame(judgments, ({ participant }) => participant).values()].map((own) => {
    const { participant, group, level } = own[0]
    const accuracy = own.filter(({ isRight }) => isRight).length / own.length
    const medianMs = medianOf(own.map(({ responseMs }) => responseMs))
    return { participant, group, level, count: own.length, accuracy, ...detectionOf(countLabels(own)), medianMs }
  })
}

function rightness({ participant, item, isRight }: Judgment): Verdict {
  return { participant, item, isTrue: isRight }
}

function labelling({ participant, item, isLabelledHuman }: Judgment): Verdict {
  return { participant, item, isTrue: isLabelledHuman }
}

function ofGroup(judgments: readonly Judgment[], group: string): Judgment[] {
  return judgments.filter((one) => one.group === group)
}

function ofLevel(judgments: readonly Judgment[], level: string): readonly Judgment[] {
  return level === everybody ? judgments : judgments.filter((one) => one.level === level)
}

function corpusKey({ corpus, group }: Judgment): string {
  return `${group}\n${corpus}`
}

/** Human kernels first in each group. */
function byCorpus([a]: readonly Judgment[], [b]: readonly Judgment[]): number {
  const rank = ({ group, isHumanKernel, corpus }: Judgment): string => `${group} ${isHumanKernel ? 0 : 1} ${corpus}`
  return rank(a) < rank(b) ? -1 : 1
}

function bySame<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const value of values) {
    const own = groups.get(keyOf(value))
    if (own === undefined) groups.set(keyOf(value), [value])
    else own.push(value)
  }
  return groups
}

function countEach<T>(
  names: readonly string[],
  values: readonly T[],
  nameOf: (value: T) => string | undefined,
): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, values.filter((value) => nameOf(value) === name).length]))
}
