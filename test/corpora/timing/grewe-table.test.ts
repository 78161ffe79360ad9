import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  benchmarkName,
  greweColumns,
  greweHeader,
  greweLines,
  measurementLines,
  pairTimes,
  Store,
} from '../../../corpora/index.ts'
import { sampleMeasurement } from '../sample-measurement.ts'
import { sampleKernel, temporaryFolder } from '../samples.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const dataFolder = process.env.BENCHSTEER_DATA ?? join(root, '..', 'shared', 'data')
const published = join(dataFolder, 'nvidia-clgen.csv')
if (!existsSync(published)) console.warn(`SKIPPED, layout of the published data: no ${published}`)

function sampleTimes(): Store {
  const store = Store.open(join(temporaryFolder(), 'corpus.db'))
  const features = { grewe: Float64Array.of(6, 2, 4, 1, 3, 0, 0.75, 1.5) }
  const { id } = store.kernels.add(
    sampleKernel('a', { features, path: 'opencl/bfs/kernels.cl', repository: 'x/rodinia' }),
  )
  const gpu = {
    deviceId: 'dev-2',
    deviceName: 'a "GPU"',
    deviceKind: 'gpu',
    total: { median: 400, low: 390, high: 420 },
  } as const
  store.measurements.add(sampleMeasurement(id))
  store.measurements.add(sampleMeasurement(id, gpu))
  return store
}

function rowOf(line: string): Record<string, string> {
  const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted ?? bare)
  return Object.fromEntries(greweColumns.map((name, i) => [name, cells[i]]))
}

describe('greweLines', () => {
  it('has times in ms with copies, features and ratios', () => {
    using store = sampleTimes()
    const lines = [...greweLines(store, pairTimes(store))]
    expect(lines).toHaveLength(1)
    expect(rowOf(lines[0])).toMatchObject({
      ...{ benchmark: 'rodinia-bfs-f0', dataset: '1024', comp: '6', coalesced: '3', transfer: '12288', wgsize: '64' },
      ...{ 'F1:transfer/(comp+mem)': '1228.8', 'F2:coalesced/mem': '0.75', 'F3:(localmem/mem)*avgws': '16' },
      ...{ 'F4:comp/mem': '1.5', oracle: 'GPU', runtime: '0.0004', speedup: '3.125', penalty: '0.32' },
      ...{ runtime_cpu: '0.00125', ci_cpu: '0.00005', ci_mean_cpu: '0.04', runtime_gpu: '0.0004', ci_gpu: '0.00002' },
      ...{ label: 'GPU', provenance: 'measured', cpu_device: 'pocl:cpu', gpu_driver: '3.1', cpu_kernel: '0.00095' },
      ...{ gpu_low: '0.00039', gpu_high: '0.00042', cpu_repetitions: '3', cpu_tight: '1', global_size: '1024' },
      ...{ seed: '7', payload: 'cafe', key: 'a', cpu_date: '2023-11-14T22:13:20.000Z', gpu_name: 'a ""GPU""' },
    })
  })

  it('measures the features that a store does not have', () => {
    using store = Store.open(join(temporaryFolder(), 'corpus.db'))
    const text = 'kernel void f0(global float* p0) {\n  int v0 = get_global_id(0);\n  p0[v0] = p0[v0] * 2.0f;\n}\n'
    const { id } = store.kernels.add(sampleKernel('a', { text, features: {} }))
    store.measurements.add(sampleMeasurement(id))
    const [line] = greweLines(store, pairTimes(store))
    expect(rowOf(line)).toMatchObject({ comp: '1', mem: '2', localmem: '0', coalesced: '2' })
  })

  it('leaves out what a missing device would say', () => {
    using store = sampleTimes()
    const [line] = greweLines(store, pairTimes(store, { devices: ['pocl:cpu'] }))
    expect(rowOf(line)).toMatchObject({
      oracle: '',
      runtime_gpu: '',
      label: '',
      gpu_device: '',
      runtime_cpu: '0.00125',
    })
  })

  it.skipIf(!existsSync(published))('begins with the columns of the published data', () => {
    const header = readFileSync(published, 'utf8').split('\n', 1)[0].trim()
    expect(greweHeader().startsWith(`${header},label,`)).toBe(true)
  })
})

describe('measurementLines', () => {
  it('keeps every repetition', () => {
    using store = sampleTimes()
    const lines = [...measurementLines(store)].map((line) => JSON.parse(line))
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatchObject({ key: 'a', kernelNs: [900, 1000, 950], provenance: 'measured', warmUps: 2 })
    expect([...measurementLines(store, ['dev-2'])]).toHaveLength(1)
  })
})

describe('benchmarkName', () => {
  const name = (repository: string, path: string): string =>
    benchmarkName({ ...sampleKernel('0123456789abcdef'), repository, path, kernelName: 'K' })

  it('names the suites as the published data does, without versions', () => {
    expect(name('yuhc/gpu-rodinia', 'opencl/bfs/Kernels.cl')).toBe('rodinia-bfs-K')
    expect(name('vetter/shoc', 'src/opencl/level1/fft/fft.cl')).toBe('shoc-fft-K')
    expect(name('someone/SNU_NPB', 'NPB3.3-OCL/CG/cg.cl')).toBe('npb-CG-K')
    expect(name('abduld/Parboil', 'benchmarks/sad/src/opencl_base/kernel.cl')).toBe('parboil-sad-K')
    expect(name('sgrauerg/PolyBenchGpu', 'OpenCL/2MM/2mm.cl')).toBe('polybench-gpu-2MM-K')
  })

  it('names others by where they come from', () => {
    expect(name('someone/thing', 'lib/a.cl')).toBe('someone.thing-lib.a-K')
    const own = { ...sampleKernel('0123456789abcdef'), origin: 'synthesized', repository: null, path: null } as const
    expect(benchmarkName(own)).toBe('benchsteer-0123456789ab-f0')
  })
})
