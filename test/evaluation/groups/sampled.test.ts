import { describe, expect, it } from 'vitest'
import { countSampled } from '../../../evaluation/groups/sampled.ts'
import { normaliseText } from '../../../kernels/index.ts'

describe('sampled kernels', () => {
  it('are counted at each stage, a form that came before at none behind parsing', () => {
    const kernelOf = (text: string, isOk: boolean): Parameters<typeof countSampled>[0][number] => {
      const form = normaliseText(text)
      const outcome = isOk ? ({ ok: true, ir: '' } as const) : ({ ok: false, stage: 'compile', log: '' } as const)
      return { form: form.ok ? form : undefined, outcome }
    }
    const good = kernelOf('kernel void f(global int* a) { a[0] = 1; }', true)
    const bad = kernelOf('kernel void f(global int* a) { a[0] = b; }', false)
    const broken = kernelOf('kernel void f(', false)
    const seen = new Set<string>()
    expect(countSampled([good, good, bad, broken], seen)).toEqual({
      ...{ evaluated: 4, parsed: 3, unique: 2, checked: 2, compiled: 1 },
    })
    expect(countSampled([bad, good], seen)).toEqual({ evaluated: 2, parsed: 2, unique: 0, checked: 0, compiled: 0 })
  })
})
