import { describe, expect, it } from 'vitest'
import { parseUnit } from '../../../kernels/index.ts'
import { isInitialised } from '../../../kernels/validate/initialised.ts'

function proves(body: string, before = ''): boolean {
  return isInitialised(parseUnit(`${before}\nkernel void f(global float4 *p, int n) {\n${body}\n}`))
}

describe('isInitialised', () => {
  it.each([
    ['initialisers', 'float4 a = p[0]; int i = 0, j = i; p[n] = a;'],
    ['a later assignment of all', 'float4 a; n++; a = p[0]; p[n] = a;'],
    ['assignments of all parts', 'float4 a; a.xy = p[0].xy; a.hi = p[1].lo; p[n] = a;'],
    ['parts by digits', 'float4 a; a.s02 = p[0].xy; a.odd = p[1].lo; p[n] = a;'],
    ['the head of a loop', 'int i; for (i = 0; i < n; i++) p[i] = 0;'],
    ['what nobody uses', 'float unused; p[n] = 0;'],
    ['lists that fill up with zeros', 'float a[4] = { 1 }; p[n] = a[2];'],
  ])('is sure of %s', (_, body) => {
    expect(proves(body)).toBe(true)
  })

  it.each([
    ['a part that is missing', 'float4 a; a.xy = p[0].xy; a.z = 1; p[n] = a;'],
    ['a part that is read before all are written', 'float4 a; a.xy = p[0].xy; a.zw = a.wz; p[n] = a;'],
    ['an addition', 'float4 a; a += p[0]; p[n] = a;'],
    ['an assignment under a condition', 'float4 a; if (n > 3) a = p[0]; p[n] = a;'],
    ['an assignment to itself', 'float4 a; a = a + p[0]; p[n] = a;'],
    ['a use by another declarator', 'float4 a, b = a; a = p[0]; p[n] = b;'],
    ['an address', 'float a; float b = sincos(p[0].x, &a); p[n] = a + b;'],
    ['an array', 'float a[4]; a[0] = 1; p[n] = a[0];'],
    ['local memory', 'local float4 a; a = p[0]; p[n] = a;'],
    ['a jump over a declaration', 'switch (n) { case 1: float4 a = p[0]; default: p[n] = a; }'],
    ['a declaration that is jumped over at once', 'switch (n) { int k = 3; case 1: p[k] = 0; }'],
    ['vectors of three', 'float3 a = p[0].xyz; p[n].xy = a.hi;'],
  ])('is not of %s', (_, body) => {
    expect(proves(body)).toBe(false)
  })

  it('wants every function that gives something to do so', () => {
    const guarded = (end: string): string => `int g(int n) { if (n > 2) return 1; ${end} }`
    expect(proves('p[n] = g(n);', guarded('else return 2;'))).toBe(true)
    expect(proves('p[n] = g(n);', guarded('return 2;'))).toBe(true)
    expect(proves('p[n] = g(n);', guarded(''))).toBe(false)
  })
})
