// A device that can say how long a kernel takes: one that runs it, or one that is only described.

import type { DeviceKind } from '../device/devices.ts'
import { hashPayload } from '../payload/hash-payload.ts'
import type { Payload } from '../payload/payload.ts'
import { planPayload } from '../payload/plan.ts'
import type { Provenance } from './provenance.ts'
import type { RepeatedTimes } from './repeat.ts'

/** Which device, fit to be filed with its times. */
export interface TimingFacts {
  /** Stable id of an OpenCL device, or `model:<name>`. */
  readonly id: string
  readonly name: string
  readonly kind: DeviceKind
  /** Version of the driver; of a model the hash of its description. */
  readonly driver: string
  readonly provenance: Provenance
}

/** A kernel to be timed. */
export interface TimedKernel {
  /** Preprocessed OpenCL C with one kernel and what it needs. */
  readonly source: string
  /** Of its accesses to global memory, 0 to 1 (Grewe's F2). Only models look at it. */
  readonly coalescedShare: number
}

/** What a kernel was run with. */
export interface PayloadFacts {
  readonly hash: string
  readonly globalSize: readonly number[]
  readonly localSize: readonly number[]
  /** Of all buffers and images, host to device. */
  readonly writeBytes: number
  /** Of those that the kernel may write, device to host. */
  readonly readBytes: number
}

/** Times, or why there are none. */
export type TimingOutcome =
  | { readonly ok: true; readonly payload: PayloadFacts; readonly times: RepeatedTimes }
  | { readonly ok: false; readonly payload?: PayloadFacts; readonly log: string }

/** How a kernel is launched. */
export interface TimingRequest {
  /** Work-items in all; the plan of a payload may round. */
  readonly size: number
  /** Work-items per group that are wished for, as far as the kernel allows. Default: the planner's choice. */
  readonly groupItems?: number
  /** Of the payload. */
  readonly seed: number
  readonly signal?: AbortSignal
}

/** Times kernels one after another. Hold it with `using`. */
export interface TimingDevice extends Disposable {
  readonly facts: TimingFacts
  /** @throws the signal's reason when aborted; everything else that goes wrong is an outcome */
  time(kernel: TimedKernel, request: TimingRequest): Promise<TimingOutcome>
}

/** A payload with what is filed of it. Guard zones are left out: they would be copied too. */
export type TimedPayload =
  | { readonly ok: true; readonly payload: Payload; readonly facts: PayloadFacts }
  | { readonly ok: false; readonly log: string }

/** Plan a launch of `size` work-items in all, in groups of `groupItems` as far as the kernel allows. */
export function planTimed(source: string, { size, groupItems, seed }: Omit<TimingRequest, 'signal'>): TimedPayload {
  const planned = planPayload(source, { globalSize: [size], groupItems, seed })
  if (!planned.ok) return { ok: false, log: `arguments: ${planned.log}` }
  const bare = planned.payload.arguments.map((argument) =>
    argument.kind === 'buffer' ? { ...argument, guardBytes: 0 } : argument,
  )
  const payload: Payload = { ...planned.payload, arguments: bare }
  return { ok: true, payload, facts: factsOf(payload) }
}

function factsOf(payload: Payload): PayloadFacts {
  const { globalSize, localSize } = payload
  const copies = copiesOf(payload)
  const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0)
  return {
    hash: hashPayload(payload),
    globalSize,
    localSize,
    writeBytes: sum(copies.writes),
    readBytes: sum(copies.reads),
  }
}

/** Bytes of each copy between host and device. */
export function copiesOf(payload: Payload): { readonly writes: readonly number[]; readonly reads: readonly number[] } {
  const copied = payload.arguments.flatMap((argument) =>
    argument.kind === 'buffer' || argument.kind === 'image' ? [argument] : [],
  )
  const isRead = (argument: (typeof copied)[number]): boolean =>
    argument.access !== 'read' && (argument.kind === 'image' || argument.space === 'global')
  return {
    writes: copied.map(({ bytes }) => bytes.length),
    reads: copied.filter(isRead).map(({ bytes }) => bytes.length),
  }
}
