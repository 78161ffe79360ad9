import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  AnswerStore,
  CollectorClient,
  parseAnswerFile,
  readCollected,
  startCollector,
} from '../../../../studies/index.ts'
import { temporaryFolder } from '../../../corpora/samples.ts'
import { smallStudy, writeStudy } from '../small-study.ts'
import { askRaw } from './ask.ts'
import { answerAt, takePart } from './participants.ts'
import { start } from './running.ts'

const { study } = smallStudy()
const people = Number(process.env.PARTICIPANTS ?? 50)
const token = 'ab'.repeat(32)
const never = async (): Promise<void> => {
  throw new Error('the collector could not be reached')
}

async function begun(url: string): Promise<CollectorClient> {
  const client = new CollectorClient(url)
  expect((await client.begin({ experience: 'none' })).status).toBe(201)
  return client
}

describe('a collector', () => {
  it('keeps groups and schedules within one of each other when everybody comes at once', async () => {
    const schedules = study.schedules.map((schedule) => ({ ...schedule, order: schedule.order.slice(0, 3) }))
    const { url, folder } = await start({}, { schedules })
    const short = { ...study, schedules }
    const all = Array.from({ length: people }, (_, n) => takePart(new CollectorClient(url), short, n, never))
    const sent = await Promise.all(all)
    const files = readCollected(folder, short)
    const of = (key: 'schedule' | 'group') => {
      const counts = new Map<string, number>()
      for (const file of files) {
        const value = study.schedules.find(({ id }) => id === file.schedule)![key === 'group' ? 'group' : 'id']
        counts.set(value, (counts.get(value) ?? 0) + 1)
      }
      return [...counts.values()]
    }
    expect(of('group')).toHaveLength(2)
    expect(of('schedule')).toHaveLength(4)
    for (const counts of [of('group'), of('schedule')]) {
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
    }
    expect(files.every((file) => parseAnswerFile(file, study).ok && file.finishedAtMs !== null)).toBe(true)
    const asText = (lists: readonly { answers: readonly object[] }[]) =>
      lists.map(({ answers }) => JSON.stringify(answers)).sort()
    expect(asText(files)).toEqual(asText(sent))
  })

  it('tells the score at the end, the key never', async () => {
    const { url } = await start()
    const client = new CollectorClient(url)
    const { state } = await client.begin({ experience: 'some' })
    let last = await client.answer({ ...answerAt(study, state!.schedule, 0, 0), label: 'human' })
    expect(last.state?.score).toBeNull()
    for (let order = 1; order < 7; order++) {
      last = await client.answer({ ...answerAt(study, state!.schedule, order, 0), label: 'human' })
    }
    // Three of the six kernels are by people; the check does not count.
    expect(last.state).toMatchObject({ isFinished: true, answered: 7, score: { right: 3, of: 6 } })
    const hidden = await start({ tellsScore: false })
    const other = new CollectorClient(hidden.url)
    await takePart(other, study, 0, never)
    expect((await other.state()).state).toMatchObject({ isFinished: true, score: null })
  })

  it('takes what is sent twice once: starts and answers', async () => {
    const { url, counts } = await start()
    const client = await begun(url)
    expect(await client.begin({ experience: 'none' })).toMatchObject({ status: 200, state: { answered: 0 } })
    expect(await client.begin({ experience: 'some' })).toMatchObject({ status: 409, error: 'conflict' })
    const { state } = await client.state()
    const answer = answerAt(study, state!.schedule, 0, 0)
    const replies = await Promise.all(Array.from({ length: 10 }, () => client.answer(answer)))
    expect(replies.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201])
    expect(await client.answer({ ...answer, label: 'machine' })).toMatchObject({ status: 409, error: 'conflict' })
    expect(await client.answer(answerAt(study, state!.schedule, 2, 0))).toMatchObject({
      status: 409,
      error: 'out-of-order',
    })
    expect(counts()).toEqual({ started: 1, finished: 0, answers: 1 })
  })

  it('lets nobody see or change what is another’s', async () => {
    const { url, counts } = await start()
    const [mine, other] = [await begun(url), await begun(url)]
    const { state } = await other.state()
    expect((await mine.state()).state?.participant).not.toBe(state?.participant)
    // The first group's schedule is not the second's: an answer for one is refused by the other.
    const wrong = { ...answerAt(study, state!.schedule, 0, 0), order: 1 }
    expect(await mine.answer(wrong)).toMatchObject({ status: 400, error: 'not-scheduled' })
    for (const forged of [token, mine.token.replace(/./g, '0'), other.token.split('').reverse().join('')]) {
      const client = new CollectorClient(url, forged)
      expect(await client.state()).toMatchObject({ status: 401, state: null, error: 'token-unknown' })
      expect(await client.answer(answerAt(study, state!.schedule, 0, 0))).toMatchObject({ status: 401 })
      expect(await client.withdraw()).toMatchObject({ status: 401 })
    }
    // Names in answer files are no tokens.
    expect((await new CollectorClient(url, state!.participant.repeat(4)).state()).status).toBe(401)
    expect(counts()).toEqual({ started: 2, finished: 0, answers: 0 })
  })

  it('forgets who withdraws, and gives the place to another', async () => {
    const { url, folder, counts } = await start()
    const leaving = await begun(url)
    const { schedule, participant } = (await leaving.state()).state!
    await leaving.answer(answerAt(study, schedule, 0, 0))
    expect(readFileSync(join(folder, 'answers.db-wal')).includes(participant)).toBe(true)
    expect((await leaving.withdraw()).status).toBe(204)
    expect((await leaving.state()).status).toBe(401)
    expect(counts()).toEqual({ started: 0, finished: 0, answers: 0 })
    expect((await (await begun(url)).state()).state?.schedule).toBe(schedule)
    for (const file of ['answers.db', 'answers.db-wal']) {
      expect(readFileSync(join(folder, file)).includes(participant)).toBe(false)
    }
  })

  it('counts people who went away no longer', async () => {
    let nowMs = 0
    const { url } = await start({ now: () => nowMs, abandonedAfterMs: 1_000 })
    const first = (await (await begun(url)).state()).state!.schedule
    nowMs = 500
    expect((await (await begun(url)).state()).state!.schedule).not.toBe(first)
    nowMs = 1_200
    expect((await (await begun(url)).state()).state!.schedule).toBe(first)
  })

  it('lets in an invitation once where it asks for them', async () => {
    const { url, folder } = await start({ needsInvitation: true })
    const [invitation] = (() => {
      using store = AnswerStore.open(folder, study)
      return store.invite(2)
    })()
    const clients = Array.from({ length: 5 }, () => new CollectorClient(url))
    expect(await clients[0].begin({ experience: 'none' })).toMatchObject({ status: 403, error: 'invitation-needed' })
    const replies = await Promise.all(clients.map((client) => client.begin({ experience: 'none', invitation })))
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 403, 403, 403, 403])
    const admitted = clients[replies.findIndex(({ status }) => status === 201)]
    expect((await admitted.begin({ experience: 'none', invitation })).status).toBe(200)
    using store = AnswerStore.open(folder, study)
    expect(store.listInvitations()).toEqual([true, false])
  })

  it('slows down who asks too much, and says for how long', async () => {
    const { url } = await start({ requestsPerMinute: 15 })
    await begun(url)
    const replies = await Promise.all(Array.from({ length: 8 }, () => askRaw(url, { path: '/api/health' })))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429, 429, 429])
    const refused = replies.find(({ status }) => status === 429)!
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    // Who is not believed about his address is not believed in this header either.
    const forged = await askRaw(url, { path: '/api/health', headers: { 'x-forwarded-for': '10.0.0.1' } })
    expect(forged.status).toBe(429)
  })

  it('counts the addresses that a proxy tells where there is one', async () => {
    const { url } = await start({ requestsPerMinute: 1, isBehindProxy: true })
    const from = async (address: string) =>
      (await askRaw(url, { path: '/api/health', headers: { 'x-forwarded-for': `6.6.6.6, ${address}` } })).status
    expect([await from('10.0.0.1'), await from('10.0.0.2'), await from('10.0.0.1')]).toEqual([200, 200, 429])
  })

  it('refuses folders that are no study, keys that are not the sealed one, and answers of another study', async () => {
    const folder = writeStudy(temporaryFolder(), { keyHash: '0'.repeat(64) })
    await expect(startCollector(folder, { port: 0, now: () => 0 })).rejects.toThrow(/key\.json: expected the file with/)
    await expect(startCollector(temporaryFolder(), { port: 0, now: () => 0 })).rejects.toThrow(/study\.json: expected/)
    await expect(startCollector(folder, { port: 70_000, now: () => 0 })).rejects.toThrow('port: expected an integer')
    const { folder: used } = await start()
    expect(() => AnswerStore.open(used, { ...study, id: 'f'.repeat(16) })).toThrow(/holds answers of study/)
  })
})
