// From answer files to judgments: the pre-registered exclusions, then one row for each kernel that somebody judged.

import type { Answer, AnswerFile, Confidence, KeyedKernel, Origin, Study, StudyKey } from '../study.ts'

/** One kernel as one participant judged it. */
export interface Judgment {
  readonly participant: string
  /** Id of the level of experience. */
  readonly level: string
  readonly item: string
  readonly group: string
  readonly origin: Origin
  readonly corpus: string
  readonly band: string
  readonly isHumanKernel: boolean
  readonly isLabelledHuman: boolean
  readonly isRight: boolean
  readonly confidence: Confidence
  readonly responseMs: number
}

/** Somebody who is left out, and why. */
export interface ExcludedParticipant {
  readonly participant: string
  readonly reasons: readonly string[]
}

/** What the rules leave. */
export interface JudgedStudy {
  /** Participants that are kept. */
  readonly files: readonly AnswerFile[]
  readonly judgments: readonly Judgment[]
  readonly excluded: readonly ExcludedParticipant[]
  /** Of kept participants, left out for the time they took. */
  readonly excludedAnswers: number
}

/** Apply the rules of the key's plan. @param files - each participant once */
export function judgeStudy(study: Study, key: StudyKey, files: readonly AnswerFile[]): JudgedStudy {
  const kernels = new Map(key.items.flatMap((item) => (item.kind === 'kernel' ? [[item.id, item] as const] : [])))
  const reasons = files.map((file) => exclusionReasons(file, study, key, kernels))
  const kept = files.filter((_, i) => reasons[i].length === 0)
  const { leastResponseMs, mostResponseMs } = key.plan.exclusions
  const isTimely = ({ responseMs }: Answer): boolean => responseMs >= leastResponseMs && responseMs <= mostResponseMs
  const answered = kept.flatMap((file) => ofKernels(file, kernels).map((answer) => ({ file, answer })))
  const timely = answered.filter(({ answer }) => isTimely(answer))
  return {
    files: kept,
    judgments: timely.flatMap(({ file, answer }) => {
      const kernel = kernels.get(answer.item)
      return kernel === undefined ? [] : [judgmentOf(file, answer, kernel)]
    }),
    excluded: files.flatMap(({ participant }, i) =>
      reasons[i].length === 0 ? [] : [{ participant, reasons: reasons[i] }],
    ),
    excludedAnswers: answered.length - timely.length,
  }
}

function judgmentOf(file: AnswerFile, answer: Answer, kernel: KeyedKernel): Judgment {
  const isHumanKernel = kernel.origin === 'human'
  const isLabelledHuman = answer.label === 'human'
  const { id: item, group, origin, corpus, band } = kernel
  return {
    ...{ participant: file.participant, level: file.experience, item, group, origin, corpus, band },
    ...{ isHumanKernel, isLabelledHuman, isRight: isHumanKernel === isLabelledHuman },
    ...{ confidence: answer.confidence, responseMs: answer.responseMs },
  }
}

function ofKernels({ answers }: AnswerFile, kernels: ReadonlyMap<string, KeyedKernel>): Answer[] {
  return answers.filter(({ item }) => kernels.has(item))
}

/** In words; empty for those who stay. */
function exclusionReasons(
  file: AnswerFile,
  study: Study,
  key: StudyKey,
  kernels: ReadonlyMap<string, KeyedKernel>,
): string[] {
  const rules = key.plan.exclusions
  const answers = ofKernels(file, kernels)
  const order = study.schedules.find(({ id }) => id === file.schedule)?.order ?? []
  const asked = order.filter((item) => kernels.has(item)).length
  const human = answers.filter(({ label }) => label === 'human').length
  const equal = Math.max(human, answers.length - human)
  const failed = key.items.filter((item) => {
    const answer = item.kind === 'check' ? file.answers.find((one) => one.item === item.id) : undefined
    if (item.kind !== 'check' || answer === undefined) return false
    return answer.label !== item.expected.label || answer.confidence !== item.expected.confidence
  }).length
  const medianMs = medianOf(answers.map(({ responseMs }) => responseMs))
  const broken = {
    [`answered ${answers.length} of ${asked} kernels`]: answers.length < rules.leastAnswered * asked,
    [`failed ${failed} attention checks`]: failed > rules.mostFailedChecks,
    [`took ${(medianMs / 1000).toFixed(1)} s for a kernel`]: medianMs < rules.leastMedianResponseMs,
    [`gave ${equal} of ${answers.length} kernels one label`]: equal > rules.mostEqualLabels * answers.length,
  }
  return Object.entries(broken).flatMap(([reason, isBroken]) => (isBroken ? [reason] : []))
}

/** NaN of none. */
export function medianOf(values: readonly number[]): number {
  return quantileOf(values, 0.5)
}

/** With linear interpolation; NaN of none. */
export function quantileOf(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN
  const sorted = [...values].sort((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const low = Math.floor(place)
  const high = Math.min(low + 1, sorted.length - 1)
  return sorted[low] + (place - low) * (sorted[high] - sorted[low])
}
