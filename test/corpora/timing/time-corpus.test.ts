import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pairTimes, Store, timeCorpus } from '../../../corpora/index.ts'
import { medianInterval, type TimingDevice, type TimingFacts, type TimingOutcome } from '../../../kernels/index.ts'
import { sampleKernel, temporaryFolder } from '../samples.ts'

/** A device that takes a time of its own for each work-item, and cannot run kernels with `broken` in their text. */
class SteadyDevice implements TimingDevice {
  readonly facts: TimingFacts
  readonly asked: string[] = []
  readonly #itemNs: number

  constructor(facts: Partial<TimingFacts>, itemNs: number) {
    this.facts = { id: 'dev-1', name: 'steady', kind: 'cpu', driver: '1', provenance: 'measured', ...facts }
    this.#itemNs = itemNs
  }

  async time({ source }: { source: string }, { size, seed }: { size: number; seed: number }): Promise<TimingOutcome> {
    this.asked.push(`${source.trim().length} ${size}`)
    const payload = {
      hash: `${size}-${seed}`,
      globalSize: [size],
      localSize: [32],
      writeBytes: 8 * size,
      readBytes: 4 * size,
    }
    if (source.includes('broken')) return { ok: false, payload, log: 'crash: SIGSEGV\nlast words' }
    const kernelNs = Float64Array.from({ length: 10 }, (_, i) => size * this.#itemNs + (i % 2))
    const copyNs = new Float64Array(10).fill(100)
    const kernel = medianInterval(kernelNs)
    const total = medianInterval(kernelNs.map((time) => time + 200))
    if (kernel === undefined || total === undefined) throw new Error('expected intervals')
    const times = { warmUps: 2, writeNs: copyNs, kernelNs, readNs: copyNs, kernel, total, isTight: true }
    return { ok: true, payload, times }
  }

  [Symbol.dispose](): void {}
}

function sampleCorpus(): Store {
  const store = Store.open(join(temporaryFolder(), 'corpus.db'))
  const text = (name: string): string => `kernel void f0(global float* p0) {\n  ${name}(p0);\n}\n`
  store.kernels.add(sampleKernel('a', { text: text('fine') }))
  store.kernels.add(sampleKernel('b', { text: text('broken') }))
  store.kernels.add(sampleKernel('c', { text: text('alsofine') }))
  return store
}

let clock = 0
const options = { sizes: [64, 128], seed: 5, version: '0.1.0', now: (): number => ++clock }

describe('timeCorpus', () => {
  it('commits times and failures, and one failing kernel costs only itself', async () => {
    using store = sampleCorpus()
    const report = await timeCorpus(store, [new SteadyDevice({}, 10)], options)
    expect(report).toEqual({ timed: 4, revisited: 0, failed: 2, failures: { 'crash: SIGSEGV': 2 }, known: 0, left: 0 })
    const [first] = store.measurements.list()
    expect(first).toMatchObject({
      size: 64,
      seed: 5,
      writeBytes: 512,
      warmUps: 2,
      version: '0.1.0',
      payloadHash: '64-5',
    })
    expect(first.kernelNs).toHaveLength(10)
    expect(store.measurements.count({ okOnly: true })).toBe(4)
  })

  it('measures nothing twice, goes on where it stopped, and tries failures again on demand', async () => {
    using store = sampleCorpus()
    const stop = new AbortController()
    const interrupted = timeCorpus(store, [new SteadyDevice({}, 10)], {
      ...options,
      signal: stop.signal,
      onProgress: (done) => done === 3 && stop.abort(new Error('Ctrl-C')),
    })
    await expect(interrupted).rejects.toThrow('Ctrl-C')
    expect(store.measurements.count()).toBe(3)
    const device = new SteadyDevice({}, 10)
    expect(await timeCorpus(store, [device], options)).toMatchObject({ timed: 2, failed: 1, known: 3, left: 0 })
    expect(device.asked).toHaveLength(3)
    expect(await timeCorpus(store, [device], options)).toMatchObject({ timed: 0, failed: 0, known: 6 })
    expect(await timeCorpus(store, [device], { ...options, retry: true })).toMatchObject({ failed: 2, known: 4 })
    const newer = new SteadyDevice({ driver: '2' }, 10)
    expect(await timeCorpus(store, [newer], options)).toMatchObject({ timed: 4, known: 0 })
  })

  it('comes back to every row after all others, and joins what it finds', async () => {
    using store = sampleCorpus()
    const asked = [new SteadyDevice({}, 10), new SteadyDevice({ id: 'model:x', provenance: 'modelled' }, 5)]
    const first = { ...options, sizes: [64] }
    await timeCorpus(store, asked, first)
    const [before] = store.measurements.list({ deviceId: 'dev-1' })
    asked[0] = new SteadyDevice({}, 12)
    const report = await timeCorpus(store, asked, { ...first, visits: 3 })
    // One of three kernels fails and is not tried again; a model is asked once.
    expect(report).toMatchObject({ timed: 0, revisited: 4, failed: 0, known: 6, left: 0 })
    const [after] = store.measurements.list({ deviceId: 'dev-1', okOnly: true })
    expect(after).toMatchObject({ visits: 3, warmUps: 6, isTight: false })
    expect(after.kernelNs).toHaveLength(30)
    expect(after.kernel).toEqual({ median: 768, low: before.kernel?.low, high: 769 })
    expect(after.total?.low).toBe(before.total?.low)
    const [model] = store.measurements.list({ deviceId: 'model:x' })
    expect(model.visits).toBe(1)
    expect(await timeCorpus(store, asked, { ...first, visits: 3 })).toMatchObject({ revisited: 0, known: 6, left: 0 })
    await expect(timeCorpus(store, asked, { ...first, visits: 0 })).rejects.toThrow(/^visits: expected .* received 0/)
  })

  it('begins nothing after its time, and says what is left', async () => {
    using store = sampleCorpus()
    expect(await timeCorpus(store, [new SteadyDevice({}, 10)], { ...options, totalMs: 0 })).toMatchObject({ left: 6 })
  })

  it('can be kept to kernels that validation accepted', async () => {
    using store = sampleCorpus()
    const common = { deviceId: 'd', deviceName: 'd', driver: '1', level: 'full', seed: 1, size: 64, payloadHash: null }
    const rest = { evidence: {}, version: '0.1.0', validatedAtMs: 1 }
    store.validations.add({ kernelId: 1, ...common, outcome: 'accepted', ...rest })
    store.validations.add({ kernelId: 3, ...common, outcome: 'timeout', ...rest })
    const report = await timeCorpus(store, [new SteadyDevice({}, 10)], { ...options, acceptedOnly: true })
    expect(report).toMatchObject({ timed: 2, left: 0 })
  })

  it('refuses sizes that make no sense', async () => {
    using store = sampleCorpus()
    const time = (sizes: number[]): Promise<unknown> => timeCorpus(store, [], { ...options, sizes })
    await expect(time([])).rejects.toThrow('sizes: expected at least one')
    await expect(time([0])).rejects.toThrow('sizes: expected integers from 1 to 2^31, received 0')
    await expect(time([64, 64])).rejects.toThrow('sizes: expected different ones')
  })
})

describe('pairTimes', () => {
  const gpu = { id: 'dev-2', kind: 'gpu' } as const

  it('labels what is certain', async () => {
    using store = sampleCorpus()
    await timeCorpus(store, [new SteadyDevice({}, 10), new SteadyDevice(gpu, 5)], options)
    const pairs = pairTimes(store)
    expect(pairs.map(({ kernel, cpu, label }) => [kernel.key, cpu?.size, label])).toEqual([
      ['a', 64, 'GPU'],
      ['a', 128, 'GPU'],
      ['c', 64, 'GPU'],
      ['c', 128, 'GPU'],
    ])
    await timeCorpus(store, [new SteadyDevice({ ...gpu, driver: '2' }, 10)], options)
    expect(pairTimes(store).map(({ label }) => label)).toEqual(Array(4).fill('undecided')) // the later driver counts
  })

  it('does not mix measured and modelled times unasked', async () => {
    using store = sampleCorpus()
    const model = new SteadyDevice({ ...gpu, id: 'model:x', provenance: 'modelled' }, 5)
    await timeCorpus(store, [new SteadyDevice({}, 10), model], options)
    expect(() => pairTimes(store)).toThrow(/^mix: measured and modelled times .* model:x is modelled/)
    expect(pairTimes(store, { mix: true }).map(({ provenance }) => provenance)).toEqual(Array(4).fill('mixed'))
    const alone = pairTimes(store, { devices: ['model:x'] })
    expect(alone.map(({ label, provenance }) => [label, provenance])).toEqual(Array(4).fill([undefined, 'modelled']))
  })

  it('wants one CPU and one GPU', async () => {
    using store = sampleCorpus()
    await timeCorpus(store, [new SteadyDevice({}, 10), new SteadyDevice({ id: 'dev-3' }, 10)], options)
    expect(() => pairTimes(store)).toThrow(/expected one CPU .* dev-1 \(steady\), dev-3 \(steady\)/)
    expect(pairTimes(store, { devices: ['dev-3'] })).toHaveLength(4)
  })
})
