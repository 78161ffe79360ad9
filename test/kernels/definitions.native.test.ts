import { describe, expect, it } from 'vitest'
import { loadSeedVectors } from '../../corpora/index.ts'
import { featureSpaces } from '../../features/index.ts'
import { compileAll, emitDefinitions } from '../../kernels/index.ts'

const spaces = featureSpaces.flatMap((space) => (space.input === 'ir' ? [space] : []))

describe('emitDefinitions', () => {
  it('gives every seed kernel the features that it has by itself', async () => {
    const { kernels } = loadSeedVectors()
    const texts = kernels.map(({ text }) => text)
    const [together, alone] = [await emitDefinitions(texts), await compileAll(texts)]
    for (const [i, outcome] of together.entries()) {
      const own = alone[i]
      if (!outcome.ok || !own.ok) throw new Error(`${kernels[i].name} does not compile`)
      for (const space of spaces) {
        expect([kernels[i].name, ...space.extractModule(outcome.ir)]).toEqual([
          kernels[i].name,
          ...space.extractModule(own.ir),
        ])
      }
    }
  })

  it('keeps one form from another: names, helpers, types, faults', async () => {
    const forms = [
      'kernel void f0(global int *p0) { p0[0] = 1; }',
      'int f0(int p0) { return p0 / 3; } kernel void f1(global int *p0) { p0[0] = f0(p0[1]); }',
      'kernel void f0(global int *p0) { p0[0] = missing(1); }',
      'struct t0 { int m0; }; kernel void f0(global struct t0 *p0) { p0[0].m0 = 4; }',
      'struct t0 { float m1; }; kernel void f0(global struct t0 *p0) { p0[0].m1 = 4.0f; }',
      'constant float g0[2] = {1.0f, 2.0f}; kernel void f0(global float *p0) { p0[0] = g0[1] * p0[1]; }',
    ]
    const outcomes = await emitDefinitions(forms)
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, false, true, true, true])
    expect(outcomes[1]).toMatchObject({ ir: expect.stringMatching(/^define .*@k1_f0\b[\s\S]*\ndefine .*@k1_f1\b/) })
    expect(outcomes[2]).toMatchObject({ stage: 'compile', log: expect.stringContaining("'missing'") })
    expect(outcomes[3]).toMatchObject({ ir: expect.stringContaining('store i32 4') })
    expect(outcomes[4]).toMatchObject({ ir: expect.stringContaining('store float 4') })
  })

  it('refuses what is unfit for a compiler, and nothing with it', async () => {
    const outcomes = await emitDefinitions(['#include "/dev/zero"', 'kernel void f0() { }'])
    expect(outcomes).toMatchObject([{ ok: false, stage: 'limits' }, { ok: true }])
    expect(await emitDefinitions([])).toEqual([])
  })

  it('gives up a form that keeps the compiler busy, and no other', async () => {
    // Each function inlines two copies of the one before.
    const inlined = Array.from({ length: 24 }, (_, i) => {
      const call = i === 0 ? 'sin(p0)' : `f${i - 1}(p0) + f${i - 1}(p0 + ${i})`
      return `__attribute__((always_inline)) float f${i}(float p0) { return ${call}; }`
    })
    const busy = `${inlined.join('\n')}\nkernel void f24(global float *p0) { p0[0] = f23(p0[1]); }`
    const forms = ['kernel void f0(global int *p0) { p0[0] = 2; }', busy]
    const outcomes = await emitDefinitions(forms, { timeoutMs: 1500 })
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false])
  })

  it('is as strict as it is told to be', async () => {
    const forms = ['kernel void f0(global int *p0) { int v0 = p0; p0[0] = v0; }']
    expect(await emitDefinitions(forms)).toMatchObject([{ ok: true }])
    expect(await emitDefinitions(forms, { isStrict: true })).toMatchObject([{ ok: false, stage: 'compile' }])
  })
})
