import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { type AnswerFile, CollectorClient, readCollected } from '../../../../studies/index.ts'
import { temporaryFolder } from '../../../corpora/samples.ts'
import { smallStudy, writeStudy } from '../small-study.ts'
import { type Sent, takePart } from './participants.ts'

const script = fileURLToPath(new URL('./serve-until-killed.ts', import.meta.url))
/** More: `KILLS=20 PARTICIPANTS=200 npx vitest run --project native test/studies/turing/collector/sigkill`. */
const kills = Number(process.env.KILLS ?? 1)
const people = Number(process.env.PARTICIPANTS ?? 30)

interface Served {
  readonly process: ChildProcessByStdio<null, Readable, null>
  readonly url: string
}

async function serve(folder: string, port: number): Promise<Served> {
  const args = ['--import', 'tsx', script, folder, String(port)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  return { process: child, url: line.trim() }
}

async function kill({ process: child }: Served): Promise<void> {
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
}

it('keeps every answer that it acknowledged, once, when it is killed in the middle', { timeout: 600_000 }, async () => {
  const folder = writeStudy(temporaryFolder())
  const { study } = smallStudy()
  let collector = await serve(folder, 0)
  const { url } = collector
  const port = Number(new URL(url).port)
  const acknowledged = new Map<string, number>()
  const parts = Array.from({ length: people }, async (_, n): Promise<Sent> => {
    const client = new CollectorClient(url)
    const watched = watch(client, acknowledged)
    return await takePart(watched, study, n, () => wait(20))
  })
  for (let i = 0; i < kills; i++) {
    const before = total(acknowledged)
    while (total(acknowledged) < before + people) await wait(1)
    await kill(collector)
    const promised = new Map(acknowledged)
    // Read while nobody serves: what was promised is in the file.
    const files = readCollected(folder, study)
    expect(files.reduce((sum, { answers }) => sum + answers.length, 0)).toBeGreaterThanOrEqual(total(promised))
    expect(files.every(isInOrder)).toBe(true)
    collector = await serve(folder, port)
  }
  const sent = await Promise.all(parts)
  await kill(collector)

  const files = readCollected(folder, study)
  expect(files.length).toBe(people)
  expect(files.every(({ finishedAtMs }) => finishedAtMs !== null)).toBe(true)
  expect(files.map(({ answers }) => JSON.stringify(answers)).sort()).toEqual(
    sent.map(({ answers }) => JSON.stringify(answers)).sort(),
  )
  const perSchedule = study.schedules.map(({ id }) => files.filter(({ schedule }) => schedule === id).length)
  expect(Math.max(...perSchedule) - Math.min(...perSchedule)).toBeLessThanOrEqual(1)
})

/** The client, with a note of what it was promised, taken as soon as the promise arrives. */
function watch(client: CollectorClient, acknowledged: Map<string, number>): CollectorClient {
  const answer = client.answer.bind(client)
  client.answer = async (...args) => {
    const reply = await answer(...args)
    if (reply.state !== null) acknowledged.set(client.token, reply.state.answered)
    return reply
  }
  return client
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

function isInOrder({ answers }: AnswerFile): boolean {
  return answers.every(({ order }, i) => order === i)
}
