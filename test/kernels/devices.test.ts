import { describe, expect, it } from 'vitest'
import { buildOptions, chooseDevice, type DeviceInfo } from '../../kernels/device/devices.ts'

const gpu: DeviceInfo = {
  index: 0,
  id: 'dev-00000001',
  name: 'NVIDIA H100',
  vendor: 'NVIDIA Corporation',
  kind: 'gpu',
  version: 'OpenCL 3.0 CUDA',
  driver: '550.1',
  platform: 'NVIDIA CUDA',
  platformVersion: 'OpenCL 3.0 CUDA 12.4',
  computeUnits: 132,
  memoryBytes: 2 ** 36,
  limits: {
    clockMhz: 1980,
    maxAllocationBytes: 2 ** 34,
    localMemoryBytes: 49_152,
    constantBytes: 65_536,
    maxWorkGroupSize: 1024,
    maxWorkItemSizes: [1024, 1024, 64],
    hasImages: true,
    hasDoubles: true,
    hasHalfs: false,
  },
}
const cpu: DeviceInfo = {
  ...gpu,
  index: 1,
  id: 'dev-00000002',
  name: 'pthread-haswell',
  kind: 'cpu',
  platform: 'Portable Computing Language',
}

describe('chooseDevice', () => {
  it('takes the first CPU by default', () => {
    expect(chooseDevice([gpu, cpu])).toBe(cpu)
  })

  it('takes the first device where there is no CPU', () => {
    expect(chooseDevice([gpu])).toBe(gpu)
  })

  it('takes an index, also as text, or a part of the name of a device or its platform', () => {
    expect(chooseDevice([gpu, cpu], 0)).toBe(gpu)
    expect(chooseDevice([gpu, cpu], '1')).toBe(cpu)
    expect(chooseDevice([gpu, cpu], 'h100')).toBe(gpu)
    expect(chooseDevice([gpu, cpu], 'portable')).toBe(cpu)
  })

  it('takes an id or a kind before a part of a name', () => {
    const fake: DeviceInfo = { ...gpu, index: 2, id: 'dev-00000003', name: 'cpu-like GPU of dev-00000002' }
    expect(chooseDevice([fake, gpu, cpu], 'dev-00000002')).toBe(cpu)
    expect(chooseDevice([fake, gpu, cpu], 'CPU')).toBe(cpu)
    expect(chooseDevice([cpu, gpu, fake], 'gpu')).toBe(gpu)
  })

  it('names the devices there are when none matches', () => {
    const message = "no OpenCL device matches 'radeon'; there are: 0 (NVIDIA H100), 1 (pthread-haswell)"
    expect(() => chooseDevice([gpu, cpu], 'radeon')).toThrow(
      expect.objectContaining({ code: 'DEVICE_MISSING', message }),
    )
  })

  it('says what to install when there is no device at all', () => {
    expect(() => chooseDevice([])).toThrow(/no OpenCL device found; .*apt-get install .*pocl-opencl-icd/)
  })
})

describe('buildOptions', () => {
  it('asks for the newest language that the device takes well', () => {
    expect(buildOptions(gpu)).toBe('-cl-std=CL3.0 -w')
    expect(buildOptions({ ...gpu, version: 'OpenCL 2.1 AMD-APP' })).toBe('-cl-std=CL2.0 -w')
    expect(buildOptions({ ...gpu, version: 'OpenCL 1.2' })).toBe('-cl-std=CL1.2 -w')
  })
})
