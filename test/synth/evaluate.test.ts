import { describe, expect, it } from 'vitest'
import { lex, normaliseText } from '../../kernels/index.ts'
import { normalise } from '../../synth/index.ts'
import { emptyFunnel } from '../../synth/search/candidate.ts'
import { Drafter } from '../../synth/search/evaluate.ts'
import { RecentKeys } from '../../synth/search/recent-keys.ts'
import { seedForms, seedTokenizer } from './seed-forms.ts'

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

describe('Drafter', () => {
  const draft = (source: string): number => {
    const drafter = new Drafter(seedTokenizer, new RecentKeys(), emptyFunnel())
    return drafter.fromFusions([{ tokens: lex(source).map(({ text }) => text), count: 1 }]).length
  }

  it('turns down what follows a return that always happens', () => {
    expect(draft('kernel void f0(global int *p0) { p0[0] = 1; return; p0[1] = 2; }')).toBe(0)
    expect(draft('kernel void f0(global int *p0) { if (p0[0]) { } return; p0[1] = 2; }')).toBe(0)
    expect(draft('kernel void f0(global int *p0) { if (p0[0]) return; p0[1] = 2; return; }')).toBe(1)
    expect(draft('kernel void f0(global int *p0) { for (;;) { if (p0[0]) return; p0[0] -= 1; } }')).toBe(1)
    expect(draft('int f0(int p0) { return p0; } kernel void f1(global int *p0) { p0[0] = f0(2); }')).toBe(1)
  })

  it('lets each normal form through once, and counts every loss', () => {
    const funnel = emptyFunnel()
    const drafter = new Drafter(seedTokenizer, new RecentKeys(), funnel)
    const fusion = (source: string) => ({ tokens: lex(source).map(({ text }) => text), count: 1 })
    const one = 'kernel void f0(global int *p0) { p0[0] = 1; }'
    const same = 'kernel void a(global int *b) { b[0] = 1; }'
    expect(drafter.fromFusions([fusion(one), fusion(same), fusion('kernel void (')])).toHaveLength(1)
    expect(funnel).toMatchObject({ sampled: 3, complete: 3, parsed: 2, novel: 1 })
  })
})
