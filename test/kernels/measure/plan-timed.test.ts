import { describe, expect, it } from 'vitest'
import { planTimed } from '../../../kernels/measure/timing-device.ts'

const source = `kernel void f0(global float* p0, global const float* p1, constant int* p2) {
  int v0 = get_global_id(0);
  p0[v0] = p1[v0] + p2[v0];
}
`

function facts(size: number, seed: number) {
  const planned = planTimed(source, { size, seed })
  if (!planned.ok) throw new Error(planned.log)
  return planned
}

describe('planTimed', () => {
  it('gives one payload a size and seed, and tells it by its hash', () => {
    const [same, again, larger, other] = [facts(256, 1), facts(256, 1), facts(512, 1), facts(256, 2)]
    expect(again.facts).toEqual(same.facts)
    expect(new Set([same, larger, other].map((plan) => plan.facts.hash)).size).toBe(3)
  })

  it('counts the bytes that are copied, and leaves guard zones out', () => {
    const { payload, facts: found } = facts(256, 1)
    const sizes = payload.arguments.map((argument) => (argument.kind === 'buffer' ? argument.bytes.length : 0))
    expect(found.writeBytes).toBe(sizes[0] + sizes[1] + sizes[2])
    expect(found.readBytes).toBe(sizes[0])
    expect(payload.arguments.every((argument) => argument.kind === 'buffer' && argument.guardBytes === 0)).toBe(true)
  })

  it('says why there is no payload', () => {
    expect(planTimed('int f(void) { return 1; }', { size: 64, seed: 1 })).toMatchObject({
      ok: false,
      log: expect.stringMatching(/^arguments: /),
    })
  })
})
