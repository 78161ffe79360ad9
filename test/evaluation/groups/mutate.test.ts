import { describe, expect, it } from 'vitest'
import { applyMutation, findMutations, type Mutation } from '../../../evaluation/groups/mutate/find-mutations.ts'
import { draftMutants } from '../../../evaluation/groups/mutate/mutate.ts'
import { alternativesOf, constantsFor } from '../../../evaluation/groups/mutate/operators.ts'
import type { Offer } from '../../../evaluation/runner/course.ts'
import { normaliseText, parseUnit, Random } from '../../../kernels/index.ts'
import { seedForms } from '../../synth/seed-forms.ts'

const body = (code: string): string => `kernel void f0(global int* p0, float p1) { int v0 = p0[0]; ${code} }`

function mutants(code: string): Map<Mutation['kind'], string[]> {
  const source = body(code)
  const before = source.indexOf(code)
  const byKind = new Map<Mutation['kind'], string[]>()
  for (const mutation of findMutations(parseUnit(source))) {
    if (mutation.start < before) continue
    const mutant = applyMutation(source, mutation).slice(before, -' }'.length)
    byKind.set(mutation.kind, [...(byKind.get(mutation.kind) ?? []), mutant])
  }
  return byKind
}

describe('mutations', () => {
  it.each([
    ['arithmetic', 'p0[v0] = v0 - v0;', ['+', '*', '/', '%'].map((op) => `p0[v0] = v0 ${op} v0;`)],
    ['relational', 'v0 = v0 < v0;', ['<=', '>', '>=', '==', '!='].map((op) => `v0 = v0 ${op} v0;`)],
    ['logical', 'v0 = v0 && v0;', ['v0 = v0 || v0;']],
    ['bitwise', 'v0 = v0 & v0;', ['v0 = v0 | v0;', 'v0 = v0 ^ v0;']],
    ['assignment', 'v0 += v0;', ['-=', '*=', '/=', '%='].map((op) => `v0 ${op} v0;`)],
    ['assignment', 'v0 ^= v0;', ['v0 &= v0;', 'v0 |= v0;']],
    ['constant', 'v0 = 7u;', ['0u', '1u', '(-1u)', '(-7u)', '8u', '6u'].map((value) => `v0 = ${value};`)],
    ['negation', 'if (v0 < v0) v0 = v0;', ['if (!(v0 < v0)) v0 = v0;']],
    ['negation', 'while (v0) v0 = v0;', ['while (!(v0)) v0 = v0;']],
  ] as const)('of kind %s are those of SRCIROR: %s', (kind, code, expected) => {
    expect(mutants(code).get(kind)?.sort()).toEqual([...expected].sort())
  })

  it('leave shifts, floats, plain assignments and unary operators alone', () => {
    expect(mutants('v0 = v0 << v0; p1 = 2.5f; v0 = -v0; v0++;')).toEqual(new Map())
  })

  it.each([
    ['0', ['1', '(-1)']],
    ['1', ['(-1)', '0', '2']],
    ['0x10', ['0', '1', '(-1)', '(-16)', '17', '15']],
    ['010', ['0', '1', '(-1)', '(-8)', '9', '7']],
    ['2', ['0', '1', '(-1)', '(-2)', '3']],
    ['2.0f', []],
    ["'a'", []],
  ])('of the constant %s are %j', (literal, expected) => {
    expect(constantsFor(literal)).toEqual(expected)
  })

  it('know every operator that stands in for another', () => {
    for (const operator of ['+', '<', '&&', '|', '*=', '&=']) {
      const found = alternativesOf(operator)
      expect(found?.others).not.toContain(operator)
      for (const other of found?.others ?? []) expect(alternativesOf(other)?.others).toContain(operator)
    }
    expect(alternativesOf('<<')).toBeUndefined()
  })

  it('of real kernels parse, but for few, and none is its parent', () => {
    const { text, key } = seedForms[3]
    const source = findMutations(parseUnit(text)).map((mutation) => applyMutation(text, mutation))
    expect(source.length).toBeGreaterThan(10)
    const forms = source.map((mutant) => normaliseText(mutant))
    expect(forms.filter(({ ok }) => ok).length).toBeGreaterThan(0.9 * source.length)
    expect(forms.filter((form) => form.ok && form.key === key)).toEqual([])
  })
})

describe('a generation', () => {
  const parent = (text: string, isForeign: boolean): Offer => ({
    ...{ key: text, text, values: new Float64Array(1), distance: 1, isForeign },
  })

  it('has the same mutants in the same order for the same seed, and passes on whose they are', () => {
    const parents = [parent(body('v0 = v0 + v0;'), false), parent(body('v0 = v0 & v0;'), true)]
    const first = draftMutants(parents, new Random(5))
    expect(first).toEqual(draftMutants(parents, new Random(5)))
    expect(first).not.toEqual(draftMutants(parents, new Random(6)))
    const theirs = first.filter(({ isForeign }) => isForeign)
    expect(theirs).toHaveLength(findMutations(parseUnit(parents[1].text ?? '')).length)
    expect(theirs.every(({ text }) => !text.includes('+ v0'))).toBe(true)
  })

  it('has at most a thousand mutants of a parent', () => {
    const long = parent(body('v0 = v0 + 2 - 3 * 4;'.repeat(100)), false)
    expect(draftMutants([long], new Random(1))).toHaveLength(1000)
  })
})
