// Programs started here and by the launcher end alike; the launcher neither keeps a process alive nor outlives it.

import { execFile, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { launch } from '../../../kernels/launch/launch.ts'
import { type Program, runProgram } from '../../../kernels/launch/program.ts'

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const user = fileURLToPath(new URL('./launch-user.ts', import.meta.url))

function shell(script: string, timeoutMs = 20_000): Program {
  return { command: '/bin/sh', args: ['-c', script], cwd: tmpdir(), timeoutMs }
}

/** Who starts the next program. */
async function starter(): Promise<number> {
  return Number((await launch(shell('echo $PPID >&2'))).stderr)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

it('leaves the start to a launcher after the first programs', async () => {
  expect(await starter()).toBe(process.pid)
  for (let i = 0; i < 8; i++) await starter()
  await expect.poll(starter, { timeout: 20_000 }).not.toBe(process.pid)
})

describe.each([
  ['here', runProgram],
  ['by the launcher', launch],
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
    await expect(run({ ...shell(''), command: '/nowhere/clang' })).rejects.toThrow(/ENOENT/)
  })

  it('is stopped by its signal', async () => {
    const controller = new AbortController()
    const running = run(shell('exec sleep 61'), controller.signal)
    running.catch(() => {})
    await setTimeout(200)
    controller.abort()
    await expect(running).rejects.toThrow(/abort/i)
  })

  it('does not wait for another', async () => {
    const ends = await Promise.all([run(shell('sleep 0.3; exit 1')), run(shell('exit 2')), run(shell('exit 4'))])
    expect(ends.map(({ code }) => code)).toEqual([1, 2, 4])
  })
})

it('begins a program again whose launcher dies, and is replaced', async () => {
  const launcher = await starter()
  const running = launch(shell('sleep 0.5; echo done >&2'))
  process.kill(launcher, 'SIGKILL')
  expect(await running).toEqual({ code: 0, stderr: 'done\n', isCut: false })
  await expect.poll(starter, { timeout: 20_000 }).not.toBe(process.pid)
  expect(await starter()).not.toBe(launcher)
})

it('lets a process end that has nothing else to do', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', tsx, user], { timeout: 30_000 })
  const launcher = Number(stdout)
  await expect.poll(() => isAlive(launcher), { timeout: 10_000 }).toBe(false)
})

it('dies with a process that is killed, and what it started with it', async () => {
  const child = spawn(process.execPath, ['--import', tsx, user, 'sleep'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [launcher, sleeper] = await new Promise<number[]>((resolve) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const pids = text.trim().split('\n').map(Number)
      if (pids.length === 2) resolve(pids)
    })
  })
  expect([launcher, sleeper].map(isAlive)).toEqual([true, true])
  child.kill('SIGKILL')
  await expect.poll(() => [launcher, sleeper].map(isAlive), { timeout: 10_000 }).toEqual([false, false])
})
