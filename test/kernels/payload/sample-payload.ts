// Payloads taken apart for tests.

import { type Payload, type PayloadArgument, type PayloadOptions, planPayload } from '../../../kernels/index.ts'

/** Fails the test where there is no payload. */
export function plan(text: string, options: Partial<PayloadOptions> = {}): Payload {
  const outcome = planPayload(text, { seed: 1, ...options })
  if (!outcome.ok) throw new Error(outcome.log)
  return outcome.payload
}

export function bufferOf(payload: Payload, index: number): Extract<PayloadArgument, { readonly kind: 'buffer' }> {
  const argument = payload.arguments[index]
  if (argument.kind !== 'buffer') throw new Error(`argument ${index} is a ${argument.kind}`)
  return argument
}

export function integersOf(payload: Payload, index: number): number[] {
  const { bytes } = bufferOf(payload, index)
  return [...new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)]
}

/** Value of an `int` or `uint`. */
export function scalarOf(payload: Payload, index: number): number {
  const argument = payload.arguments[index]
  if (argument.kind !== 'value') throw new Error(`argument ${index} is a ${argument.kind}`)
  return new DataView(argument.bytes.buffer).getInt32(0, true)
}

export function elementsOf(payload: Payload): (number | string)[] {
  return payload.arguments.map((argument) => (argument.kind === 'buffer' ? argument.elements : argument.kind))
}
