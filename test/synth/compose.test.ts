import { describe, expect, it } from 'vitest'
import { grewe } from '../../features/index.ts'
import { normaliseText, parseUnit } from '../../kernels/index.ts'
import { readKernel } from '../../synth/edits/index.ts'
import { Random, TargetMeter } from '../../synth/index.ts'
import { findSums, fuseAll } from '../../synth/search/compose.ts'

const size = grewe.names.length
const vector = (...values: number[]): Float64Array => {
  const whole = new Float64Array(size)
  whole.set(values)
  return whole
}
const parts = [vector(1, 0, 1), vector(4, 1, 0), vector(0, 2, 9), vector(30, 0, 0)].map((features) => ({
  text: '',
  features,
}))
const meter = (...values: number[]): TargetMeter =>
  new TargetMeter({ name: 't', space: grewe, values: vector(...values) })

describe('findSums', () => {
  it('finds the parts that add up to the target', () => {
    expect(findSums(parts, vector(), meter(5, 3, 10), 3, new Random(1))[0].sort()).toEqual([0, 1, 2])
    expect(findSums(parts, vector(), meter(34, 1, 0), 3, new Random(1))[0].sort()).toEqual([1, 3])
  })

  it('subtracts what every kernel has', () => {
    expect(findSums(parts, vector(1, 0, 0), meter(4, 1, 1), 1, new Random(1))[0].sort()).toEqual([0, 1])
  })

  it('proposes none where one part is nearest, and no part twice', () => {
    expect(findSums(parts, vector(), meter(1, 0, 1), 4, new Random(1))).toEqual([])
    for (const sum of findSums(parts, vector(), meter(1000, 1000, 1000), 8, new Random(1)))
      expect(new Set(sum).size).toBe(sum.length)
  })
})

describe('fuseAll', () => {
  const plain = 'kernel void f0(global int *p0, int p1) { if (p1 < 3) return; p0[0] = p1; }'
  const helped = 'int f0(int p0) { return p0 * 2; } kernel void f1(global int *p0) { p0[1] = f0(p0[1]); }'
  const synchronised =
    'kernel void f0(global int *p0, local int *p1) { p1[0] = 1; barrier(CLK_LOCAL_MEM_FENCE); p0[0] = p1[0]; }'
  const fused = (...texts: string[]): string => {
    const form = normaliseText(fuseAll(texts.map(readKernel)).join(' '))
    if (!form.ok) throw new Error(form.log)
    return form.text.replace(/\s+/g, ' ').trim()
  }

  it('takes the parameters and does the work of all', () => {
    expect(fused(plain, helped)).toBe(
      'int f0(int p0) { return p0 * 2; } kernel void f1(global int *p0, int p1, global int *p2) { ' +
        'if (p1 < 3) return; p0[0] = p1; p2[1] = f0(p2[1]); }',
    )
  })

  it('adds the features up', () => {
    const features = (text: string): number[] =>
      [...(grewe.extractUnit(parseUnit(text)).at(-1)?.values ?? [])].slice(0, 6)
    const sum = features(plain).map((value, i) => value + features(helped)[i])
    expect(features(fused(plain, helped))).toEqual(sum)
  })

  it('puts barriers before early returns', () => {
    const text = fused(plain, synchronised)
    expect(text.indexOf('barrier')).toBeLessThan(text.indexOf('return'))
  })

  it('leaves out a second kernel with barriers and early returns', () => {
    const both = synchronised.replace('{ p1', '{ if (p0[0]) return; p1')
    expect(fused(both, both)).toBe(fused(both))
  })
})
