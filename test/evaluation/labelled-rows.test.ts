import { describe, expect, it } from 'vitest'
import { combinedFeatures } from '../../active-learning/index.ts'
import { type KernelTiming, labelledByGroup } from '../../evaluation/index.ts'
import { makeUpResults } from './made-up-results.ts'

const timing: KernelTiming = {
  ...{ size: 4096, transferBytes: 32_768, wgsize: 64, date: '2026-01-31' },
  cpu: { device: 'a CPU', driver: '1', medianMs: 3, lowMs: 2.5, highMs: 3.5 },
  gpu: { device: 'a GPU', driver: '2', medianMs: 1, lowMs: 0.9, highMs: 1.2 },
}

describe('labelled rows', () => {
  const results = makeUpResults([
    { name: 'theirs', left: 0.5 },
    { name: 'full', left: 0.1 },
  ])
  const [first, second] = ['theirs', 'full'].map((group) => {
    const id = results.runs.find((run) => run.group === group && run.best.length > 0)?.best[0].kernel
    const kernel = results.kernels.get(id ?? '')
    if (kernel === undefined) throw new Error(`no kernel of ${group}`)
    return kernel
  })
  const kernels = new Map(results.kernels)
  kernels.set(first.id, { ...first, label: 'GPU', modelled: true, timing })
  kernels.set(second.id, { ...second, label: 'GPU', modelled: false, timing })
  const byGroup = labelledByGroup({ ...results, kernels })

  it('are those of the kernels that were timed, by group', () => {
    expect([...byGroup].map(([name, { rows }]) => [name, rows.length])).toEqual([
      ['theirs', 1],
      ['full', 1],
    ])
    expect(byGroup.get('theirs')?.rows[0].timeSource).toBe('modelled')
    expect(byGroup.get('full')?.rows[0].timeSource).toBe('measured')
  })

  it('have counts, launch, times and label of their kernel', () => {
    const [row] = byGroup.get('full')?.rows ?? []
    const { counts, features } = row
    expect(Object.values(counts).every(Number.isFinite)).toBe(true)
    expect(features).toEqual(combinedFeatures(counts, 32_768, 64))
    expect(row).toMatchObject({ runtimeCpuMs: 3, runtimeGpuMs: 1, label: 'GPU', dataset: '4096', sourceKey: second.id })
    expect(row.intervalGpuMs).toEqual({ low: 0.9, high: 1.2 })
  })
})
