import { describe, expect, it } from 'vitest'
import { lex, normaliseText } from '../../kernels/index.ts'
import { normalise } from '../../synth/index.ts'
import { seedForms } from './seed-forms.ts'

const normalised = (source: string): string | undefined =>
  normalise(lex(source).map(({ text }) => text))
    ?.text.replace(/\s+/g, ' ')
    .trim()

describe('normalise', () => {
  it('leaves the normal form of every seed kernel as it is', () => {
    for (const form of seedForms) expect(normalise(form.tokens)).toEqual(form)
  })

  it('renames what a model wrote', () => {
    expect(normalised('kernel void f3(global int* p9) { int v4 = p9[0]; p9[1] = v4; }')).toBe(
      'kernel void f0(global int *p0) { int v0 = p0[0]; p0[1] = v0; }',
    )
  })

  it('keeps the first kernel and what it needs', () => {
    const kernel = 'kernel void f0(global int *p0) { p0[0] = 1; }'
    expect(normalised(`${kernel} int f1(int p0) { return p0; }`)).toBe(kernel)
    expect(normalised(`${kernel} kernel void f1() { }`)).toBe(kernel)
    expect(normalised(`int f1(int p0) { return p0; } ${kernel}`)).toBe(kernel)
    const helped = 'int f0(int p0) { return p0; } kernel void f1(global int *p0) { p0[0] = f0(1); }'
    expect(normalised(helped)).toBe(helped)
  })

  it.each([
    '',
    'kernel void',
    'kernel void f0(global int* p0) { p0[0] = 1;',
    'kernel void f0(global int* p0) { p0[0] = ; }',
    'kernel void f0(global int* p0);',
    'int f0(int p0) { return p0; }',
    'kernel void f0(global int* p7) { p0[0] = 1; }',
  ])('has nothing for %j', (source) => {
    expect(normalised(source)).toBeUndefined()
  })

  it('agrees with normaliseText', () => {
    const source = 'kernel void f0(global float *p0) { p0[0] += 1.0f; }'
    expect(normalise(lex(source).map(({ text }) => text))).toEqual(normaliseText(source))
  })
})
