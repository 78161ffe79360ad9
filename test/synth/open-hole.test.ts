import { describe, expect, it } from 'vitest'
import { cutAtHoles, placeFirstHole } from '../../synth/hole-text.ts'
import { findSurroundings, type OpenHole, openHole } from '../../synth/open-hole.ts'

async function open(text: string, spare = 0): Promise<OpenHole & { kernelIndex: number | undefined }> {
  const cut = await cutAtHoles(text)
  if (!cut.ok) throw new Error(cut.log)
  const placed = placeFirstHole(cut.expanded, cut.prefix)
  if (!placed.ok) throw new Error(placed.log)
  const { texts, kernelIndex } = findSurroundings(placed)
  const opened = openHole(texts[0], placed, { prefix: cut.prefix, spare })
  if (!opened.ok) throw new Error(opened.log)
  return { ...opened, kernelIndex }
}

const shown = ({ left, right }: OpenHole) => `${left.join(' ')} [HOLE] ${right.join(' ')}`

describe('openHole', () => {
  it('shows the normal form around the hole and knows whose names those are', async () => {
    const opened = await open('__kernel void add(__global float *out, unsigned int n) { int i = 0; out[i] = [HOLE]; }')
    expect(shown(opened)).toBe('kernel void f0 ( global float * p0 , uint p1 ) { int v0 = 0 ; p0 [ v0 ] = [HOLE] ; }')
    expect(Object.fromEntries(opened.names)).toEqual({ f0: 'add', p0: 'out', p1: 'n', v0: 'i' })
  })

  it('leaves the hole what the function uses below it and nobody declares', async () => {
    const opened = await open('kernel void f(global int *a) { int x = 0; [HOLE] int y = 1; a[row] = x + y + row; }')
    expect(shown(opened)).toBe(
      'kernel void f0 ( global int * p0 ) { int v0 = 0 ; [HOLE] int v2 = 1 ; p0 [ v1 ] = v0 + v2 + v1 ; }',
    )
    expect(Object.fromEntries(opened.names)).toEqual({ f0: 'f', p0: 'a', v0: 'x', v1: 'row', v2: 'y' })
  })

  it('takes names that look canonical for what they are', async () => {
    const opened = await open('kernel void f0(global int *p0) { [HOLE] p0[v7] = v7 + INT_MAX; }')
    expect(shown(opened)).toBe('kernel void f0 ( global int * p0 ) { [HOLE] p0 [ v0 ] = v0 + INT_MAX ; }')
    expect(opened.names.get('v0')).toBe('v7')
  })

  it('takes undeclared names for parameters where those are the hole', async () => {
    const opened = await open('kernel void f([HOLE]) { int i = 0; A[i] = n; }')
    expect(shown(opened)).toBe('kernel void f0 ( [HOLE] ) { int v0 = 0 ; p0 [ v0 ] = p1 ; }')
    expect(Object.fromEntries(opened.names)).toEqual({ f0: 'f', p0: 'A', p1: 'n', v0: 'i' })
  })

  it('keeps numbers free before later variables of the function, and of that one only', async () => {
    const opened = await open('void h(int a) { [HOLE] int b = a; } kernel void f(int a) { int c = a; h(c); }', 2)
    expect(shown(opened)).toBe(
      'void f0 ( int p0 ) { [HOLE] int v2 = p0 ; } kernel void f1 ( int p0 ) { int v0 = p0 ; f0 ( v0 ) ; }',
    )
    expect(opened.names.get('v2')).toBe('b')
  })

  it('shows helpers that are not called yet, and no other kernel', async () => {
    const opened = await open('int h(int a) { return a; } kernel void one() {} kernel void two(int b) { [HOLE] }')
    expect(shown(opened)).toBe('int f0 ( int p0 ) { return p0 ; } kernel void f1 ( int p0 ) { [HOLE] }')
    expect(opened.kernelIndex).toBe(1)
    expect(Object.fromEntries(opened.names)).toEqual({ f0: 'h', f1: 'two', p0: 'b' })
  })

  it('opens a kernel that is to be written as a whole', async () => {
    const opened = await open('kernel void [HOLE]')
    expect(shown(opened)).toBe('kernel void [HOLE] ')
    expect([...opened.names]).toEqual([])
  })
})
