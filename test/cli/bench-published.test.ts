import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { GreweRow } from '../../active-learning/index.ts'
import type { ComparedRow } from '../../cli/bench/published/estimate-row.ts'
import { fitFactors, modelledMs } from '../../cli/bench/published/fit.ts'
import { holdsCopies, launchItems, type PlannedBytes } from '../../cli/bench/published/launch-size.ts'
import { matchKernel, type SuiteKernel } from '../../cli/bench/published/match.ts'
import { publishedBench } from '../../cli/bench/published.ts'
import { runCli } from '../../cli/program.ts'
import { Store } from '../../corpora/index.ts'
import { CountFile, planTimed } from '../../kernels/index.ts'
import { noWork } from '../../kernels/measure/model/executed-work.ts'
import { sampleKernel, temporaryFolder } from '../corpora/samples.ts'
import { memoryIo } from './memory-io.ts'

const counts = { comp: 10, rational: 0, mem: 4, localmem: 0, coalesced: 4, atomic: 0 }
const row = (changed: Partial<GreweRow>): GreweRow =>
  ({
    ...{ suite: 'shoc-1.1.5', program: 'shoc-1.1.5-Triad', kernel: 'Triad', dataset: 'default', counts, wgsize: 64 },
    ...{ transferBytes: 12_288, runtimeCpuMs: 1, runtimeGpuMs: 2, label: 'CPU' },
    ...changed,
  }) as GreweRow

describe('matchKernel', () => {
  const kernel = (program: string, id: number, changed = {}): SuiteKernel =>
    ({ suite: 'shoc', program, kernel: { id, kernelName: 'Triad' }, counts: { ...counts, ...changed } }) as SuiteKernel

  it('takes the program that is spelt alike, and of several texts the one with the nearest counts', () => {
    const [far, near] = [kernel('triad', 1, { comp: 90 }), kernel('TRIAD', 2, { comp: 11 })]
    expect(matchKernel(row({}), [far, near, kernel('other', 3)])).toBe(near)
    const short = kernel('tri', 4, { comp: 90 })
    expect(matchKernel(row({}), [kernel('other', 3), short])).toBe(short)
  })

  it('takes another program only where the counts are nearly equal, and no other suite', () => {
    expect(matchKernel(row({}), [kernel('other', 1, { comp: 20 })])).toBeUndefined()
    expect(matchKernel(row({}), [kernel('other', 1, { comp: 11 })])?.program).toBe('other')
    expect(matchKernel(row({ suite: 'npb-3.3' }), [kernel('triad', 1)])).toBeUndefined()
  })
})

describe('launchItems', () => {
  const planned = (items: number, bytes: number, dimensions = 1): PlannedBytes => {
    return { items, dimensions, writeBytes: bytes, readBytes: 0, writes: 1, reads: 0 }
  }
  const linear = [planned(1024, 4096), planned(65_536, 262_144)] as const

  it('reads the size off the bytes, if they grow with it', () => {
    expect(launchItems(row({ transferBytes: 4e6 }), linear)).toBe(1e6)
    expect(launchItems(row({}), [planned(1024, 4096), planned(65_536, 4096)])).toBe('bytes do not tell the size')
  })

  it('reads it off the class in NPB: grid points to the power of the dimensions', () => {
    const bt = row({ suite: 'npb-3.3', program: 'npb-3.3-BT', dataset: 'W' })
    const grid = (dimensions: number): readonly [PlannedBytes, PlannedBytes] => [linear[0], planned(1, 1, dimensions)]
    expect([1, 2, 3].map((dimensions) => launchItems(bt, grid(dimensions)))).toEqual([24, 576, 13_824])
    expect(launchItems({ ...bt, dataset: 'Z' }, linear)).toBe('no size of that class is known')
  })

  it('takes times that no bus could copy in to be without copies', () => {
    expect(holdsCopies(row({ transferBytes: 11e6, runtimeGpuMs: 1 }))).toBe(true)
    expect(holdsCopies(row({ transferBytes: 13e6, runtimeGpuMs: 1 }))).toBe(false)
  })
})

it('finds the factor of each device that leaves the least error, and leaves copies alone', () => {
  const compared = [1, 2, 3].map((kernelMs): ComparedRow => {
    const published = { cpuMs: 4 * kernelMs + 1, gpuMs: kernelMs / 2 + 1, label: 'GPU' } as const
    const time = { kernelMs, copiesMs: 1 }
    return { suite: 'shoc', benchmark: 'b', ...published, cpu: time, gpu: time }
  })
  const factors = fitFactors(compared)
  expect(factors.cpu).toBeCloseTo(4)
  expect(factors.gpu).toBeCloseTo(0.5)
  expect(modelledMs(compared[1], 'cpu', factors)).toBeCloseTo(9)
})

describe('bench published', () => {
  const source = 'kernel void f0(global float* p0) {\n  p0[get_global_id(0)] += 1.0f;\n}\n'
  const header = 'benchmark,dataset,comp,rational,mem,localmem,coalesced,atomic,transfer,wgsize,F1:transfer/(comp+mem),'
  const rest =
    'F2:coalesced/mem,F3:(localmem/mem)*avgws,F4:comp/mem,oracle,runtime,speedup,penalty,runtime_cpu,runtime_gpu'

  function prepare(): { readonly corpus: string; readonly data: string; readonly known: string } {
    const folder = temporaryFolder()
    const [corpus, data, known] = ['suites.db', 'data.csv', 'counts.jsonl'].map((name) => join(folder, name))
    using store = Store.open(corpus)
    const path = 'shoc-1.1.5/level1/triad/Triad.cl'
    store.kernels.add({
      ...sampleKernel('triad'),
      text: source,
      kernelName: 'f0',
      path,
      heldOut: 'shoc',
      features: { grewe: Float64Array.of(1, 0, 2, 0, 2, 0, 1, 0.5) },
    })
    const file = new CountFile(known)
    for (const size of [256, 1024]) {
      const planned = planTimed(source, { size, seed: 1 })
      if (!planned.ok) throw new Error(planned.log)
      file.add(source, planned.facts.hash, { ...noWork, float: size, global: 2 * size, globalBytes: 8 * size })
    }
    const line = 'shoc-1.1.5-Triad-f0,default,1,0,2,0,2,0,8388608,64,2796202.67,1,0,0.5,CPU,1,4,0.25,1,4'
    writeFileSync(data, `${header}${rest}\n${line}\n${line.replace('Triad-f0', 'Triad-gone')}\n`)
    return { corpus, data, known }
  }

  it('compares what store and data both have, and says what it left out', async () => {
    const { corpus, data, known } = prepare()
    const io = memoryIo()
    const run = (...args: string[]): Promise<number> =>
      runCli(['published', '-c', corpus, '--data', data, '--counts', known, ...args], [publishedBench], io)
    expect(await run()).toBe(0)
    const text = io.outLines.join('\n')
    expect(text).toMatch(/^shoc +1 +1 +CPU +[\d.]+ {2}/m)
    expect(text).toMatch(/^all +1 +100% +100% +100% +100%/m)
    expect(text).toContain('left out: 1 rows, no such kernel in the store')
    expect(await run('--json')).toBe(0)
    const compared = JSON.parse(io.outLines.at(-1) ?? '') as ComparedRow
    // 4 MiB each way at 3 GB/s, 1,048,576 work-items.
    expect(compared.gpu.copiesMs).toBeCloseTo(8.39 / 3, 1)
    expect(compared.cpu.kernelMs).toBeGreaterThan(0)
    expect(await run('--fit', 'suites')).toBe(2)
    expect(io.errLines.at(-1)).toContain('fit: expected kernels of at least two suites, received shoc')
  })
})
