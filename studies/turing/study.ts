// What the files of a study folder hold. `study.json` is public and says nothing of who wrote a kernel; `key.json` is
// sealed and says it; answer files come from participants, so nothing in them is believed before it is parsed.
//
//   DIR/study.json  key.json  preregistration.md  site/  answers/*.json  answers.db
//
// The public file has no seed: whoever has the seed and the corpora could make the key again.

/** The version of all three formats. */
export const studyFormat = 1

/** What a participant may say of a kernel. */
export type Label = 'human' | 'machine'

export const labels: readonly Label[] = ['human', 'machine']

/** 1 (a guess) to 5 (certain). */
export type Confidence = 1 | 2 | 3 | 4 | 5

/** A kernel to be judged; attention checks look the same. */
export interface StudyItem {
  /** Opaque, `[0-9a-f]{12}`; sorting by it says nothing of the origin. */
  readonly id: string
  /** OpenCL C in normal form and the one formatting, with a final newline. */
  readonly text: string
}

/** A kernel to learn the task on; its origin is no secret. */
export interface PracticeItem extends StudyItem {
  readonly origin: Label
  /** Shown after the answer. */
  readonly feedback: string
}

/** What one participant judges, in order. */
export interface Schedule {
  /** Opaque, `[0-9a-f]{12}`. */
  readonly id: string
  /** Participants of a group judge the same items. What sets groups apart is in the key. */
  readonly group: string
  /** Ids of items, attention checks among them. */
  readonly order: readonly string[]
}

/** A level of experience that participants may choose. */
export interface ExperienceLevel {
  /** `[a-z0-9-]+`. */
  readonly id: string
  readonly label: string
}

/** All that participants read. Paragraphs are plain text. The researcher may edit them. */
export interface StudyTexts {
  readonly consent: readonly string[]
  readonly instructions: readonly string[]
  readonly experienceQuestion: string
  /** Least first; two to eight. */
  readonly experienceLevels: readonly ExperienceLevel[]
  /** Asked of every kernel. */
  readonly question: string
  readonly labels: Readonly<Record<Label, string>>
  readonly confidenceQuestion: string
  /** For 1 to 5. */
  readonly confidenceLevels: readonly [string, string, string, string, string]
  readonly thanks: readonly string[]
}

/** `study.json`. */
export interface Study {
  readonly formatVersion: typeof studyFormat
  /** `[0-9a-f]{16}`. */
  readonly id: string
  readonly title: string
  /** BCP 47, of the texts. */
  readonly language: string
  /** SHA-256 of the bytes of `key.json`, in hex: the key cannot be changed after the fact. */
  readonly keyHash: string
  /** By id. */
  readonly items: readonly StudyItem[]
  /** Judged first, in this order, by everyone. */
  readonly practice: readonly PracticeItem[]
  /** Handed out from the first on, groups alternate; each in turn before one comes again. */
  readonly schedules: readonly Schedule[]
  readonly texts: StudyTexts
}

/** Who wrote an item. */
export type Origin = 'human' | 'machine' | 'control'

/** What the key says of a kernel under study. */
export interface KeyedKernel {
  readonly kind: 'kernel'
  readonly id: string
  readonly origin: Origin
  /** Name of the corpus: `human`, `machine`, the name in `--machine name=path`, `control`. */
  readonly corpus: string
  /** The group of schedules that it is in. */
  readonly group: string
  /** Content key of the normal form. */
  readonly contentKey: string
  /** The band that it was matched in. */
  readonly band: string
  /** What it was matched by. */
  readonly covariates: Readonly<Record<string, number>>
}

/** What the key says of an attention check: it asks for this answer. */
export interface KeyedCheck {
  readonly kind: 'check'
  readonly id: string
  readonly expected: { readonly label: Label; readonly confidence: Confidence }
}

/** What a group of schedules sets against human kernels. */
export interface KeyedGroup {
  readonly id: string
  readonly compares: 'machine' | 'control'
}

/** Who is left out of the analysis; settled before the first answer. */
export interface ExclusionRules {
  /** Share of the kernels of the schedule that must be answered, 0 to 1. */
  readonly leastAnswered: number
  /** Failed attention checks, at most. */
  readonly mostFailedChecks: number
  /** The median response time must reach it. */
  readonly leastMedianResponseMs: number
  /** Single answers that came faster, or slower, are left out of everything. */
  readonly leastResponseMs: number
  readonly mostResponseMs: number
  /** Share of equal labels, at most, 0 to 1; 1 leaves nobody out. */
  readonly mostEqualLabels: number
}

/** The analysis that was settled before the first answer. */
export interface StudyPlan {
  /** Of each test. */
  readonly alpha: number
  /** Equivalence margin: difference of the shares labelled human, 0 to 1. */
  readonly margin: number
  /** Participants of each group after exclusions, that the power calculation asks for. */
  readonly participantsPerGroup: number
  readonly exclusions: ExclusionRules
}

/** `key.json`. */
export interface StudyKey {
  readonly formatVersion: typeof studyFormat
  /** Of the study. */
  readonly study: string
  readonly seed: number
  /** Of benchsteer. */
  readonly version: string
  /** Names of the machine corpora. */
  readonly machines: readonly string[]
  readonly groups: readonly KeyedGroup[]
  /** By id; the same ids as in the study. */
  readonly items: readonly (KeyedKernel | KeyedCheck)[]
  readonly plan: StudyPlan
}

/** One answer. */
export interface Answer {
  readonly item: string
  readonly label: Label
  readonly confidence: Confidence
  /** From the kernel's appearance to the answer, pauses and hidden pages left out. */
  readonly responseMs: number
  /** Place in the schedule, from 0. */
  readonly order: number
}

/** A time in which the participant was away. */
export interface Pause {
  readonly startMs: number
  readonly endMs: number
}

/** One participant's answers: `answers/*.json`, or what a collector took. */
export interface AnswerFile {
  readonly formatVersion: typeof studyFormat
  readonly study: string
  readonly schedule: string
  /** Random, `[0-9a-f]{16,64}`; says nothing of the person. */
  readonly participant: string
  /** Id of a level. */
  readonly experience: string
  /** In ms since 1970. */
  readonly startedAtMs: number
  /** Null where the participant has not come to the end. */
  readonly finishedAtMs: number | null
  /** By `order`, each item once. */
  readonly answers: readonly Answer[]
  readonly pauses: readonly Pause[]
}
