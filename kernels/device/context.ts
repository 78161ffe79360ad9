// OpenCL objects with one owner each: contexts, programs, kernels, memory, queues. Everything that compiles, runs or
// waits does so on another thread; calls must not overlap (PoCL crashes where two threads use it for the first time).

import { DisposedError } from '../errors.ts'
import { callAsync, check, createAsync, type Handle, type NativeDevice, native, readInfo, readText } from './opencl.ts'

/** A context on one device, with a queue that takes times. Hold it with `using`; dispose what it made before. */
export class Context implements Disposable {
  readonly device: NativeDevice
  readonly #handle: Handle
  readonly #queue: Handle
  #isDisposed = false

  /** @internal Call `Context.open()` instead. */
  constructor(device: NativeDevice, handle: Handle) {
    this.device = device
    this.#handle = handle
    const profiling = 2n
    this.#queue = create('clCreateCommandQueue', (error) => native.createQueue(handle, device.handle, profiling, error))
  }

  /**
   * On the thread that also runs everything else where there is one only (UV_THREADPOOL_SIZE=1): Oclgrind keeps state
   * per thread.
   * @throws {OpenClError}
   */
  static async open(device: NativeDevice): Promise<Context> {
    const error = [0]
    const handle = await createAsync(native.createContext, [null, 1, [device.handle], null, null, error])
    check('clCreateContext', error[0])
    return new Context(device, handle)
  }

  /**
   * Build a program and drop it again.
   * @returns undefined on success, else the build log
   */
  async build(source: string, options: string): Promise<string | undefined> {
    const built = await this.createProgram(source, options)
    if (typeof built === 'string') return built
    built[Symbol.dispose]()
    return undefined
  }

  /** @returns the built program, or the build log */
  async createProgram(source: string, options: string): Promise<Program | string> {
    const handle = create('clCreateProgramWithSource', (error) =>
      native.createProgram(this.#open(), 1, [source], null, error),
    )
    const { handle: device } = this.device
    try {
      await callAsync('clBuildProgram', native.buildProgram, [handle, 1, [device], options, null, null])
      return new Program(handle)
    } catch (error) {
      const log = readText(readInfo(native.getBuildInfo, [handle, device], 0x1183)).trim()
      native.releaseProgram(handle)
      return log || (error as Error).message
    }
  }

  /** @throws {OpenClError} */
  createBuffer(byteLength: number): Memory {
    const readWrite = 1n
    const handle = create('clCreateBuffer', (error) =>
      native.createBuffer(this.#open(), readWrite, byteLength, null, error),
    )
    return new Memory(handle, byteLength)
  }

  /** An image of four channels; 3-D where it has a depth. @throws {OpenClError} */
  createImage(
    [width, height, depth]: readonly [width: number, height: number, depth?: number],
    channelType: 'float' | 'uint8',
    flags: 'read' | 'write',
  ): Memory {
    const format = Uint32Array.of(0x10b5, channelType === 'float' ? 0x10de : 0x10da) // CL_RGBA
    const description = new DataView(new ArrayBuffer(72))
    description.setUint32(0, depth === undefined ? 0x10f1 : 0x10f2, true) // CL_MEM_OBJECT_IMAGE2D, IMAGE3D
    description.setBigUint64(8, BigInt(width), true)
    description.setBigUint64(16, BigInt(height), true)
    description.setBigUint64(24, BigInt(depth ?? 0), true)
    const bytes = new Uint8Array(description.buffer)
    const handle = create('clCreateImage', (error) =>
      native.createImage(this.#open(), flags === 'read' ? 4n : 2n, format, bytes, null, error),
    )
    const region = [width, height, depth ?? 1]
    return new Memory(handle, region.reduce((a, b) => a * b) * (channelType === 'float' ? 16 : 4), region)
  }

  /** Nearest texel, coordinates in texels, clamped to the edge. @throws {OpenClError} */
  createSampler(): Sampler {
    const [clampToEdge, nearest] = [0x1131, 0x1140]
    return new Sampler(
      create('clCreateSampler', (error) => native.createSampler(this.#open(), 0, clampToEdge, nearest, error)),
    )
  }

  /** Copy `bytes` to the start of `memory`. @returns device time in ns @throws {OpenClError} */
  write(memory: Memory, bytes: Uint8Array): Promise<number> {
    return this.#transfer('Write', memory, bytes)
  }

  /** Fill `bytes` from the start of `memory`. @returns device time in ns @throws {OpenClError} */
  read(memory: Memory, bytes: Uint8Array): Promise<number> {
    return this.#transfer('Read', memory, bytes)
  }

  /** Run a kernel over a range and wait. @returns device time in ns @throws {OpenClError} */
  async run(kernel: Kernel, globalSize: readonly number[], localSize: readonly number[]): Promise<number> {
    this.#open()
    const event: (Handle | null)[] = [null]
    const args = [this.#queue, kernel.handle, globalSize.length, null, globalSize, localSize, 0, null, event]
    await callAsync('clEnqueueNDRangeKernel', native.enqueueKernel, args)
    await callAsync('clFinish', native.finish, [this.#queue])
    return this.#elapsedNs(event[0])
  }

  async #transfer(kind: 'Read' | 'Write', { handle, region }: Memory, bytes: Uint8Array): Promise<number> {
    this.#open()
    if (bytes.length === 0) return 0
    const event: (Handle | null)[] = [null]
    const where = region === undefined ? [0, bytes.length] : [[0, 0, 0], region, 0, 0]
    const blocking = 1
    const fn = region === undefined ? native[`enqueue${kind}`] : native[`enqueue${kind}Image`]
    await callAsync(`clEnqueue${kind}`, fn, [this.#queue, handle, blocking, ...where, bytes, 0, null, event])
    return this.#elapsedNs(event[0])
  }

  /** START to END; the event is released. */
  #elapsedNs(event: Handle | null): number {
    if (event === null) throw new Error('OpenCL returned no event')
    try {
      // A command that failed after it was accepted says so here only.
      const status = readInfo(native.getEventInfo, [event], 0x11d3).readInt32LE()
      if (status < 0) check('the command', status)
      const time = (key: number): bigint => readInfo(native.getProfilingInfo, [event], key).readBigUInt64LE()
      return Number(time(0x1283) - time(0x1282))
    } finally {
      native.releaseEvent(event)
    }
  }

  #open(): Handle {
    if (this.#isDisposed) throw new DisposedError('Context')
    return this.#handle
  }

  [Symbol.dispose](): void {
    if (this.#isDisposed) return
    this.#isDisposed = true
    native.releaseQueue(this.#queue)
    native.releaseContext(this.#handle)
  }
}

/** A built program. Hold it with `using`. */
export class Program implements Disposable {
  readonly #handle: Handle

  constructor(handle: Handle) {
    this.#handle = handle
  }

  /** @throws {OpenClError} where there is no such kernel */
  createKernel(name: string): Kernel {
    return new Kernel(create('clCreateKernel', (error) => native.createKernel(this.#handle, name, error)))
  }

  [Symbol.dispose](): void {
    native.releaseProgram(this.#handle)
  }
}

/** A kernel and its arguments. Hold it with `using`. */
export class Kernel implements Disposable {
  /** @internal */
  readonly handle: Handle

  constructor(handle: Handle) {
    this.handle = handle
  }

  /** How many arguments it takes. */
  get arity(): number {
    return readInfo(native.getKernelInfo, [this.handle], 0x1191).readUInt32LE()
  }

  /** @param value - an object, the bytes of a scalar, or a number of bytes of local memory @throws {OpenClError} */
  setArgument(index: number, value: Memory | Sampler | Uint8Array | number): void {
    check(`clSetKernelArg ${index}`, this.#set(index, value))
  }

  #set(index: number, value: Memory | Sampler | Uint8Array | number): number {
    if (typeof value === 'number') return native.setBytesArg(this.handle, index, value, null)
    if (value instanceof Uint8Array) return native.setBytesArg(this.handle, index, value.length, value)
    return native.setHandleArg(this.handle, index, 8, [value.handle])
  }

  [Symbol.dispose](): void {
    native.releaseKernel(this.handle)
  }
}

/** A buffer or an image. */
export class Memory implements Disposable {
  /** @internal */
  readonly handle: Handle
  readonly byteLength: number
  /** Of an image: width, height, depth. */
  readonly region: readonly number[] | undefined

  constructor(handle: Handle, byteLength: number, region?: readonly number[]) {
    this.handle = handle
    this.byteLength = byteLength
    this.region = region
  }

  /** A part of a buffer. @param offset - a multiple of the device's alignment @throws {OpenClError} */
  slice(offset: number, byteLength: number): Memory {
    const bufferRegion = 0x1220 // CL_BUFFER_CREATE_TYPE_REGION
    const handle = create('clCreateSubBuffer', (error) =>
      native.createSubBuffer(this.handle, 0n, bufferRegion, [offset, byteLength], error),
    )
    return new Memory(handle, byteLength)
  }

  [Symbol.dispose](): void {
    native.releaseMemory(this.handle)
  }
}

/** How images are read. */
export class Sampler implements Disposable {
  /** @internal */
  readonly handle: Handle

  constructor(handle: Handle) {
    this.handle = handle
  }

  [Symbol.dispose](): void {
    native.releaseSampler(this.handle)
  }
}

function create(call: string, attempt: (error: number[]) => Handle): Handle {
  const error = [0]
  const handle = attempt(error)
  check(call, error[0])
  return handle
}
