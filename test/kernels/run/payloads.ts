// Payloads by hand, for tests of the runner: a guarded buffer of ints and a number.

import { guardBytes, type Payload } from '../../../kernels/payload/payload.ts'

/** Elements of the buffer. */
export const elements = 64

/** For `k(global int *p, int n)`: p holds 3 everywhere, n is 64. */
export function intPayload(guard: number = guardBytes): Payload {
  const bytes = new Uint8Array(Int32Array.from({ length: elements }, () => 3).buffer)
  const layout = [{ offset: 0, type: 'int' }] as const
  const buffer = {
    kind: 'buffer',
    space: 'global',
    elementType: 'int',
    elements,
    bytes,
    access: 'both',
    layout,
  } as const
  return {
    kernel: 'k',
    globalSize: [elements],
    localSize: [16],
    seed: 0,
    arguments: [
      { ...buffer, guardBytes: guard },
      { kind: 'value', type: 'int', bytes: Uint8Array.of(64, 0, 0, 0) },
    ],
  }
}

/** A kernel with the signature of `intPayload`. */
export function intKernel(body: string): string {
  return `kernel void k(global int *p, int n) { int i = get_global_id(0); ${body} }`
}
