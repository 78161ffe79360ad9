import { describe, expect, it } from 'vitest'
import { lex, normaliseText, parseUnit } from '../../kernels/index.ts'
import { findHoles, type HoleKind } from '../../synth/index.ts'
import { seedForms } from './seed-forms.ts'

/** A filling that any hole of a kind must accept. */
const plainFilling: Readonly<Record<HoleKind, readonly string[]>> = {
  expression: ['x'],
  statement: ['{', '}'],
  statements: [';'],
  'loop-body': [';'],
  parameters: [],
  body: [],
  scratch: ['f0', '(', ')', '{', '}'],
}

function holesOf(source: string): [string, HoleKind][] {
  const form = normaliseText(source)
  if (!form.ok) throw new Error(form.log)
  return findHoles(form.text).map(({ start, end, kind }) => [form.tokens.slice(start, end).join(' '), kind])
}

describe('findHoles', () => {
  it('gives distinct spans within each seed kernel, in order', () => {
    for (const { text, tokens } of seedForms) {
      const holes = findHoles(text)
      expect(holes.length).toBeGreaterThan(5)
      expect(new Set(holes.map(({ start, end }) => `${start},${end}`)).size).toBe(holes.length)
      const wrong = holes.filter(({ start, end }, i) => {
        const before = holes[i - 1] ?? { start: -1, end: -1 }
        const isAfter = before.start < start || (before.start === start && before.end < end)
        return !(isAfter && start >= 0 && start <= end && end <= tokens.length)
      })
      expect(wrong).toEqual([])
    }
  })

  it('cuts out text that can be put back, brackets in pairs', () => {
    const depthOf = (token: string): number => Number(/^[([{]$/.test(token)) - Number(/^[)\]}]$/.test(token))
    for (const { text, tokens } of seedForms) {
      const wrong = findHoles(text).filter(({ start, end }) => {
        const cut = tokens.slice(start, end)
        const restored = [...tokens.slice(0, start), ...cut, ...tokens.slice(end)]
        return restored.join(' ') !== tokens.join(' ') || cut.reduce((sum, token) => sum + depthOf(token), 0) !== 0
      })
      expect(wrong).toEqual([])
    }
  })

  it('cuts where other text of the kind parses too', () => {
    for (const { text, tokens } of seedForms.filter((_, i) => i % 24 === 0)) {
      for (const { start, end, kind } of findHoles(text)) {
        const filled = [...tokens.slice(0, start), ...plainFilling[kind], ...tokens.slice(end)].join(' ')
        expect(parseUnit(filled).errors, `${kind} in ${filled}`).toEqual([])
      }
    }
  })

  it.each([
    'kernel void k(global int* a) { a[0] = 1; }',
    'kernel __attribute__((reqd_work_group_size(64, 1, 1))) void k(global int* a) { a[0] = 1; }',
    'void kernel k(global int* a) { a[0] = 1; }',
  ])('opens %s from its name on', (source) => {
    expect(holesOf(source)).toContainEqual(['f0 ( global int * p0 ) { p0 [ 0 ] = 1 ; }', 'scratch'])
  })

  it('names kinds from expression to scratch', () => {
    const holes = holesOf(
      'kernel void k(global int* a) { for (int i = 0; i < 4; i++) { a[i] = 1; } if (a[0]) a[1] = 2; }',
    )
    for (const expected of [
      ['i < 4', 'expression'],
      ['p0 [ v0 ] = 1', 'expression'],
      ['if ( p0 [ 0 ] ) p0 [ 1 ] = 2 ;', 'statement'],
      ['p0 [ v0 ] = 1 ;', 'loop-body'],
      ['global int * p0', 'parameters'],
      [
        'f0 ( global int * p0 ) { for ( int v0 = 0 ; v0 < 4 ; v0 ++ ) { p0 [ v0 ] = 1 ; } if ( p0 [ 0 ] ) p0 [ 1 ] = 2 ; }',
        'scratch',
      ],
    ]) {
      expect(holes).toContainEqual([expected[0].replace('i < 4', 'v0 < 4'), expected[1]])
    }
    expect(holes.filter(([, kind]) => kind === 'body')).toHaveLength(1)
    expect(holes.filter(([, kind]) => kind === 'parameters')).toHaveLength(1)
  })

  it('offers insertion points before, between and behind the statements of a block', () => {
    const text = 'kernel void f0(global int *p0) {\n  p0[0] = 1;\n  p0[1] = 2;\n}\n'
    const tokens = lex(text).map((token) => token.text)
    const points = findHoles(text).filter(({ start, end }) => start === end)
    expect(points.map(({ start, kind }) => [tokens[start - 1], tokens[start], kind])).toEqual([
      ['{', 'p0', 'statements'],
      [';', 'p0', 'statements'],
      [';', '}', 'statements'],
    ])
  })

  it('takes the address space of a declaration with it', () => {
    const holes = holesOf('kernel void k(global int* a) { local int t[4]; private int b = 1; a[0] = b; }')
    expect(holes).toContainEqual(['local int v0 [ 4 ] ;', 'statement'])
    expect(holes).toContainEqual(['local int v0 [ 4 ] ; private int v1 = 1 ;', 'statements'])
    expect(holes.filter(([text]) => text.startsWith('int'))).toEqual([])
  })

  it('opens an empty body and an empty parameter list, also of helpers', () => {
    const holes = holesOf('int f() { return 1; } kernel void k() { }')
    expect(
      holes
        .filter(([text]) => text === '')
        .map(([, kind]) => kind)
        .sort(),
    ).toEqual([...['body', 'parameters', 'parameters', 'statements', 'statements']])
    expect(findHoles('')).toEqual([])
  })
})
