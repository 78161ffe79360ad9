import { describe, expect, it } from 'vitest'
import { cutAtHoles, type PlacedHole, placeFirstHole } from '../../synth/hole-text.ts'

async function place(text: string): Promise<PlacedHole> {
  const cut = await cutAtHoles(text)
  if (!cut.ok) throw new Error(cut.log)
  const placed = placeFirstHole(cut.expanded, cut.prefix)
  if (!placed.ok) throw new Error(placed.log)
  return placed
}

/** The text as the parser gets it, on one line. */
const shown = (placed: PlacedHole) => placed.unit.source.replace(/\s+/g, ' ').replaceAll('benchsteer_hole', 'H').trim()

describe('cutAtHoles', () => {
  it('cuts at holes, not at what comments and strings say of them', async () => {
    const text = 'kernel void f() { // [HOLE]\n /* [HOLE] */ [HOLE] printf("[HOLE]"); }'
    expect(await cutAtHoles(text)).toMatchObject({
      ok: true,
      pieces: ['kernel void f() { // [HOLE]\n /* [HOLE] */ ', ' printf("[HOLE]"); }'],
    })
  })

  it('finds a hole within brackets', async () => {
    expect(await cutAtHoles('a[[HOLE]]')).toMatchObject({ pieces: ['a[', ']'] })
  })

  it('avoids placeholders that the text has already', async () => {
    expect(await cutAtHoles('int benchsteer_hole; [HOLE]')).toMatchObject({ prefix: 'benchsteer_hole_' })
  })

  it('says what was expected where there is no hole', async () => {
    expect(await cutAtHoles('kernel void f() {}')).toMatchObject({ ok: false, log: expect.stringContaining('[HOLE]') })
  })
})

describe('placeFirstHole', () => {
  it.each([
    ['kernel void f(int a) { [HOLE] }', 'H0;', 'body'],
    ['kernel void f(int a) { int b; [HOLE] }', 'H0;', 'statements'],
    ['kernel void f(int a) { [HOLE]\n a = 1; }', 'H0;', 'statements'],
    ['kernel void f(int a) { if (a) [HOLE] }', 'H0;', 'statement'],
    ['kernel void f(int a) { if (a) a = 1; else [HOLE] }', 'H0;', 'statement'],
    ['kernel void f(int a) { while (a) [HOLE] }', 'H0;', 'loop-body'],
    ['kernel void f(int a) { for (;;) { [HOLE] } }', 'H0;', 'loop-body'],
    ['kernel void f(int a) { [HOLE]; }', '{ H0 ; }', 'expression'],
    ['kernel void f(int a) { if (a) [HOLE]; }', ') H0 ; }', 'expression'],
    ['kernel void f(int a) { int b = [HOLE]; }', 'b = H0 ;', 'expression'],
    ['kernel void f(int a) { for (int i = 0; [HOLE]; i++) a++; }', '; H0 ;', 'expression'],
    ['kernel void f(int a) { a = max(a, [HOLE]); }', ', H0 )', 'expression'],
    ['kernel void f([HOLE]) { }', '( H0 )', 'parameters'],
    ['kernel void f(int a [HOLE]) { }', 'int a , H0 )', undefined],
    ['kernel void f(int a) { a = 1 [HOLE]; }', '= 1 + H0 ;', undefined],
    ['kernel void f(int a) { int [HOLE] = 1; }', 'int H0_[H0] = 1', undefined],
    ['kernel void f(int a) { [HOLE] b = 1; }', 'H0; b = 1', 'statements'],
    ['struct S { int a; [HOLE] };', 'int H0_[H0];', undefined],
    ['kernel void [HOLE]', 'void H0_() { H0; }', 'scratch'],
    ['kernel void f(int a) [HOLE]', '{ H0; }', 'scratch'],
    ['int g; [HOLE]\nkernel void f() {}', 'H0;', undefined],
  ])('%s', async (text, code, kind) => {
    const placed = await place(text)
    expect(shown(placed)).toContain(code)
    expect(placed.kind).toBe(kind)
    expect(placed.unit.errors).toEqual([])
  })

  it('lets later holes stand empty, as far as they can', async () => {
    const placed = await place('kernel void f(int a) { a = [HOLE]; if (a) [HOLE] [HOLE] a = [HOLE]; }')
    expect(shown(placed)).toBe('kernel void f(int a) { a = H0 ; if (a) ; a = 0 ; }')
  })

  it('names the line of a syntax error and what to do', async () => {
    const text = 'kernel void f(int a) {\n  a = (1;\n  [HOLE]\n}'
    await expect(place(text)).rejects.toThrow(/line 2: syntax error; expected .*\[HOLE\].*correct it/)
  })
})
