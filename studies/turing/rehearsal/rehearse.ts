// A study played from the first participant to the tests, to see that answers arrive and that the analysis finds what was
// put in. It runs in a folder of its own: made-up answers never come near those of people.

import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Random } from '../../../synth/index.ts'
import { type Difference, testDifference } from '../analysis/difference.ts'
import { judgeStudy } from '../analysis/judgments.ts'
import { startCollector } from '../collector/collector.ts'
import { readCollected } from '../collector/read-collected.ts'
import type { Crowd } from '../power/persona.ts'
import type { AnswerFile, KeyedGroup, Study, StudyKey } from '../study.ts'
import { readKey, readStudy } from '../study-folder.ts'
import { type PlayedParticipant, playStudy } from './play-study.ts'

/** How studies are rehearsed. */
export interface RehearsalOptions extends Crowd {
  readonly participants: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly signal?: AbortSignal
}

/** What came of one. */
export interface RehearsedStudy {
  readonly participants: number
  /** Acknowledged. */
  readonly answers: number
  /** Acknowledged and not there. */
  readonly lost: number
  /** There more than once, or never sent. */
  readonly surplus: number
  /** Participants of the largest group less those of the smallest. */
  readonly imbalance: number
  /** Participants left out by the rules of the study. */
  readonly excluded: number
  readonly contrasts: readonly RehearsedContrast[]
}

/** One group's test. */
export interface RehearsedContrast {
  readonly compares: KeyedGroup['compares']
  /** The difference that was put in. */
  readonly putIn: number
  /** Null where there were too few answers. */
  readonly test: Difference | null
}

/**
 * Play one study.
 * @param folder - with study.json and key.json, which are only read
 * @param scratch - a folder that exists; what is made in it is removed
 */
export async function rehearse(
  folder: string,
  scratch: string,
  options: RehearsalOptions,
  random: Random,
): Promise<RehearsedStudy> {
  const own = await mkdtemp(join(scratch, 'rehearsal-'))
  try {
    for (const name of ['study.json', 'key.json']) await copyFile(join(folder, name), join(own, name))
    const study = readStudy(own)
    const key = readKey(own, study)
    const played = await play(own, study, key, options, random)
    return compare(study, key, options, played, readCollected(own, study))
  } finally {
    await rm(own, { recursive: true, force: true })
  }
}

async function play(
  folder: string,
  study: Study,
  key: StudyKey,
  options: RehearsalOptions,
  random: Random,
): Promise<PlayedParticipant[]> {
  const { participants, now, signal } = options
  await using collector = await startCollector(folder, { port: 0, requestsPerMinute: 0, isDurable: false, now })
  return await playStudy(collector.url, study, key, options, participants, random, signal)
}

function compare(
  study: Study,
  key: StudyKey,
  { difference }: RehearsalOptions,
  played: readonly PlayedParticipant[],
  files: readonly AnswerFile[],
): RehearsedStudy {
  const there = files.flatMap(({ participant, answers }) => answers.map((one) => JSON.stringify([participant, one])))
  const sent = played.flatMap(({ participant, answers }) => answers.map((one) => JSON.stringify([participant, one])))
  const [thereSet, sentSet] = [new Set(there), new Set(sent)]
  // In the order of those who played: the collector's names are random, and sums of floats follow the order.
  const byName = new Map(files.map((file) => [file.participant, file]))
  const known = played.flatMap(({ participant }) => byName.get(participant) ?? [])
  const { judgments, excluded } = judgeStudy(study, key, known)
  const sizes = key.groups.map(({ id }) => played.filter(({ schedule }) => schedule.group === id).length)
  return {
    participants: played.length,
    answers: sent.length,
    lost: sent.filter((one) => !thereSet.has(one)).length,
    surplus: there.length - [...thereSet].filter((one) => sentSet.has(one)).length,
    imbalance: Math.max(...sizes) - Math.min(...sizes),
    excluded: excluded.length,
    contrasts: key.groups.map(({ id, compares }) => {
      const own = judgments.filter(({ group }) => group === id)
      return { compares, putIn: difference[compares], test: testDifference(own, key.plan) ?? null }
    }),
  }
}
