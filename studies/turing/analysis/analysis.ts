// What a study came to, as plain data: printed as JSON, and described in Markdown, HTML and pictures.

import type { KeyedGroup, StudyPlan } from '../study.ts'
import type { Detection, LabelCounts, MeanDetection } from './detection.ts'
import type { Difference } from './difference.ts'
import type { ExcludedParticipant } from './judgments.ts'
import type { Interval, Proportion } from './proportion.ts'

/** A level of experience, or everybody. */
export const everybody = 'all'

export interface Analysis {
  readonly study: string
  readonly title: string
  /** Of the benchsteer that analysed. */
  readonly version: string
  readonly plan: StudyPlan
  readonly groups: readonly KeyedGroup[]
  readonly machines: readonly string[]
  readonly participants: ParticipantCounts
  readonly contrasts: readonly Contrast[]
  readonly shares: readonly ShareRow[]
  readonly confidence: readonly ConfidenceRow[]
  readonly responseTimes: readonly ResponseTimeRow[]
  readonly agreement: readonly AgreementRow[]
  readonly items: readonly ItemRow[]
  readonly people: readonly PersonRow[]
}

/** Who took part. */
export interface ParticipantCounts {
  readonly kept: number
  readonly excluded: readonly ExcludedParticipant[]
  /** Single answers of those who were kept. */
  readonly excludedAnswers: number
  /** Kept, by id of the group of schedules. */
  readonly byGroup: Readonly<Record<string, number>>
  /** Kept, by level, least experience first. */
  readonly byLevel: Readonly<Record<string, number>>
  /** Files that could not be read. */
  readonly unreadable: readonly { readonly file: string; readonly problem: string }[]
}

/** What the two tests say together. */
export type Conclusion = 'equivalent' | 'different' | 'different within the margin' | 'inconclusive' | 'too few answers'

/** Human kernels against others. */
export interface Contrast {
  /** `machine` for all machines together, `control`, or the name of one machine corpus. */
  readonly compares: string
  /** Of the participants; `all` for everybody. */
  readonly level: string
  readonly participants: number
  readonly counts: LabelCounts
  /** Of both kinds together. */
  readonly accuracy: Proportion
  /** Over all judgments. */
  readonly detection: Detection
  /** Over participants. */
  readonly meanDetection: MeanDetection
  /** Null where there are too few answers. */
  readonly test: Difference | null
  /** Null where it was not computed: by level, or with too few answers. */
  readonly pPermutation: number | null
  readonly conclusion: Conclusion
}

/** How often the kernels of a corpus were labelled human. */
export interface ShareRow {
  /** The human kernels of each group are told apart. */
  readonly corpus: string
  readonly group: string
  readonly level: string
  readonly labelledHuman: Proportion
}

/** How often those were right who were so sure. */
export interface ConfidenceRow {
  readonly compares: 'machine' | 'control'
  readonly level: string
  /** 1 to 5. */
  readonly confidence: number
  readonly accuracy: Proportion
  /**
   * Of all levels: the chance that a right answer is given with more confidence than a wrong one (area under the type-2
   * ROC); 0.5 where confidence says nothing, null where all are right or wrong.
   */
  readonly discrimination: number | null
}

/** Response times in ms. */
export interface ResponseTimeRow {
  readonly corpus: string
  readonly group: string
  readonly level: string
  /** Null for any; by level any only. */
  readonly isRight: boolean | null
  readonly count: number
  readonly lowerQuartileMs: number
  readonly medianMs: number
  readonly upperQuartileMs: number
}

/** How far participants agree. */
export interface AgreementRow {
  readonly group: string
  readonly level: string
  readonly items: number
  readonly labels: number
  /** Krippendorff's alpha; null where it is not defined. */
  readonly alpha: number | null
  /** At 95 %, by drawing items anew. */
  readonly interval: Interval | null
}

/** One kernel. */
export interface ItemRow {
  readonly item: string
  readonly corpus: string
  readonly group: string
  readonly count: number
  readonly labelledHuman: number
  /** Share right, and Wilson's interval: participants judge it once each. */
  readonly accuracy: number
  readonly interval: Interval
  readonly medianMs: number
}

/** One participant. */
export interface PersonRow {
  readonly participant: string
  readonly group: string
  readonly level: string
  readonly count: number
  readonly accuracy: number
  readonly sensitivity: number
  readonly bias: number
  readonly medianMs: number
}
