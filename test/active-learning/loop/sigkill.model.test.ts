// The loop, killed at random moments, goes on to what it would have come to.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { Ledger } from '../../../active-learning/loop/index.ts'
import { packagePath } from '../../../kernels/index.ts'
import { Random } from '../../../synth/index.ts'
import { temporaryFolder } from '../../corpora/samples.ts'

const script = fileURLToPath(new URL('./learn-child.ts', import.meta.url))
/** Raise them for a longer campaign: `KILLS=20 ROUNDS=5 BATCH=2 npx vitest run test/active-learning/loop/sigkill.model.test.ts`. */
const kills = Number(process.env.KILLS ?? 3)
const rounds = process.env.ROUNDS ?? '2'
const batch = process.env.BATCH ?? '1'
const seed = Number(process.env.SEED ?? 1)

const hasModel = existsSync(packagePath('model', 'model.json'))
if (!hasModel) console.warn('SKIPPED: SIGKILL of the learner: model/model.json is missing')

interface Ended {
  /** Lines that it printed. */
  readonly steps: string[]
  readonly signal: NodeJS.Signals | null
  readonly errors: string
}

/** @param lifeMs - from its first step on; undefined: let it end by itself */
function runChild(path: string, lifeMs?: number): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, path, rounds, batch], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [text, errors] = ['', '']
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk
  })
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    if (text === '' && lifeMs !== undefined) setTimeout(() => child.kill('SIGKILL'), lifeMs)
    text += chunk
  })
  return new Promise((resolve) =>
    child.on('close', (_, signal) => resolve({ steps: text.split('\n').slice(0, -1), signal, errors })),
  )
}

/** Everything in a ledger but how long it took. */
function contentOf(path: string) {
  using ledger = Ledger.open(path, true)
  expect(ledger.integrityCheck()).toEqual([])
  return ledger.trajectories().map(({ id, ...trajectory }) => ({
    trajectory,
    rows: ledger.rows(id),
    rounds: ledger.rounds(id).map(({ attempts, ...round }) => ({
      ...round,
      attempts: attempts.map(({ findMs: _, labelMs: __, ...attempt }) => attempt),
    })),
  }))
}

it.skipIf(!hasModel)(
  'loses no row, doubles none, and takes the same course when it is killed',
  {
    timeout: 120_000 + 60_000 * kills,
  },
  async () => {
    const folder = temporaryFolder()
    const [calm, killed] = ['calm.db', 'killed.db'].map((name) => join(folder, name))
    const startedMs = performance.now()
    const undisturbed = await runChild(calm)
    expect(undisturbed.errors).toBe('')
    const wholeMs = performance.now() - startedMs
    const rng = new Random(seed)
    const reported: string[] = []
    let killedCount = 0
    for (let i = 0; i < kills; i++) {
      // Mostly early in what is left, so that there is something left for the next.
      const { steps, signal, errors } = await runChild(killed, (rng.next() * wholeMs) / Math.max(2, kills / 2))
      expect(errors).toBe('')
      if (signal === 'SIGKILL') killedCount++
      reported.push(...rowsOf(steps))
    }
    const last = await runChild(killed)
    expect(last.errors).toBe('')
    reported.push(...rowsOf(last.steps))
    expect(killedCount).toBeGreaterThan(0)
    if (process.env.KILLS !== undefined) console.log(`killed ${killedCount} times of ${kills}`)

    const content = contentOf(killed)
    expect(content).toEqual(contentOf(calm))
    const stored = content.flatMap(({ rows, trajectory }) => rows.map(({ row }) => `${trajectory.arm} ${row.program}`))
    expect(new Set(stored).size).toBe(stored.length)
    expect(stored.length).toBeGreaterThan(2)
    // What was reported is there; at most the step in flight of each life was written and not reported.
    expect(reported.filter((row) => !stored.includes(row))).toEqual([])
    expect(new Set(reported).size).toBe(reported.length)
    expect(stored.length - reported.length).toBeLessThanOrEqual(killedCount)
  },
)

function rowsOf(steps: readonly string[]): string[] {
  return steps.flatMap((line) => {
    const { arm, rows } = JSON.parse(line) as { arm: string; rows: string[] }
    return rows.map((row) => `${arm} ${row}`)
  })
}
