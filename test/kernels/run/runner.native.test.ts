// The runner on PoCL: what it measures, and that nothing a kernel does reaches beyond its process.

import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostileKinds, writeHostileKernel } from '../../../cli/bench/hostile-kernels.ts'
import { Random } from '../../../kernels/random.ts'
import { describeIsolation } from '../../../kernels/run/isolation.ts'
import type { RunLimits } from '../../../kernels/run/limits.ts'
import type { Death, LaunchReply, LoadReply } from '../../../kernels/run/protocol.ts'
import { Runner } from '../../../kernels/run/runner.ts'
import { whyNoDevice } from '../native-device.ts'
import { intKernel, intPayload } from './payloads.ts'

const whyNot = await whyNoDevice()
if (whyNot !== undefined) console.warn(`skipped: ${whyNot}`)

describe.skipIf(whyNot !== undefined)('Runner', () => {
  let runner: Runner
  beforeAll(async () => {
    runner = await Runner.open({ workers: 2, spares: 2 })
  })
  afterAll(() => runner[Symbol.dispose]())

  async function run(source: string, limits?: RunLimits): Promise<LoadReply | LaunchReply | Death> {
    using session = await runner.lend()
    const loaded = await session.load({ source, payload: intPayload() }, limits)
    if (loaded.kind === 'died' || !loaded.ok) return loaded
    return await session.launch({ runs: 1, guardSalt: 0, wantOutputs: true }, limits)
  }

  it('gives outputs and times of every run, each from the same bytes', async () => {
    using session = await runner.lend()
    await session.load({ source: intKernel('p[i] = p[i] * n + i;'), payload: intPayload() })
    const end = await session.launch({ runs: 3, guardSalt: 0, wantOutputs: true })
    if (end.kind !== 'launched' || !end.ok) throw new Error(JSON.stringify(end))
    expect(new Int32Array(end.outputs[0]?.slice().buffer ?? new ArrayBuffer(0))).toEqual(
      Int32Array.from({ length: 64 }, (_, i) => 3 * 64 + i),
    )
    expect(end.times).toHaveLength(3)
    for (const times of end.times) expect(Math.min(times.writeNs, times.kernelNs, times.readNs)).toBeGreaterThan(0)
    expect(end.damage).toEqual([])
  })

  it('finds writes beside a buffer, on both sides', async () => {
    expect(await run(intKernel('p[i + 1] = n;'))).toMatchObject({ damage: [{ argument: 0, offset: 256, bytes: 4 }] })
    expect(await run(intKernel('p[i - 2] = n;'))).toMatchObject({ damage: [{ argument: 0, offset: -8, bytes: 8 }] })
  })

  it('refuses what does not compile, ranges that do not fit, and foreign code', async () => {
    const refusal = { kind: 'loaded', ok: false, stage: 'build' }
    expect(await run(intKernel('p[i] = q;'))).toMatchObject({ ...refusal, log: expect.stringContaining("'q'") })
    expect(await run(`int system(const char *);\n${intKernel('system("true");')}`)).toMatchObject(refusal)
    const other = 'kernel void other(global int *p) { p[0] = 1; }'
    expect(await run(other)).toMatchObject({ ok: false, stage: 'arguments' })
    const large = 'kernel __attribute__((reqd_work_group_size(128, 1, 1))) void k(global int *p, int n) { p[0] = n; }'
    expect(await run(large)).toMatchObject({ ok: false, stage: 'arguments' })
  })

  it('stops what does not end, by CPU time and by the clock', async () => {
    const endless = intKernel('while (n >= 0 || p[i] < 2) p[i] = p[i] * 3 + 1;')
    expect(await run(endless, { cpuMs: 600 })).toMatchObject({ kind: 'died', cause: 'cpu', hadBegun: true })
    expect(await run(endless, { wallMs: 900, cpuMs: 1e6 })).toMatchObject({ kind: 'died', cause: 'wall' })
  })

  it('survives a crash and goes on', async () => {
    const wild = intKernel('p[1000000000L + i] = n;')
    expect(await run(wild)).toMatchObject({
      kind: 'died',
      cause: 'crash',
      log: expect.stringMatching(/SIGSEGV|SIGBUS/),
    })
    expect(await run(intKernel('p[i] = n;'))).toMatchObject({ kind: 'launched', ok: true })
  })

  it('keeps workers within memory, files and without a network', async () => {
    const [pid] = workersOf(process.pid)
    const limits = readFileSync(`/proc/${pid}/limits`, 'utf8')
    const { hasSystemLimits, network } = describeIsolation()
    if (hasSystemLimits) {
      expect(limits).toMatch(/Max data size +4294967296 /)
      expect(limits).toMatch(/Max file size +67108864 /)
      expect(limits).toMatch(/Max core file size +0 /)
    }
    // One interface at most: the loopback, which is down.
    const interfaces = readFileSync(`/proc/${pid}/net/dev`, 'utf8').trim().split('\n').slice(2)
    if (network === 'none') expect(interfaces.length).toBeLessThanOrEqual(1)
  })

  it('gives a result for each kind of hostile kernels, and leaves nothing behind', async () => {
    const random = new Random(7)
    const ends = new Map<string, string>()
    const work = hostileKinds.filter((kind) => kind !== 'harmless').values()
    const limits = { cpuMs: 300, wallMs: 2000 }
    const runOnes = async (): Promise<void> => {
      for (const kind of work) ends.set(kind, (await run(writeHostileKernel(random, kind).text, limits)).kind)
    }
    await Promise.all([runOnes(), runOnes()])
    expect([...ends.keys()].sort()).toEqual(hostileKinds.filter((kind) => kind !== 'harmless').sort())
    const harmless = writeHostileKernel(random, 'harmless').text
    expect(await run(harmless)).toMatchObject({ kind: 'launched', ok: true })
  })

  it('ends its processes and removes their folders', async () => {
    const before = new Set(workersOf(process.pid))
    const own = await Runner.open({ workers: 1, spares: 1 })
    const started = workersOf(process.pid).filter((pid) => !before.has(pid))
    const folders = started.map((pid) => /POCL_CACHE_DIR=([^\0]*)/.exec(readOr(`/proc/${pid}/environ`))?.[1] ?? '')
    expect(folders.length).toBeGreaterThan(0)
    expect(folders.every(existsSync)).toBe(true)
    own[Symbol.dispose]()
    await expect.poll(() => started.filter(isRunning), { timeout: 10_000 }).toEqual([])
    await expect.poll(() => folders.filter(existsSync), { timeout: 10_000 }).toEqual([])
  })

  it('leaves no worker when its own process is killed in the middle of a hang', async () => {
    const script = fileURLToPath(new URL('./hang.ts', import.meta.url))
    const parent = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((resolve) => parent.stdout.once('data', resolve))
    const workers = workersOf(parent.pid as number)
    expect(workers.length).toBeGreaterThan(0)
    parent.kill('SIGKILL')
    await expect.poll(() => workers.filter(isRunning), { timeout: 5000 }).toEqual([])
  })
})

function workersOf(parent: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && statusOf(pid).includes(`\nPPid:\t${parent}\n`) && commandOf(pid).includes('run-worker'))
}

function isRunning(pid: number): boolean {
  return commandOf(pid).includes('run-worker')
}

function statusOf(pid: number): string {
  return readOr(`/proc/${pid}/status`)
}

function commandOf(pid: number): string {
  return readOr(`/proc/${pid}/cmdline`)
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
