import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MeasuredDevice, openTimingDevices, type TimingOutcome, WorkCounter } from '../../../kernels/index.ts'
import { whyNoDevice } from '../native-device.ts'

const reason = await whyNoDevice()
if (reason !== undefined) console.warn(`SKIPPED, timing: ${reason}`)

const saxpy = `kernel void f0(global float* p0, global const float* p1, const float p2) {
  int v0 = get_global_id(0);
  p0[v0] = p2 * p1[v0] + p0[v0];
}
`
const endless = `kernel void f0(global int* p0) {
  volatile int v0 = 1;
  while (v0) p0[0] += v0;
}
`

describe.skipIf(reason !== undefined)('MeasuredDevice', () => {
  let device: MeasuredDevice
  beforeAll(async () => {
    device = await MeasuredDevice.open({ budgetMs: 100, maxRepetitions: 40 })
  })
  afterAll(() => device[Symbol.dispose]())

  const time = (source: string, size = 4096): Promise<TimingOutcome> =>
    device.time({ source, coalescedShare: 1 }, { size, seed: 3 })

  it('times copies and kernel apart, as often as the options say', async () => {
    const outcome = await time(saxpy)
    if (!outcome.ok) throw new Error(outcome.log)
    const { payload, times } = outcome
    expect(payload).toMatchObject({ globalSize: [4096] })
    expect(payload.writeBytes).toBeGreaterThanOrEqual(2 * 4096 * 4)
    expect(payload.readBytes).toBeGreaterThanOrEqual(4096 * 4)
    expect(times.kernelNs.length).toBeGreaterThanOrEqual(10)
    expect(times.kernelNs.length).toBeLessThanOrEqual(40)
    expect(Math.min(...times.kernelNs, ...times.writeNs, ...times.readNs)).toBeGreaterThan(0)
    expect(times.total.median).toBeGreaterThan(times.kernel.median)
    expect(device.facts).toMatchObject({ provenance: 'measured', kind: 'cpu' })
  })

  it('gives up on a kernel that never ends, and on one that does not compile', async () => {
    using hasty = await MeasuredDevice.open({ timeoutMs: 1500 })
    const request = { size: 64, seed: 3 }
    const never = await hasty.time({ source: endless, coalescedShare: 1 }, request)
    expect(never).toMatchObject({ ok: false, log: expect.stringMatching(/killed|limit/) })
    expect(await time('kernel void f0(global int* p0) { p0[0] = no_such(); }', 64)).toMatchObject({ ok: false })
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    const timing = device.time({ source: endless, coalescedShare: 1 }, { size: 64, seed: 3, signal: stop.signal })
    setTimeout(() => stop.abort(new Error('enough')), 300)
    await expect(timing).rejects.toThrow('enough')
  })
})

describe.skipIf(reason !== undefined)('openTimingDevices', () => {
  it('opens described devices beside real ones, and models only in name what it models', async () => {
    using opened = await openTimingDevices(['cpu', 'model:nvidia-gtx-970'], { budgetMs: 50 })
    expect(opened.devices.map(({ facts }) => facts.provenance)).toEqual(['measured', 'modelled'])
    const outcome = await opened.devices[1].time({ source: saxpy, coalescedShare: 1 }, { size: 2 ** 20, seed: 3 })
    if (!outcome.ok) throw new Error(outcome.log)
    const { kernelNs, total, isTight } = outcome.times
    // Reads 8 MiB and writes 4 at 196 GB/s, and is not twice as fast as memory allows.
    expect(kernelNs[0]).toBeGreaterThan((12 * 2 ** 20) / 196)
    expect(kernelNs[0]).toBeLessThan((2 * 12 * 2 ** 20) / 196)
    expect(total).toMatchObject({ low: total.median / 4, high: total.median * 4 })
    expect(isTight).toBe(false)
  })

  it('refuses two names of one device', async () => {
    await expect(openTimingDevices(['model:nvidia-h200', 'model:nvidia-h200'])).rejects.toThrow(/named twice/)
  })
})

describe.skipIf(reason !== undefined)('WorkCounter', () => {
  it('extrapolates exactly where every work-item does the same', async () => {
    const counter = new WorkCounter()
    const [few, many] = [
      await counter.count(saxpy, { items: 2048, seed: 3 }),
      await counter.count(saxpy, { items: 2 ** 24, seed: 3 }),
    ]
    if (!few.ok || !many.ok) throw new Error('expected counts')
    expect([few.isExtrapolated, many.isExtrapolated]).toEqual([false, true])
    expect(few.work).toMatchObject({ float: 2 * 2048, global: 3 * 2048, globalBytes: 12 * 2048 })
    expect(many.work.float / 2 ** 25).toBeCloseTo(1, 6)
    expect(many.work.globalBytes / (12 * 2 ** 24)).toBeCloseTo(1, 6)
  })

  it('says why a kernel cannot be counted', async () => {
    const included = await new WorkCounter().count(`#include "/dev/zero"\n${saxpy}`, { items: 64, seed: 3 })
    expect(included).toMatchObject({ ok: false, log: 'includes are not allowed here' })
    const counted = await new WorkCounter(500).count(endless, { items: 64, seed: 3 })
    expect(counted).toMatchObject({ ok: false, log: expect.stringContaining('killed after 500 ms') })
  })
})
