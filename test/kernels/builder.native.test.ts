import { execFileSync, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { DeviceBuilder } from '../../kernels/device/builder.ts'
import { listDevices } from '../../kernels/device/devices.ts'
import { whyNoDevice } from './native-device.ts'

const good = 'kernel void A(global int *a, int n) { a[get_global_id(0)] = n; }'
// Inlining doubles at each of forty levels: LLVM would be busy for days.
const doubling = Array.from({ length: 40 }, (_, i) => {
  return `__attribute__((always_inline)) int f${i + 1}(int x) { return f${i}(x * 3) ^ f${i}(x + 1); }`
})
const hanging = `int f0(int x) { return x * x; }
${doubling.join('\n')}
kernel void A(global int *a) { a[0] = f40(a[1]); }`

// A sum this long overflows the stack of PoCL's clang, though it has no nested bracket and is below the size limit.
const crashing = `kernel void A(global int *a, int n) { a[0] = ${'n+'.repeat(200_000)}n; }`

const reason = await whyNoDevice()
if (reason !== undefined) console.warn(`SKIPPED builder.native.test.ts: ${reason}`)

/** Process ids of the build workers whose parent is `pid`. */
function workersOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => parentOf(child) === pid && commandOf(child).includes('run-worker'))
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return undefined
  }
}

async function until(isTrue: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 20_000
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe.skipIf(reason !== undefined)('DeviceBuilder', () => {
  afterEach(() => until(() => workersOf(process.pid).length === 0, 'all workers were gone'))

  it('builds a good kernel and names the device', async () => {
    using builder = await DeviceBuilder.open()
    const [device] = await listDevices()
    const { id, name, driver } = device // its memory is what the worker's limits leave
    expect(await builder.build(good)).toMatchObject({ ok: true, device: { id, name, driver } })
    expect(builder.device).toMatchObject({ id, name, driver })
  })

  it('reports compiler errors with their place and goes on', async () => {
    using builder = await DeviceBuilder.open()
    const outcome = await builder.build('kernel void A(global int *a) {\n  a[0] = y;\n}')
    expect(outcome).toEqual({ ok: false, stage: 'build', log: "2:10: use of undeclared identifier 'y'" })
    expect((await builder.build(good)).ok).toBe(true)
  })

  it('rejects what would overflow the compiler before any worker sees it', async () => {
    using builder = await DeviceBuilder.open()
    const nested = `kernel void A(global int *a) { a[0] = ${'('.repeat(10_000)}1${')'.repeat(10_000)}; }`
    expect(await builder.build(nested)).toMatchObject({ ok: false, stage: 'limits' })
  })

  it.each(['#include "/dev/zero"', ' # /**/ include </etc/passwd>', '%:include "x"', '#\\\n include_next "x"'])(
    'refuses to read files of this machine: %s',
    async (line) => {
      using builder = await DeviceBuilder.open()
      const log = 'includes are not allowed here: preprocess the source first'
      expect(await builder.build(`${line}\n${good}`)).toEqual({ ok: false, stage: 'limits', log })
    },
  )

  it('kills a build at its time limit and goes on', async () => {
    using builder = await DeviceBuilder.open()
    const outcome = await builder.build(hanging, { timeoutMs: 700 })
    expect(outcome).toEqual({ ok: false, stage: 'build', log: 'killed after 700 ms' })
    expect((await builder.build(good)).ok).toBe(true)
  })

  it('reports a source that crashes the driver and goes on', async () => {
    using builder = await DeviceBuilder.open()
    const outcome = await builder.build(crashing)
    expect(outcome).toMatchObject({
      ok: false,
      stage: 'build',
      log: expect.stringMatching(/worker died of SIG/),
    })
    expect((await builder.build(good)).ok).toBe(true)
  })

  it('survives the death of a worker in mid-build', async () => {
    using builder = await DeviceBuilder.open()
    const build = builder.build(hanging)
    const [worker] = workersOf(process.pid)
    setTimeout(() => process.kill(worker, 'SIGKILL'), 300)
    expect(await build).toEqual({ ok: false, stage: 'build', log: 'the worker died of SIGKILL' })
    expect((await builder.build(good)).ok).toBe(true)
    expect(workersOf(process.pid)).not.toContain(worker)
  })

  it('replaces a worker that died while idle', async () => {
    using builder = await DeviceBuilder.open()
    const [worker] = workersOf(process.pid)
    process.kill(worker, 'SIGKILL')
    await until(() => !workersOf(process.pid).includes(worker), 'the worker was gone')
    expect((await builder.build(good)).ok).toBe(true)
  })

  it('builds in several workers at once and keeps results apart', async () => {
    using builder = await DeviceBuilder.open({ workers: 2 })
    expect(workersOf(process.pid)).toHaveLength(2)
    const outcomes = await Promise.all([good, 'kernel void A() { x; }', good, 'y', good].map((s) => builder.build(s)))
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true, false, true])
  })

  it('stops waiting when its signal aborts', async () => {
    using builder = await DeviceBuilder.open()
    const reason = new Error('enough')
    const stop = new AbortController()
    setTimeout(() => stop.abort(reason), 200)
    await expect(builder.build(hanging, { signal: stop.signal })).rejects.toBe(reason)
    await expect(builder.build(good, { signal: stop.signal })).rejects.toBe(reason)
    expect((await builder.build(good)).ok).toBe(true)
  })

  it('fails open, waiting and later builds once disposed', async () => {
    const builder = await DeviceBuilder.open()
    const builds = [builder.build(hanging), builder.build(good)]
    const settled = Promise.allSettled(builds)
    setTimeout(() => builder[Symbol.dispose](), 200)
    for (const result of await settled) {
      expect(result).toMatchObject({ status: 'rejected', reason: { name: 'DisposedError' } })
    }
    builder[Symbol.dispose]()
    await expect(builder.build(good)).rejects.toThrow('DeviceBuilder was used after it was disposed of')
  })

  it('says which devices there are when the choice matches none', async () => {
    const open = DeviceBuilder.open({ device: 'no such device' })
    await expect(open).rejects.toMatchObject({
      code: 'DEVICE_MISSING',
      message: expect.stringContaining('there are: 0 ('),
    })
  })

  it('refuses a nonsensical number of workers', async () => {
    await expect(DeviceBuilder.open({ workers: 0 })).rejects.toThrow(
      'workers: expected an integer from 1 to 64, received 0',
    )
  })

  it('leaves no worker behind when its own process is killed in mid-build', async () => {
    const url = new URL('../../kernels/device/builder.ts', import.meta.url)
    const script = `
      const { DeviceBuilder } = await import(${JSON.stringify(url.href)})
      const builder = await DeviceBuilder.open()
      builder.build(${JSON.stringify(hanging)}, { timeoutMs: 600000 })
      console.log('building')`
    const args = ['--import', 'tsx', '--input-type=module', '-e', script]
    const parent = spawn(process.execPath, args, { cwd: fileURLToPath(new URL('../..', import.meta.url)) })
    await new Promise((resolve) => parent.stdout.once('data', resolve))
    await new Promise((resolve) => setTimeout(resolve, 300)) // well into the build
    const workers = workersOf(parent.pid!)
    expect(workers).toHaveLength(1)
    parent.kill('SIGKILL')
    await until(() => commandOf(workers[0]) === '', 'the orphan was gone')
  })

  it('does not load OpenCL into its own process', async () => {
    using builder = await DeviceBuilder.open()
    expect((await builder.build(good)).ok).toBe(true)
    const maps = execFileSync('cat', [`/proc/${process.pid}/maps`], { encoding: 'utf8' })
    expect(maps).not.toMatch(/libOpenCL|libpocl/)
  })
})
