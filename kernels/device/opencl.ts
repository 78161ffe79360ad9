// libOpenCL through koffi: the only file that loads it, and only child processes import it (drivers crash and hang).
// Handles stay in here and in context.ts. Signatures and constants: OpenCL 3.0 API specification.

import koffi, { type LibraryHandle } from 'koffi'
import { BenchError } from '../errors.ts'
import { deviceRemedy } from './devices.ts'

// LLVM inside PoCL recurses; koffi runs foreign code on stacks of 2 MiB, asynchronous calls on 128 KiB. To be set
// before the first load().
koffi.config({ sync_stack_size: 16 << 20, async_stack_size: 16 << 20 })

/** An OpenCL object; what koffi makes of a pointer is nobody's business. */
export type Handle = { readonly kind: 'cl_handle' }

const library = loadLibrary()
koffi.pointer('cl_handle', koffi.opaque())

const declarations = {
  getPlatformIDs: 'int clGetPlatformIDs(uint32_t n, _Out_ cl_handle *ids, _Out_ uint32_t *count)',
  getPlatformInfo:
    'int clGetPlatformInfo(cl_handle p, uint32_t key, size_t n, _Out_ uint8_t *value, _Out_ size_t *size)',
  getDeviceIDs:
    'int clGetDeviceIDs(cl_handle p, uint64_t type, uint32_t n, _Out_ cl_handle *ids, _Out_ uint32_t *count)',
  getDeviceInfo: 'int clGetDeviceInfo(cl_handle d, uint32_t key, size_t n, _Out_ uint8_t *value, _Out_ size_t *size)',
  createContext:
    'cl_handle clCreateContext(void *props, uint32_t n, cl_handle *devices, void *cb, void *data, _Out_ int *error)',
  createQueue: 'cl_handle clCreateCommandQueue(cl_handle c, cl_handle d, uint64_t props, _Out_ int *error)',
  createProgram:
    'cl_handle clCreateProgramWithSource(cl_handle c, uint32_t n, const char **text, size_t *sizes, _Out_ int *error)',
  buildProgram:
    'int clBuildProgram(cl_handle p, uint32_t n, cl_handle *devices, const char *options, void *cb, void *data)',
  getBuildInfo:
    'int clGetProgramBuildInfo(cl_handle p, cl_handle d, uint32_t key, size_t n, _Out_ uint8_t *value, _Out_ size_t *size)',
  createKernel: 'cl_handle clCreateKernel(cl_handle p, const char *name, _Out_ int *error)',
  getKernelInfo: 'int clGetKernelInfo(cl_handle k, uint32_t key, size_t n, _Out_ uint8_t *value, _Out_ size_t *size)',
  setHandleArg: 'int clSetKernelArg(cl_handle k, uint32_t index, size_t n, cl_handle *value)',
  setBytesArg: 'int clSetKernelArg(cl_handle k, uint32_t index, size_t n, void *value)',
  createBuffer: 'cl_handle clCreateBuffer(cl_handle c, uint64_t flags, size_t n, void *host, _Out_ int *error)',
  createSubBuffer:
    'cl_handle clCreateSubBuffer(cl_handle b, uint64_t flags, uint32_t type, size_t *region, _Out_ int *error)',
  createImage:
    'cl_handle clCreateImage(cl_handle c, uint64_t flags, void *format, void *desc, void *host, _Out_ int *error)',
  createSampler:
    'cl_handle clCreateSampler(cl_handle c, uint32_t normalized, uint32_t addressing, uint32_t filter, _Out_ int *error)',
  enqueueWrite:
    'int clEnqueueWriteBuffer(cl_handle q, cl_handle b, uint32_t blocking, size_t offset, size_t n, void *host, uint32_t events, void *list, _Out_ cl_handle *event)',
  enqueueRead:
    'int clEnqueueReadBuffer(cl_handle q, cl_handle b, uint32_t blocking, size_t offset, size_t n, void *host, uint32_t events, void *list, _Out_ cl_handle *event)',
  enqueueWriteImage:
    'int clEnqueueWriteImage(cl_handle q, cl_handle i, uint32_t blocking, size_t *origin, size_t *region, size_t row, size_t slice, void *host, uint32_t events, void *list, _Out_ cl_handle *event)',
  enqueueReadImage:
    'int clEnqueueReadImage(cl_handle q, cl_handle i, uint32_t blocking, size_t *origin, size_t *region, size_t row, size_t slice, void *host, uint32_t events, void *list, _Out_ cl_handle *event)',
  enqueueKernel:
    'int clEnqueueNDRangeKernel(cl_handle q, cl_handle k, uint32_t dimensions, void *offset, size_t *global, size_t *local, uint32_t events, void *list, _Out_ cl_handle *event)',
  finish: 'int clFinish(cl_handle q)',
  getEventInfo: 'int clGetEventInfo(cl_handle e, uint32_t key, size_t n, _Out_ uint8_t *value, _Out_ size_t *size)',
  getProfilingInfo:
    'int clGetEventProfilingInfo(cl_handle e, uint32_t key, size_t n, _Out_ uint8_t *value, _Out_ size_t *size)',
  releaseEvent: 'int clReleaseEvent(cl_handle e)',
  releaseMemory: 'int clReleaseMemObject(cl_handle m)',
  releaseSampler: 'int clReleaseSampler(cl_handle s)',
  releaseKernel: 'int clReleaseKernel(cl_handle k)',
  releaseProgram: 'int clReleaseProgram(cl_handle p)',
  releaseQueue: 'int clReleaseCommandQueue(cl_handle q)',
  releaseContext: 'int clReleaseContext(cl_handle c)',
} as const

type ForeignFunction = ReturnType<LibraryHandle['func']>

/** The functions of OpenCL, without their prefix. @internal */
export const native: Readonly<Record<keyof typeof declarations, ForeignFunction>> = bindAll()

function bindAll(): Record<keyof typeof declarations, ForeignFunction> {
  const functions = Object.entries(declarations).map(([name, text]) => [name, library.func(text)] as const)
  return Object.fromEntries(functions) as Record<keyof typeof declarations, ForeignFunction>
}

const platformNotFound = -1001 // CL_PLATFORM_NOT_FOUND_KHR: a loader without drivers
const deviceNotFound = -1
const allDevices = 0xffffffffn

/** Facts about one platform, and its devices as handles. */
export interface NativePlatform {
  readonly name: string
  readonly version: string
  readonly devices: readonly NativeDevice[]
}

/** Facts about one device, and its handle. */
export interface NativeDevice {
  /** @internal */
  readonly handle: Handle
  readonly name: string
  readonly vendor: string
  readonly version: string
  readonly driver: string
  /** Bit set of CL_DEVICE_TYPE: 2 CPU, 4 GPU, 8 accelerator. */
  readonly typeBits: number
  readonly computeUnits: number
  readonly clockMhz: number
  readonly memoryBytes: number
  readonly maxAllocationBytes: number
  readonly localMemoryBytes: number
  readonly constantBytes: number
  readonly maxWorkGroupSize: number
  /** `[dimension]` */
  readonly maxWorkItemSizes: readonly number[]
  /** Sub-buffers start at multiples of it. */
  readonly alignmentBytes: number
  readonly hasImages: boolean
  readonly extensions: readonly string[]
}

/** Every platform the loader knows, in its order; none where no driver is installed. */
export function readPlatforms(): NativePlatform[] {
  return listHandles('clGetPlatformIDs', platformNotFound, native.getPlatformIDs).map((platform) => {
    const text = (key: number): string => readText(readInfo(native.getPlatformInfo, [platform], key))
    return { name: text(0x0902), version: text(0x0901), devices: readDevices(platform) }
  })
}

function readDevices(platform: Handle): NativeDevice[] {
  const list: ListCall = (n, ids, count) => native.getDeviceIDs(platform, allDevices, n, ids, count)
  return listHandles('clGetDeviceIDs', deviceNotFound, list).map(readDevice)
}

function readDevice(handle: Handle): NativeDevice {
  const info = (key: number): Buffer => readInfo(native.getDeviceInfo, [handle], key)
  const text = (key: number): string => readText(info(key))
  const long = (key: number): number => Number(info(key).readBigUInt64LE())
  const int = (key: number): number => info(key).readUInt32LE()
  const sizes = info(0x1005)
  return {
    handle,
    name: text(0x102b),
    vendor: text(0x102c),
    version: text(0x102f),
    driver: text(0x102d),
    typeBits: long(0x1000),
    computeUnits: int(0x1002),
    clockMhz: int(0x100c),
    memoryBytes: long(0x101f),
    maxAllocationBytes: long(0x1010),
    localMemoryBytes: long(0x1023),
    constantBytes: long(0x1020),
    maxWorkGroupSize: long(0x1004),
    maxWorkItemSizes: Array.from({ length: sizes.length >> 3 }, (_, i) => Number(sizes.readBigUInt64LE(8 * i))),
    alignmentBytes: int(0x1019) >> 3,
    hasImages: int(0x1016) !== 0,
    extensions: text(0x1030).split(' ').filter(Boolean),
  }
}

function loadLibrary(): LibraryHandle {
  const names = {
    linux: 'libOpenCL.so.1',
    darwin: '/System/Library/Frameworks/OpenCL.framework/OpenCL',
    win32: 'OpenCL.dll',
  }
  const name = names[process.platform as keyof typeof names] ?? 'libOpenCL.so.1'
  try {
    return koffi.load(name)
  } catch (cause) {
    throw new BenchError('DEVICE_MISSING', `no OpenCL loader (${name}); ${deviceRemedy}`, { cause })
  }
}

/** OpenCL lists in two calls: first the count, then the objects. */
type ListCall = (n: number, ids: Handle[] | null, count: number[] | null) => number

function listHandles(name: string, emptyCode: number, call: ListCall): Handle[] {
  const count = [0]
  const code = call(0, null, count)
  if (code === emptyCode || (code === 0 && count[0] === 0)) return []
  check(name, code)
  const handles = new Array(count[0]).fill(null)
  check(name, call(count[0], handles, null))
  return handles
}

type InfoCall = (...objectsAndBuffers: readonly unknown[]) => number

/** Value of one key of an object. @internal */
export function readInfo(call: InfoCall, objects: readonly Handle[], key: number): Buffer {
  const size = [0]
  check('info query', call(...objects, key, 0, null, size))
  const value = Buffer.alloc(Number(size[0]))
  check('info query', call(...objects, key, value.length, value, null))
  return value
}

/** @internal */
export function readText(value: Buffer): string {
  return value.toString('utf8').replace(/\0+$/, '')
}

/** Names of the codes that kernels and payloads can bring about. */
const errorNames: Readonly<Record<number, string>> = {
  [-4]: 'CL_MEM_OBJECT_ALLOCATION_FAILURE',
  [-5]: 'CL_OUT_OF_RESOURCES',
  [-6]: 'CL_OUT_OF_HOST_MEMORY',
  [-10]: 'CL_IMAGE_FORMAT_NOT_SUPPORTED',
  [-14]: 'CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST',
  [-40]: 'CL_INVALID_IMAGE_SIZE',
  [-45]: 'CL_INVALID_PROGRAM_EXECUTABLE',
  [-46]: 'CL_INVALID_KERNEL_NAME',
  [-49]: 'CL_INVALID_ARG_INDEX',
  [-50]: 'CL_INVALID_ARG_VALUE',
  [-51]: 'CL_INVALID_ARG_SIZE',
  [-52]: 'CL_INVALID_KERNEL_ARGS',
  [-54]: 'CL_INVALID_WORK_GROUP_SIZE',
  [-55]: 'CL_INVALID_WORK_ITEM_SIZE',
  [-61]: 'CL_INVALID_BUFFER_SIZE',
  [-63]: 'CL_INVALID_GLOBAL_WORK_SIZE',
}

/** A call that did not return CL_SUCCESS. */
export class OpenClError extends Error {
  readonly code: number

  constructor(call: string, code: number) {
    super(`${call} failed with OpenCL error ${code}${errorNames[code] === undefined ? '' : ` (${errorNames[code]})`}`)
    this.name = 'OpenClError'
    this.code = code
  }
}

/** @throws {OpenClError} @internal */
export function check(call: string, code: number): void {
  if (code !== 0) throw new OpenClError(call, code)
}

/**
 * A foreign call on another thread, so that the event loop stays alive while a driver compiles, runs or hangs.
 * @internal
 */
export function callAsync(call: string, fn: ForeignFunction, args: readonly unknown[]): Promise<void> {
  return new Promise((resolve, reject) => {
    fn.async(...args, (error: unknown, code: number) => {
      if (error) reject(error)
      else if (code !== 0) reject(new OpenClError(call, code))
      else resolve()
    })
  })
}

/** As `callAsync`, for functions that return an object and put their code into the last argument. @internal */
export function createAsync(fn: ForeignFunction, args: readonly unknown[]): Promise<Handle> {
  return new Promise((resolve, reject) => {
    fn.async(...args, (error: unknown, handle: Handle) => (error ? reject(error) : resolve(handle)))
  })
}
