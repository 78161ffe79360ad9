// Grewe features against vectors of the reference tool, over our corner-case kernels.

import { describe, expect, it } from 'vitest'
import { grewe } from '../../features/index.ts'
import { parseUnit } from '../../kernels/index.ts'
import { expected, greweRows, readText } from './expected.ts'

const fixtures = expected.filter(([path]) => path.startsWith('test/'))

describe('grewe', () => {
  it.each(fixtures)('agrees with the reference tool on every function of %s', (path, { grewe: reference }) => {
    expect(greweRows(readText(path), reference)).toEqual(reference)
  })

  it('covers at least seven fixtures', () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(7)
  })

  it('tells kernels from helper functions', () => {
    const unit = parseUnit(
      'int f(int x) { return x; }\n__kernel void __attribute__((reqd_work_group_size(8, 1, 1))) k(__global int *a) { a[0] = f(1); }',
    )
    expect(grewe.extractUnit(unit).map(({ kernel, isKernel }) => [kernel, isKernel])).toEqual([
      ['f', false],
      ['k', true],
    ])
  })

  it('counts a kernel the same under every spelling of its qualifiers', () => {
    const spelled = (g: string, l: string): string =>
      `kernel void k(${g} float *a, int n) { ${l} float t[4]; t[n] = a[n]; a[n] = t[n] * 2; }`
    expect(greweRows(spelled('__global', '__local'))).toEqual(greweRows(spelled('global', 'local')))
  })

  it('sees the qualifiers of the very first declaration', () => {
    const [{ values }] = grewe.extractUnit(
      parseUnit('__constant float t[2] = { 1, 2 };\nkernel void k(global float *a) { a[0] = t[1]; }'),
    )
    expect(values[grewe.names.indexOf('coalesced')]).toBe(1)
  })

  it('divides by one where nothing touches memory', () => {
    const [{ values }] = grewe.extractUnit(parseUnit('int f(int a) { return a + a * a; }'))
    expect(values[grewe.names.indexOf('F4:comp/mem')]).toBe(2)
  })

  it('returns nothing for a unit without functions, and survives malformed text', () => {
    expect(grewe.extractUnit(parseUnit('int f(int);'))).toEqual([])
    expect(() => grewe.extractUnit(parseUnit('kernel void k(global { ) int [ = ;; } ((('))).not.toThrow()
  })
})
