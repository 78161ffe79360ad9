// Programs started here and by the invoker end alike; the invoker neither keeps a process alive nor outlives it.

import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Invocation, invokeHere } from '../../../kernels/invoke/invocation.ts'
import { invoke } from '../../../kernels/invoke/invoke.ts'

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const user = fileURLToPath(new URL('./invoke-user.ts', import.meta.url))

function shell(script: string, timeoutMs = 20_000): Invocation {
  return { command: '/bin/sh', args: ['-c', script], cwd: tmpdir(), timeoutMs }
}

/** Who starts the next program. */
async function starter(): Promise<number> {
  return Number((await invoke(shell('echo $PPID >&2'))).stderr)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

beforeAll(async () => {
  while ((await starter()) === process.pid) await setTimeout(10)
})

describe.each([
  ['here', invokeHere],
  ['by the invoker', invoke],
] as const)('a program started %s', (_, run) => {
  it('ends with its exit code and what it said', async () => {
    const end = await run(shell('pwd >&2; echo out; exit 3'))
    expect(end).toEqual({ code: 3, stderr: `${tmpdir()}\n`, isCut: false })
  })

  it('is killed at its time limit', async () => {
    expect(await run(shell('echo begun >&2; exec sleep 60', 300))).toEqual({
      code: null,
      stderr: 'begun\n',
      isCut: false,
    })
  })

  it('is an error where it cannot be started', async () => {
    await expect(run({ ...shell(''), command: '/nowhere/clang' })).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('is stopped by its signal', async () => {
    const controller = new AbortController()
    const running = run(shell('exec sleep 61'), controller.signal)
    running.catch(() => {})
    await setTimeout(200)
    controller.abort(new Error('enough'))
    await expect(running).rejects.toThrow('enough')
    await expect(run(shell('exit 0'), controller.signal)).rejects.toThrow('enough')
  })

  it('does not wait for another', async () => {
    const ends = await Promise.all([run(shell('sleep 0.3; exit 1')), run(shell('exit 2')), run(shell('exit 4'))])
    expect(ends.map(({ code }) => code)).toEqual([1, 2, 4])
  })
})

it('begins a program again whose invoker dies, ends the first, and replaces the invoker', async () => {
  const invoker = await starter()
  expect(invoker).not.toBe(process.pid)
  const file = join(mkdtempSync(join(tmpdir(), 'benchsteer-invoke-')), 'pids')
  const running = invoke(shell(`echo $$ >> ${file}; exec sleep 1`))
  await expect.poll(() => existsSync(file)).toBe(true)
  process.kill(invoker, 'SIGKILL')
  expect(await running).toEqual({ code: 0, stderr: '', isCut: false })
  const pids = readFileSync(file, 'utf8').trim().split('\n').map(Number)
  expect(pids).toHaveLength(2)
  await expect.poll(() => pids.map(isAlive)).toEqual([false, false])
  await expect.poll(starter, { timeout: 20_000 }).not.toBe(process.pid)
  expect(await starter()).not.toBe(invoker)
})

it('stops what it has begun again, too', async () => {
  const invoker = await starter()
  expect(invoker).not.toBe(process.pid)
  const controller = new AbortController()
  const running = [1, 2, 3].map(() => invoke(shell('exec sleep 62'), controller.signal))
  const ends = Promise.allSettled(running)
  process.kill(invoker, 'SIGKILL')
  await setTimeout(300)
  controller.abort(new Error('enough'))
  expect((await ends).map((end) => end.status === 'rejected' && String(end.reason))).toEqual(
    Array.from({ length: 3 }, () => 'Error: enough'),
  )
})

it('lets a process end that has nothing else to do', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', tsx, user], { timeout: 30_000 })
  const invoker = Number(stdout)
  await expect.poll(() => isAlive(invoker), { timeout: 10_000 }).toBe(false)
})

it('dies with a process that is killed, and what it started with it', async () => {
  const child = spawn(process.execPath, ['--import', tsx, user, 'sleep'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [invoker, sleeper] = await new Promise<number[]>((resolve) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const pids = text.trim().split('\n').map(Number)
      if (pids.length === 2) resolve(pids)
    })
  })
  expect([invoker, sleeper].map(isAlive)).toEqual([true, true])
  child.kill('SIGKILL')
  await expect.poll(() => [invoker, sleeper].map(isAlive), { timeout: 10_000 }).toEqual([false, false])
})
