import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type DeviceDescription,
  describedDevices,
  loadDescription,
} from '../../../kernels/measure/model/device-description.ts'
import { estimateLaunch, type LaunchCost } from '../../../kernels/measure/model/estimate.ts'
import { noWork, readExecutedWork } from '../../../kernels/measure/model/executed-work.ts'
import { extrapolate } from '../../../kernels/measure/model/extrapolate.ts'
import { temporaryFolder } from '../../corpora/samples.ts'

describe('readExecutedWork', () => {
  it('sorts instructions by what they cost, vectors by their width', () => {
    const work = readExecutedWork(`Instructions executed for kernel 'f':
            1344 - getelementptr
             640 - load global (2560 bytes)
             512 - phi
             128 - call llvm.fmuladd.v8f32()
              64 - call _Z10atomic_addPU3AS1Vii()
              64 - call _Z3sinDv4_f()
              64 - call _Z6vload4mPU3AS1Kf()
              64 - call _Z7vstore4Dv4_fmPU3AS3f()
              64 - call _Z7barrierj()
              64 - call _Z5clampfff()
              64 - fdiv
              64 - urem
              32 - fadd
              64 - load local (256 bytes)
              64 - store private (2048 bytes)
              64 - ret
`)
    expect(work).toMatchObject({ special: 64 * 4, local: 64 + 64, private: 64, atomic: 64, barrier: 64 })
    expect(work).toMatchObject({ global: 640 + 64 + 64, globalBytes: 2560 + 64 * 16 + 64 * 4 })
    expect(work?.integer).toBe(1344 + 64) // clamp of floats counts as one cheap operation
    const width = (2560 + 64 * 20) / (640 + 128) / 4
    expect(work?.float).toBeCloseTo(2 * 128 * 8 + 32 * width)
    expect(work?.division).toBeCloseTo(128 * width)
  })

  it('sees that there is no histogram', () => {
    expect(readExecutedWork('Build failure:\nerror: no such function\n')).toBeUndefined()
  })
})

describe('extrapolate', () => {
  const at = (items: number, float: number, integer = 0): { items: number; work: typeof noWork } => {
    return { items, work: { ...noWork, float, integer } }
  }

  it('follows powers of the size', () => {
    const work = extrapolate(at(256, 256 * 10, 256 * 256), at(1024, 1024 * 10, 1024 * 1024), 2 ** 20)
    expect(work.float).toBeCloseTo(2 ** 20 * 10, 3)
    expect(work.integer / 2 ** 40).toBeCloseTo(1, 6)
  })

  it('keeps what does not grow, and never shrinks or explodes', () => {
    expect(extrapolate(at(256, 77), at(1024, 77), 2 ** 20).float).toBe(77)
    expect(extrapolate(at(256, 80), at(1024, 40), 2 ** 20).float).toBe(40)
    expect(extrapolate(at(256, 1), at(1024, 1e9), 2048).float).toBeCloseTo(8e9)
    expect(extrapolate(at(256, 0), at(1024, 10), 2048).float).toBe(20)
  })
})

const device: DeviceDescription = {
  ...{ name: 'test', title: 'a device', kind: 'gpu', computeUnits: 10, clockGhz: 1 },
  rates: { float: 100, integer: 100, division: 10, special: 10, private: 50, local: 50, atomic: 1 },
  ...{
    lanes: 1,
    vectorisesLoops: true,
    doubleRatio: 0.5,
    memoryGBs: 100,
    cacheMiB: 1,
    cacheGBs: 1000,
    sectorBytes: 32,
    residentItems: 1000,
  },
  ...{ instructionNs: 5, accessNs: 100, launchUs: 3, itemNs: 0, groupNs: 0, copyUs: 2, writeGBs: 10, readGBs: 5 },
  ...{ errorFactor: 3, sources: [], assumed: [] },
}

const launch: LaunchCost = {
  ...{ work: noWork, items: 1e6, groups: 1e4, footprintBytes: 8e6, writes: 2, writeBytes: 8e6, reads: 1 },
  ...{ readBytes: 4e6, coalescedShare: 1, usesDouble: false, hasLoops: false },
}

describe('estimateLaunch', () => {
  it('takes copies at their rate and a fixed cost each', () => {
    const { writeNs, readNs, kernelNs } = estimateLaunch(device, launch)
    expect(writeNs).toBe(2 * 2000 + 8e5)
    expect(readNs).toBe(2000 + 8e5)
    expect(kernelNs).toBe(3000)
  })

  it('is bound by arithmetic, at half the speed in double precision', () => {
    const work = { ...noWork, float: 1e9 }
    const single = estimateLaunch(device, { ...launch, work })
    expect(single).toMatchObject({ bound: 'issue', kernelNs: 3000 + 1e9 / 1000 })
    expect(estimateLaunch(device, { ...launch, work, usesDouble: true }).kernelNs).toBe(3000 + 2e9 / 1000)
  })

  it('runs lane by lane where accesses are scattered or, on some devices, anything loops', () => {
    const work = { ...noWork, float: 1e9 }
    const vector = { ...device, lanes: 8 }
    const kernelNs = (changes: Partial<LaunchCost>, on: DeviceDescription = vector): number =>
      estimateLaunch(on, { ...launch, work, ...changes }).kernelNs
    expect(kernelNs({})).toBe(3000 + 1e9 / 1000)
    expect(kernelNs({ coalescedShare: 0 })).toBe(3000 + 8e9 / 1000)
    expect(kernelNs({ hasLoops: true })).toBe(3000 + 1e9 / 1000)
    expect(kernelNs({ hasLoops: true }, { ...vector, vectorisesLoops: false })).toBe(3000 + 8e9 / 1000)
  })

  it('leaves units idle where there are fewer groups', () => {
    const work = { ...noWork, float: 1e9 }
    expect(estimateLaunch(device, { ...launch, work, groups: 2 }).kernelNs).toBe(3000 + 5e9 / 1000)
  })

  it('is bound by memory, by whole sectors where accesses lie apart', () => {
    const work = { ...noWork, global: 2e6, globalBytes: 8e6 }
    expect(estimateLaunch(device, { ...launch, work })).toMatchObject({ bound: 'memory', kernelNs: 3000 + 8e4 })
    const scattered = estimateLaunch(device, { ...launch, work, coalescedShare: 0, footprintBytes: 64e6 })
    expect(scattered.kernelNs).toBe(3000 + 64e4)
  })

  it('serves small buffers from the cache after the first touch', () => {
    const work = { ...noWork, global: 2e6, globalBytes: 8e6 }
    const patient = { ...device, accessNs: 0 }
    const { kernelNs } = estimateLaunch(patient, { ...launch, work, footprintBytes: 2 ** 18 })
    expect(kernelNs).toBeCloseTo(3000 + 2 ** 18 / 100 + (8e6 - 2 ** 18) / 1000)
  })

  it('is bound by latency where one work-item does everything', () => {
    const work = { ...noWork, float: 1000, global: 10, globalBytes: 40 }
    const alone = estimateLaunch(device, { ...launch, work, items: 1, groups: 1 })
    expect(alone).toMatchObject({ bound: 'latency', kernelNs: 3000 + 5000 + 1000 })
  })
})

describe('loadDescription', () => {
  it('knows the shipped devices, each with sources and a hash of its own', () => {
    const names = describedDevices()
    expect(names).toContain('nvidia-gtx-970')
    const loaded = names.map(loadDescription)
    for (const { description } of loaded) {
      expect(description.sources.length).toBeGreaterThan(0)
      expect(description.checked?.length).toBeGreaterThan(0)
      expect(names).toContain(description.name)
    }
    expect(new Set(loaded.map(({ hash }) => hash)).size).toBe(names.length)
  })

  it('reads a file, and says what is wrong with it', () => {
    const path = join(temporaryFolder(), 'mine.json')
    writeFileSync(path, JSON.stringify(device))
    expect(loadDescription(path).description).toEqual(device)
    writeFileSync(path, JSON.stringify({ ...device, clockGhz: '3' }))
    expect(() => loadDescription(path)).toThrow('clockGhz: expected a number of at least 0.01, received "3"')
    writeFileSync(path, JSON.stringify({ ...device, rates: { ...device.rates, local: 0 } }))
    expect(() => loadDescription(path)).toThrow('rates.local: expected a number')
    writeFileSync(path, 'no JSON')
    expect(() => loadDescription(path)).toThrow('expected JSON')
    expect(() => loadDescription('no-such-device')).toThrow(
      /^model: expected one of amd-hd-7970, .* received 'no-such-device'$/,
    )
    expect(() => loadDescription('/no/such.json')).toThrow(/cannot read/)
  })
})
