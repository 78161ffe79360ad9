// The worker's side of a payload: one kernel with its buffers on a device, run again and again from the same bytes.
// Buffers with guard zones are windows into larger ones; damage to the zones is looked for after every run.

import type { Context, Kernel, Memory, Program, Sampler } from '../device/context.ts'
import { guardPattern, type Payload, type PayloadArgument } from '../payload/payload.ts'
import type { GuardDamage, RunTimes } from './protocol.ts'

/** What a run leaves behind. */
export interface RunResult {
  readonly times: RunTimes
  /** By argument; undefined where nothing is written. */
  readonly outputs: readonly (Uint8Array | undefined)[]
  readonly damage: readonly GuardDamage[]
}

/** An argument with memory on the device. */
interface Filled {
  readonly index: number
  /** All of it, guard zones included. */
  readonly memory: Memory
  readonly guardBytes: number
  readonly bytes: Uint8Array
  readonly isWritable: boolean
  /** Where it is read to: the same memory in every run, or copies would be timed with the page faults of fresh one. */
  readonly found: Uint8Array
}

/** Owns everything that a launch needs. Hold it with `using`; dispose it before its context. */
export class LoadedKernel implements Disposable {
  readonly #context: Context
  readonly #kernel: Kernel
  readonly #payload: Payload
  readonly #filled: readonly Filled[]
  readonly #owned: Disposable[] = []

  /**
   * Takes ownership of the program.
   * @throws {OpenClError} where the kernel or the device does not take the arguments
   */
  constructor(context: Context, program: Program, payload: Payload) {
    this.#context = context
    this.#payload = payload
    this.#owned.push(program)
    try {
      this.#kernel = this.#own(program.createKernel(payload.kernel))
      const given = payload.arguments.length
      const { arity } = this.#kernel
      if (arity !== given)
        throw new RangeError(`'${payload.kernel}' takes ${arity} arguments, the payload has ${given}`)
      this.#filled = payload.arguments.flatMap((argument, i) => this.#setArgument(argument, i) ?? [])
    } catch (error) {
      this[Symbol.dispose]()
      throw error
    }
  }

  /** Write all buffers, run, read what is writable. @throws {OpenClError} */
  async run(guardSalt: number): Promise<RunResult> {
    let writeNs = 0
    let readNs = 0
    for (const filled of this.#filled) writeNs += await this.#context.write(filled.memory, image(filled, guardSalt))
    const kernelNs = await this.#context.run(this.#kernel, this.#payload.globalSize, this.#payload.localSize)
    const outputs: (Uint8Array | undefined)[] = this.#payload.arguments.map(() => undefined)
    const damage: GuardDamage[] = []
    for (const filled of this.#filled) {
      const { index, memory, guardBytes, bytes, isWritable, found } = filled
      if (!isWritable && guardBytes === 0) continue
      readNs += await this.#context.read(memory, found)
      if (isWritable) outputs[index] = found.slice(guardBytes, guardBytes + bytes.length)
      damage.push(...findDamage(found, filled, guardSalt))
    }
    return { times: { writeNs, kernelNs, readNs }, outputs, damage }
  }

  /** @returns what has to be written before a run, if anything */
  #setArgument(argument: PayloadArgument, index: number): Filled | undefined {
    const set = (value: Memory | Sampler | Uint8Array | number): void => this.#kernel.setArgument(index, value)
    switch (argument.kind) {
      case 'value':
        set(argument.bytes)
        return undefined
      case 'local':
        set(argument.byteLength)
        return undefined
      case 'sampler':
        set(this.#own(this.#context.createSampler()))
        return undefined
      case 'image': {
        const { width, height, depth, channelType, access, bytes } = argument
        const memory = this.#own(this.#context.createImage([width, height, depth], channelType, access))
        set(memory)
        return filledWith({ index, memory, guardBytes: 0, bytes, isWritable: access === 'write' })
      }
      case 'buffer': {
        const { bytes, space } = argument
        const guardBytes = roundUp(argument.guardBytes, this.#context.device.alignmentBytes)
        const memory = this.#own(this.#context.createBuffer(bytes.length + 2 * guardBytes))
        set(guardBytes === 0 ? memory : this.#own(memory.slice(guardBytes, bytes.length)))
        // A buffer that the text only reads is read back too where it is guarded: the text may lie.
        const isWritable = space === 'global' && (argument.access !== 'read' || guardBytes > 0)
        return filledWith({ index, memory, guardBytes, bytes, isWritable })
      }
    }
  }

  #own<T extends Disposable>(resource: T): T {
    this.#owned.push(resource)
    return resource
  }

  /** In the opposite order of making. */
  [Symbol.dispose](): void {
    for (const resource of this.#owned.splice(0).reverse()) resource[Symbol.dispose]()
  }
}

function filledWith(filled: Omit<Filled, 'found'>): Filled {
  const isRead = filled.isWritable || filled.guardBytes > 0
  return { ...filled, found: new Uint8Array(isRead ? filled.memory.byteLength : 0) }
}

function image({ bytes, guardBytes }: Filled, guardSalt: number): Uint8Array {
  if (guardBytes === 0) return bytes
  const all = new Uint8Array(bytes.length + 2 * guardBytes)
  const guard = guardPattern(guardBytes, guardSalt)
  all.set(guard)
  all.set(bytes, guardBytes)
  all.set(guard, guardBytes + bytes.length)
  return all
}

function findDamage(found: Uint8Array, { index, guardBytes, bytes }: Filled, guardSalt: number): GuardDamage[] {
  const guard = guardPattern(guardBytes, guardSalt)
  const zone = (start: number, origin: number): GuardDamage[] => {
    const changed = [...guard.keys()].filter((i) => found[start + i] !== guard[i])
    return changed.length === 0 ? [] : [{ argument: index, offset: origin + changed[0], bytes: changed.length }]
  }
  return [...zone(0, -guardBytes), ...zone(guardBytes + bytes.length, bytes.length)]
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit
}
