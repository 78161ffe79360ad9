import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { modelledBench } from '../../cli/bench/modelled.ts'
import { runCli } from '../../cli/program.ts'
import { Store } from '../../corpora/index.ts'
import { sampleMeasurement } from '../corpora/sample-measurement.ts'
import { sampleKernel, temporaryFolder } from '../corpora/samples.ts'
import { memoryIo } from './memory-io.ts'

it('bench modelled says by which factor estimates are off, over kernels with one payload on both', async () => {
  const path = join(temporaryFolder(), 'corpus.db')
  {
    using store = Store.open(path)
    const around = (median: number) => ({ median, low: median / 2, high: median * 2 })
    for (const [i, factor] of [0.5, 2, 2, 5].entries()) {
      const { id } = store.kernels.add(sampleKernel(`k${i}`))
      const measured = sampleMeasurement(id)
      store.measurements.add(measured)
      const modelled = { kernel: around(950 * factor), total: around(1250 * factor), deviceId: 'model:x' }
      store.measurements.add(sampleMeasurement(id, { ...modelled, provenance: 'modelled' }))
    }
    const { id } = store.kernels.add(sampleKernel('other'))
    store.measurements.add(sampleMeasurement(id))
    store.measurements.add(sampleMeasurement(id, { deviceId: 'model:x', provenance: 'modelled', payloadHash: 'else' }))
  }
  const io = memoryIo()
  const run = (...args: string[]): Promise<number> => runCli(['modelled', '-c', path, ...args], [modelledBench], io)
  expect(await run('--measured', 'pocl:cpu', '--model', 'model:x')).toBe(0)
  expect(io.outLines[1]).toMatch(/^1024 +4 +kernel +2\.00 +2\.00 +5\.00 +75% +75%$/)
  expect(await run('--measured', 'pocl:cpu', '--model', 'model:y')).toBe(2)
  expect(io.errLines[0]).toContain('no kernel with times of both')
})

it('bench modelled takes measured times from a file of another machine', async () => {
  const folder = temporaryFolder()
  const [path, csv] = [join(folder, 'corpus.db'), join(folder, 'there.csv')]
  using store = Store.open(path)
  const kernel = sampleKernel('k')
  const [{ id }, { key }] = [store.kernels.add(kernel), kernel]
  const row = sampleMeasurement(id, { deviceId: 'model:x', provenance: 'modelled', deviceKind: 'gpu' })
  store.measurements.add(row)
  const header = 'key,dataset,seed,payload,cpu_provenance,cpu_kernel,runtime_cpu,gpu_provenance,gpu_kernel,runtime_gpu'
  const totalMs = (row.total?.median ?? 0) / 1e6
  const times = `measured,9,9,measured,${(row.kernel?.median ?? 0) / 4e6},${totalMs / 3}`
  writeFileSync(csv, `${header}\n${key},${row.size},${row.seed},${row.payloadHash},${times}\n`)
  const io = memoryIo()
  const run = (): Promise<number> =>
    runCli(['modelled', '-c', path, '--measured', csv, '--model', 'model:x'], [modelledBench], io)
  expect(await run()).toBe(0)
  expect(io.outLines[1]).toMatch(/ 1 +kernel +4\.00 /)
  expect(io.outLines[2]).toMatch(/ 1 +with copies +3\.00 /)
  writeFileSync(csv, `${header}\n${key},${row.size},${row.seed},other,${times}\n`)
  expect(await run()).toBe(2)
  writeFileSync(csv, 'key,dataset\nk,1\n')
  expect(await run()).toBe(2)
  expect(io.errLines.at(-1)).toContain('lacks seed, payload')
})
