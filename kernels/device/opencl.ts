// libOpenCL through koffi: the only file that loads it, and only child processes import it (drivers crash and hang).
// Handles stay in here. Signatures and constants: OpenCL 3.0 API specification, section 4 and 5.8.

import koffi, { type LibraryHandle } from 'koffi'
import { BenchError, DisposedError } from '../errors.ts'
import { deviceRemedy } from './devices.ts'

// LLVM inside PoCL recurses; koffi runs foreign code on stacks of 2 MiB, asynchronous calls on 128 KiB. To be set
// before the first load().
koffi.config({ sync_stack_size: 16 << 20, async_stack_size: 16 << 20 })

/** An OpenCL object; what koffi makes of a pointer is nobody's business. */
type Handle = { readonly kind: 'cl_handle' }

const library = loadLibrary()
koffi.pointer('cl_handle', koffi.opaque())

const native = {
  getPlatformIDs: library.func('int clGetPlatformIDs(uint32_t n, _Out_ cl_handle *ids, _Out_ uint32_t *count)'),
  getPlatformInfo: library.func(
    'int clGetPlatformInfo(cl_handle p, uint32_t key, size_t n, _Out_ uint8_t *value, _Out_ size_t *size)',
  ),
  getDeviceIDs: library.func(
    'int clGetDeviceIDs(cl_handle p, uint64_t type, uint32_t n, _Out_ cl_handle *ids, _Out_ uint32_t *count)',
  ),
  getDeviceInfo: library.func(
    'int clGetDeviceInfo(cl_handle d, uint32_t key, size_t n, _Out_ uint8_t *value, _Out_ size_t *size)',
  ),
  createContext: library.func(
    'cl_handle clCreateContext(void *props, uint32_t n, cl_handle *devices, void *cb, void *data, _Out_ int *error)',
  ),
  createProgram: library.func(
    'cl_handle clCreateProgramWithSource(cl_handle c, uint32_t n, const char **text, size_t *sizes, _Out_ int *error)',
  ),
  buildProgram: library.func(
    'int clBuildProgram(cl_handle p, uint32_t n, cl_handle *devices, const char *options, void *cb, void *data)',
  ),
  getBuildInfo: library.func(
    'int clGetProgramBuildInfo(cl_handle p, cl_handle d, uint32_t key, size_t n, _Out_ uint8_t *value, _Out_ size_t *size)',
  ),
  releaseProgram: library.func('int clReleaseProgram(cl_handle p)'),
  releaseContext: library.func('int clReleaseContext(cl_handle c)'),
}

const platformNotFound = -1001 // CL_PLATFORM_NOT_FOUND_KHR: a loader without drivers
const deviceNotFound = -1
const allDevices = 0xffffffffn

/** Facts about one platform, and its devices as handles that only this file can open. */
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
  readonly version: string
  readonly driver: string
  /** Bit set of CL_DEVICE_TYPE: 2 CPU, 4 GPU, 8 accelerator. */
  readonly typeBits: number
  readonly computeUnits: number
  readonly memoryBytes: number
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
  return listHandles('clGetDeviceIDs', deviceNotFound, list).map((handle) => {
    const info = (key: number): Buffer => readInfo(native.getDeviceInfo, [handle], key)
    return {
      handle,
      name: readText(info(0x102b)),
      version: readText(info(0x102f)),
      driver: readText(info(0x102d)),
      typeBits: Number(info(0x1000).readBigUInt64LE()),
      computeUnits: info(0x1002).readUInt32LE(),
      memoryBytes: Number(info(0x101f).readBigUInt64LE()),
    }
  })
}

/** A context on one device. Hold it with `using`. */
export class Context implements Disposable {
  readonly #device: Handle
  #context: Handle | undefined

  constructor(device: NativeDevice) {
    const error = [0]
    this.#device = device.handle
    this.#context = native.createContext(null, 1, [device.handle], null, null, error)
    check('clCreateContext', error[0])
  }

  /**
   * Build a program and drop it again. The foreign call runs on another thread, so that the event loop stays alive.
   * @returns undefined on success, else the build log
   */
  async build(source: string, options: string): Promise<string | undefined> {
    using program = this.#createProgram(source)
    const code = await program.build(options)
    return code === 0 ? undefined : program.log() || `clBuildProgram failed with code ${code}`
  }

  #createProgram(source: string): Program {
    if (this.#context === undefined) throw new DisposedError('Context')
    const error = [0]
    const program: Handle = native.createProgram(this.#context, 1, [source], null, error)
    check('clCreateProgramWithSource', error[0])
    return new Program(program, this.#device)
  }

  [Symbol.dispose](): void {
    if (this.#context === undefined) return
    native.releaseContext(this.#context)
    this.#context = undefined
  }
}

class Program implements Disposable {
  readonly #program: Handle
  readonly #device: Handle

  constructor(program: Handle, device: Handle) {
    this.#program = program
    this.#device = device
  }

  build(options: string): Promise<number> {
    return new Promise((resolve, reject) => {
      native.buildProgram.async(
        this.#program,
        1,
        [this.#device],
        options,
        null,
        null,
        (error: unknown, code: number) => (error ? reject(error) : resolve(code)),
      )
    })
  }

  log(): string {
    return readText(readInfo(native.getBuildInfo, [this.#program, this.#device], 0x1183)).trim()
  }

  [Symbol.dispose](): void {
    native.releaseProgram(this.#program)
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

function readInfo(call: InfoCall, objects: readonly Handle[], key: number): Buffer {
  const size = [0]
  check('info query', call(...objects, key, 0, null, size))
  const value = Buffer.alloc(Number(size[0]))
  check('info query', call(...objects, key, value.length, value, null))
  return value
}

function readText(value: Buffer): string {
  return value.toString('utf8').replace(/\0+$/, '')
}

function check(call: string, code: number): void {
  if (code !== 0) throw new Error(`${call} failed with OpenCL error ${code}`)
}
