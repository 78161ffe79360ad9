import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { Store } from '../../corpora/index.ts'
import { temporaryFolder } from './samples.ts'

const script = fileURLToPath(new URL('./commit-loop.ts', import.meta.url))
/** Raise it for a longer campaign: `KILLS=500 npx vitest run test/corpora/sigkill.native.test.ts`. */
const kills = Number(process.env.KILLS ?? 8)

interface Writer {
  readonly process: ChildProcessByStdio<null, Readable, Readable>
  /** Keys whose commit returned. */
  readonly committed: string[]
  readonly started: Promise<void>
  readonly ended: Promise<string>
}

function startWriter(path: string, label: string): Writer {
  const process_ = spawn(process.execPath, ['--import', 'tsx', script, path, label], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const committed: string[] = []
  let errors = ''
  let rest = ''
  process_.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk
  })
  const ended = new Promise<string>((resolve) => process_.on('close', () => resolve(errors)))
  const started = new Promise<void>((resolve) => {
    process_.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      committed.push(...lines)
      resolve()
    })
  })
  return { process: process_, committed, started: Promise.race([started, ended.then(() => {})]), ended }
}

it('loses no committed benchmark and keeps none half when writers are killed with SIGKILL', {
  timeout: 600_000,
}, async () => {
  const path = join(temporaryFolder(), 'corpus.db')
  const expected: string[] = []
  // Two writers at a time: one commits while the other dies.
  let next = startWriter(path, 'w0')
  for (let i = 1; i <= kills; i++) {
    const writer = next
    next = startWriter(path, `w${i}`)
    await Promise.all([writer.started, next.started])
    await new Promise((resolve) => setTimeout(resolve, (i * 37) % 60))
    writer.process.kill('SIGKILL')
    expect(await writer.ended).toBe('')
    expect(writer.committed.length).toBeGreaterThan(0)
    expected.push(...writer.committed)
  }
  next.process.kill('SIGKILL')
  await next.ended
  expected.push(...next.committed)

  using store = Store.open(path)
  expect(store.integrityCheck()).toEqual([])
  const stored = new Set<string>()
  for (const benchmark of store.benchmarks.list()) {
    stored.add(benchmark.kernelKey)
    expect(Object.keys(benchmark.features)).toEqual(['grewe', 'instcount'])
    expect(benchmark.text).toContain(`/* ${benchmark.kernelKey} `)
  }
  expect(expected.filter((key) => !stored.has(key))).toEqual([])
  // At most the candidate in flight may be stored without its commit having been reported.
  expect(stored.size - expected.length).toBeLessThanOrEqual(kills + 1)
  expect(store.kernels.count()).toBe(stored.size)
})
