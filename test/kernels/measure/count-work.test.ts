import { expect, it } from 'vitest'
import { countWork } from '../../../kernels/measure/model/count-work.ts'
import type { Payload } from '../../../kernels/payload/payload.ts'

it('does not write arguments to a text file that it would take a minute to read', async () => {
  const bytes = new Uint8Array(40 * 2 ** 20)
  const buffer = { kind: 'buffer', space: 'global', elementType: 'uchar', elements: bytes.length, bytes } as const
  const access = { guardBytes: 0, access: 'both', layout: [{ offset: 0, type: 'uchar' }] } as const
  const payload = { kernel: 'f0', globalSize: [64], localSize: [64], seed: 0, arguments: [{ ...buffer, ...access }] }
  const counted = await countWork('kernel void f0(global uchar* p0) {}', payload as Payload)
  expect(counted).toEqual({ ok: false, log: 'arguments of 41943040 bytes are too large for the interpreter' })
})
