import { describe, expect, it } from 'vitest'
import { lex, type MaskKind, maskOpenCl } from '../../kernels/index.ts'
import { plainSeeds } from './seed-units.ts'

const masksOf = (source: string): [MaskKind, string][] => maskOpenCl(source).masks.map(({ kind, text }) => [kind, text])

describe('maskOpenCl', () => {
  it('keeps length, line breaks and every other token of the seeds in place', () => {
    for (const { source } of plainSeeds) {
      const { masked, masks } = maskOpenCl(source)
      expect(masked).toHaveLength(source.length)
      expect(masked.split('\n').length).toBe(source.split('\n').length)
      for (const { start, end, text } of masks) {
        expect(source.slice(start, end)).toBe(text)
        expect(masked.slice(start, end).trim()).toBe('')
      }
      const isMasked = (offset: number): boolean => masks.some(({ start, end }) => offset >= start && offset < end)
      expect(lex(masked)).toEqual(lex(source).filter(({ start }) => !isMasked(start)))
    }
  })

  it('blanks qualifiers in both spellings and says what they were', () => {
    expect(masksOf('__kernel void f(__global const int *a, local float *b, read_only image2d_t c)')).toEqual([
      ['kernel', '__kernel'],
      ['address-space', '__global'],
      ['address-space', 'local'],
      ['access', 'read_only'],
    ])
    expect(masksOf('static inline float * restrict __const x')).toEqual([
      ['other', 'inline'],
      ['other', 'restrict'],
      ['other', '__const'],
    ])
  })

  it('blanks an attribute with all its parentheses', () => {
    const attribute = '__attribute__((reqd_work_group_size((4 + 4), N, (1))))'
    const source = `kernel ${attribute} void f() {}`
    expect(masksOf(source)[1]).toEqual(['attribute', attribute])
    expect(maskOpenCl(source).masked.trim()).toBe('void f() {}')
  })

  it('leaves words inside strings, comments and longer words alone', () => {
    const source = 'int globally = 1; /* global */ char* s = "local kernel"; // __attribute__((x))\nint x_local;'
    expect(maskOpenCl(source)).toEqual({ masked: source, masks: [] })
  })

  it('blanks a directive but not its line break', () => {
    expect(maskOpenCl('#pragma unroll\nint a;').masked).toBe('              \nint a;')
  })

  it.each(['__attribute__', '__attribute__((', '__attribute__)) x', 'kernel __attribute__ void', 'global'])(
    'survives the broken text %s',
    (source) => {
      expect(maskOpenCl(source).masked).toHaveLength(source.length)
    },
  )
})
