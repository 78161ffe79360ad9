import { describe, expect, it } from 'vitest'
import { readKernel } from '../../synth/edits/index.ts'
import { seedForms } from './seed-forms.ts'

const text = `kernel void f0(global float *p0, local int *p1, const uint p2) {
  int v0 = get_global_id(0);
  for (int v1 = 0; v1 < p2; v1++) {
    float v2 = p0[v0] + p1[v1];
    p0[v0] = v2;
  }
}`
const kernel = readKernel(text)
const textOf = ({ start, end }: { start: number; end: number }): string => kernel.tokens.slice(start, end).join(' ')

describe('readKernel', () => {
  it('knows the variables, their types, and where they are in scope', () => {
    expect(kernel.variables.map(({ name, type }) => `${name} ${type.base} ${type.depth} ${type.space}`)).toEqual([
      ...['p0 float 1 global', 'p1 int 1 local', 'p2 uint 0 other', 'v0 int 0 other', 'v1 int 0 other'],
      'v2 float 0 other',
    ])
    const store = kernel.tokens.lastIndexOf('p0')
    expect(kernel.inScope(store).map(({ name }) => name)).toEqual(['p0', 'p1', 'p2', 'v0', 'v1', 'v2'])
    expect(kernel.inScope(kernel.tokens.length - 1).map(({ name }) => name)).toEqual(['p0', 'p1', 'p2', 'v0'])
  })

  it('tells what may be written to: no parameter by value, no constant, no loop counter', () => {
    expect(kernel.variables.filter(({ isWritable }) => isWritable).map(({ name }) => name)).toEqual([
      ...['p0', 'p1', 'v0', 'v2'],
    ])
  })

  it('lists expressions with role and type', () => {
    const found = kernel.expressions.map(
      (one) => `${one.role} ${one.type.base}${'*'.repeat(one.type.depth)} ${textOf(one)}`,
    )
    expect(found).toContain('value float p0 [ v0 ] + p1 [ v1 ]')
    expect(found).toContain('place float* p0')
    expect(found).toContain('value uint p2')
    expect(found).toContain('effect int v1')
    expect(found).not.toContain('value int v1 ++')
  })

  it('lists statements, with those that stand in a block marked', () => {
    expect(kernel.statements.filter(({ isInBlock }) => isInBlock).map(textOf)).toEqual([
      'int v0 = get_global_id ( 0 ) ;',
      'for ( int v1 = 0 ; v1 < p2 ; v1 ++ ) { float v2 = p0 [ v0 ] + p1 [ v1 ] ; p0 [ v0 ] = v2 ; }',
      'float v2 = p0 [ v0 ] + p1 [ v1 ] ;',
      'p0 [ v0 ] = v2 ;',
    ])
  })

  it('gives each operator the types around it', () => {
    const classAt = (token: string, nth = 0): string =>
      kernel.classes[kernel.tokens.flatMap((one, i) => (one === token ? [i] : []))[nth]]
    expect(classAt('+')).toBe('+:fi')
    expect(classAt('[')).toBe('[:gi')
    expect(classAt('[', 1)).toBe('[:si')
    expect(classAt('<')).toBe('<:iu')
    expect(classAt('get_global_id')).toBe('call:get_global_id')
    expect(classAt(';')).toBe('')
  })

  it('keeps spans inside the kernel, for every seed', () => {
    for (const form of seedForms) {
      const one = readKernel(form.text)
      expect(one.tokens).toEqual(form.tokens)
      for (const { start, end } of [...one.expressions, ...one.statements]) {
        expect(start).toBeLessThan(end)
        expect(end).toBeLessThanOrEqual(one.tokens.length)
      }
      for (const { name, declaredAt, from, to } of one.variables) {
        expect(one.tokens[declaredAt]).toBe(name)
        expect(from).toBeGreaterThan(declaredAt)
        expect(to).toBeGreaterThanOrEqual(from)
      }
    }
  })
})
