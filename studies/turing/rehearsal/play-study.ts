// Made-up participants who take part as people do: over HTTP, all of them at the same time.

import { BenchError } from '../../../kernels/index.ts'
import type { Random } from '../../../synth/index.ts'
import { CollectorClient, type CollectorReply } from '../collector/client.ts'
import type { ParticipantState } from '../collector/messages.ts'
import { type Crowd, drawAnswers, drawLooks } from '../power/persona.ts'
import type { Answer, Schedule, Study, StudyKey } from '../study.ts'

/** What a participant sent, all of it acknowledged. */
export interface PlayedParticipant {
  /** As in answer files. */
  readonly participant: string
  readonly schedule: Schedule
  readonly answers: readonly Answer[]
}

/**
 * Let `participants` people take part. They begin one after another, so that the same seed gives the same answers, and
 * answer all at once.
 * @param url - of a collector of the study, without a limit of requests
 * @throws {BenchError} SERVER_FAILED where it refuses one of them
 */
export async function playStudy(
  url: string,
  study: Study,
  key: StudyKey,
  crowd: Crowd,
  participants: number,
  random: Random,
  signal?: AbortSignal,
): Promise<PlayedParticipant[]> {
  const looks = drawLooks(key, crowd.model, random)
  const begun: { client: CollectorClient; state: ParticipantState; random: Random }[] = []
  for (let i = 0; i < participants; i++) {
    signal?.throwIfAborted()
    const client = new CollectorClient(url)
    const own = random.fork()
    const experience = own.pick(study.texts.experienceLevels).id
    begun.push({ client, state: stateOf(await client.begin({ experience })), random: own })
  }
  return await Promise.all(
    begun.map(async ({ client, state, random: own }): Promise<PlayedParticipant> => {
      const schedule = study.schedules.find(({ id }) => id === state.schedule)
      if (schedule === undefined) throw new BenchError('SERVER_FAILED', `${url} serves another study`)
      const answers = drawAnswers(schedule, key, crowd, looks, own)
      for (const answer of answers) {
        signal?.throwIfAborted()
        stateOf(await client.answer(answer))
      }
      return { participant: state.participant, schedule, answers }
    }),
  )
}

function stateOf({ state, status, error }: CollectorReply): ParticipantState {
  if (state !== null) return state
  throw new BenchError('SERVER_FAILED', `the collector refused a participant: ${status} ${error}`)
}
