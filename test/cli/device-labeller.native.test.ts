// Labels as `learn --devices` gives them: validated, then timed; here by models of two devices, whose figures are the
// same on every machine.

import { expect, it } from 'vitest'
import type { FoundKernel } from '../../active-learning/index.ts'
import { openDeviceLabeller } from '../../cli/learn/device-labeller.ts'
import { memoryIo } from './memory-io.ts'

const counts = { comp: 2, rational: 0, mem: 2, localmem: 0, coalesced: 2, atomic: 0 }
const kernelOf = (text: string): FoundKernel => ({ key: 'k', text, kernelName: 'f0', counts, distance: 0 })
const scale = kernelOf(`kernel void f0(global float* p0, global const float* p1) {
  int v0 = get_global_id(0);
  p0[v0] = p1[v0] * 2.0f + 1.0f;
}
`)

it('launches groups of the size that is wanted, and the transfer that comes nearest', async () => {
  using labeller = await openDeviceLabeller(['model:intel-i7-3820', 'model:nvidia-gtx-970'], memoryIo())
  const { signal } = new AbortController()
  const label = (kernel: FoundKernel, wgsize: number) =>
    labeller.label({ kernel, launch: { transferBytes: 3 * 2 ** 20, wgsize }, seed: 1 }, signal)
  for (const wgsize of [32, 128]) {
    // Two buffers of floats, one of which is read back: 12 bytes a work-item.
    expect(await label(scale, wgsize)).toMatchObject({
      ok: true,
      launches: [{ wgsize, transferBytes: 3 * 2 ** 20, dataset: String(2 ** 18) }],
    })
  }
  const fixed = kernelOf(scale.text.replace('kernel', '__attribute__((reqd_work_group_size(16, 1, 1))) kernel'))
  expect(await label(fixed, 128)).toMatchObject({ ok: true, launches: [{ wgsize: 16 }] })
  const idle = kernelOf('kernel void f0(global float* p0) { p0[get_global_id(0)] = 1.0f; }\n')
  expect(await label(idle, 64)).toMatchObject({ ok: false, stage: 'input-dependent' })
})
