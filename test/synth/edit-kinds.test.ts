// Each kind of edit on a small kernel: what it must be able to write, and what all of them must keep to.

import { describe, expect, it } from 'vitest'
import { lex, normaliseText, parseUnit, printTokens } from '../../kernels/index.ts'
import { freshName } from '../../synth/edits/edit.ts'
import { broadClass, type EditKind, editKinds, readKernel, type TypedKernel } from '../../synth/edits/index.ts'
import { Random } from '../../synth/index.ts'
import { seedForms } from './seed-forms.ts'

const kernel = readKernel(
  formOf(`kernel void f0(global float *p0, global int *p1, const int p2) {
  int v0 = get_global_id(0);
  float v1 = p0[v0] * 2.0f;
  if (v0 < p2) { p0[v0 + p2] = v1; }
  for (int v2 = 0; v2 < p2; v2++) { v1 += p0[v2]; }
  p1[v0] = v0 + 1;
  p0[v0] = v1;
}`),
)
const helped = readKernel(
  formOf(`float h(float x, float y) { return x * y; } void s(global float *a, int i) { int j = i + 1; a[j] = 2; }
kernel void f0(global float *p0, global int *p1, local int *p2) {
  int v0 = get_global_id(0);
  p0[v0] = h(p0[v0], 3);
  s(p0, v0);
  p1[v0] += 2;
  atomic_add(&p2[v0], 3);
  *(p0 + v0 + 1) = v0 > 2 ? v0 : 2;
  do { p1[v0]++; v0 *= 2; } while (v0 < 100);
}`),
)
const summing = readKernel(
  formOf(`kernel void f0(global float *p0, global const float *p1, const int p2) {
  int v0 = get_global_id(0);
  float v1 = 0.0f;
  for (int v2 = 0; v2 < p2; v2++) v1 += p1[v2 * p2 + v0];
  p0[v0] = v1;
  for (int v3 = 0; v3 < p2; v3++) { p0[v0] += p1[v3]; p0[v3] /= 2.0f; }
}`),
)
const donor = readKernel(
  formOf(`kernel void f0(global float *p0, const float p1) {
  int v0 = get_local_id(0);
  p0[v0] = p0[v0] / p1;
}`),
)

function formOf(source: string): string {
  const form = normaliseText(source)
  if (!form.ok) throw new Error(form.log)
  return form.text
}

function written(kind: EditKind, of: TypedKernel, seed: number): string | undefined {
  const edit = kind.propose(of, new Random(seed), donor)
  if (edit === undefined) return undefined
  const tokens = [
    ...of.tokens.slice(0, edit.start),
    ...edit.tokens.map(({ text }) => text),
    ...of.tokens.slice(edit.end),
  ]
  return tokens.join(' ')
}

function find(id: string): EditKind {
  const kind = editKinds.find((one) => one.id === id)
  if (kind === undefined) throw new Error(`no edit kind ${id}`)
  return kind
}

it('brings other names at every place', () => {
  const names = new Set([0, 1, 7].flatMap((at) => [0, 1, 39].map((n) => freshName(at, n))))
  expect(names.size).toBe(9)
})

describe('each kind of edit', () => {
  it.each([
    ['swap-operator', 'p1 [ v0 ] = v0 - 1 ;'],
    ['swap-leaf', 'p1 [ v0 ] = p2 + 1 ;'],
    ['simplify', 'float v1 = p0 [ v0 ] ;'],
    ['extend', 'p1 [ v0 ] = ( v0 + 1 ) *'],
    ['graft', 'p1 [ v0 + p2 ] = v0 + 1 ;'],
    ['call', 'p0 [ v0 ] = fabs ( v1 ) ;'],
    ['cast', 'p0 [ v0 ] = ( int ) v1 ;'],
    ['choose', '? v1 :'],
    ['compare', 'if ( p2 > v0 ) {'],
    ['retype', 'long v0 = get_global_id ( 0 ) ;'],
    ['inline', 'p0 [ v0 ] = p0 [ v0 ] * 2.0f ;'],
    ['hoist', 'int v_ = v0 + p2 ; p0 [ v_ ] = v1 ;'],
    ['expand-assignment', 'v1 = v1 + p0 [ v2 ] ;'],
    ['assign', 'p1 [ v0 ] += '],
    ['copy-statement', 'p1 [ v0 ] = v0 + 1 ; p1 [ p2 ] = v0 + 1 ;'],
    ['transplant', 'p0 [ v0 ] = p0 [ v0 ] / v1 ;'],
    ['merge', '{ p0 [ v0 + p2 ] = v1 ; } for ( int v2 = 0 ; v2 < p2 ; v2 ++ ) { v1 += p0 [ v2 ] ; } p0 [ v0 ] = v1 '],
    ['reorder', '* 2.0f ; for ( int v2 = 0 ; v2 < p2 ; v2 ++ ) { v1 += p0 [ v2 ] ; } if ( v0 < p2 )'],
    ['carry', 'float v_ = 0.0f ; for ( int v2 = 0 ; v2 < p2 ; v2 ++ ) { v1 += v_ ; v_ = p0 [ v2 ] ; } p1'],
    ['remainder', 'p1 [ v0 ] = ( v0 / p2 + v0 % p2 ) + 1 ;'],
    ['remove', '{ int v0 = get_global_id ( 0 ) ; float v1 = p0 [ v0 ] * 2.0f ; for ('],
    ['guard', ') { p1 [ v0 ] = v0 + 1 ; }'],
    ['unwrap', 'p0 [ v0 ] * 2.0f ; p0 [ v0 + p2 ] = v1 ; for'],
    ['repeat', 'for ( int v_ = 0 ; v_ < p2 ; v_ ++ ) { p1 [ v_ ] = v0 + 1 ; }'],
    ['stage', 'barrier ( CLK_LOCAL_MEM_FENCE ) ; p0 [ v0 ] = v_ [ get_local_id ( 0 ) ] ;'],
    ['dereference', '* ( p0 + v0 + p2 ) = v1 ;'],
    ['dereference', '* ( p0 + ( v0 + p2 ) ) = v1 ;'],
    ['negate', 'p0 [ v0 ] = - v1 ;'],
    ['spell-out', 'int v0 = get_group_id ( 0 ) * get_local_size ( 0 ) + get_local_id ( 0 ) ;'],
    ['leave', 'int v0 = get_global_id ( 0 ) ; if ( v0 '],
    ['leave', 'v1 += p0 [ v2 ] ; if ( v2 '],
    ['otherwise', '{ p0 [ v0 + p2 ] = v1 ; } else { p0 [ v0 + v0 ] = v1 ; }'],
    ['turn-loop', 'int v2 = 0 ; do { v1 += p0 [ v2 ] ; v2 ++ ; } while ( v2 < p2 ) ;'],
    ['parameter', ', global const int * v_ ) {'],
    ['parameter', 'p0 [ v0 ] = v_ [ p2 ] ;'],
    ['extract-function', 'int f_ ( int v0 ) { return v0 + 1 ; } kernel'],
    ['extract-function', 'void f_ ( global int * p1 , int v0 ) { p1 [ v0 ] = v0 + 1 ; } kernel'],
    ['guard', ') { p1 [ v0 ] = v0 + 1 ; p0 [ v0 ] = v1 ; }'],
    ['fuse', 'p0 [ v0 ] = v1 ; int v3 = get_local_id ( 0 ) ; p3 [ v3 ] = p3 [ v3 ] / p4 ; }'],
  ])('%s can write %j', (id, expected) => {
    const texts = Array.from(
      { length: 1500 },
      (_, seed) => written(find(id), kernel, seed)?.replace(/\b([vf])\d{4,}\b/g, '$1_'), // names that an edit brings
    )
    expect(texts.some((text) => text?.includes(expected))).toBe(true)
  })

  it.each([
    ['inline-function', 'p0 [ v0 ] = ( ( p0 [ v0 ] ) * 3 ) ;'],
    ['inline-function', '{ int v_ = v0 + 1 ; p0 [ v_ ] = 2 ; }'],
    ['share', 'atomic_add ( & p1 [ v0 ] , 2 ) ;'],
    ['share', 'p2 [ v0 ] += 3 ;'],
    ['share', 'atomic_inc ( & p1 [ v0 ] ) ;'],
    ['dereference', 'p0 [ v0 + 1 ] = v0 > 2'],
    ['spell-out', '= max ( v0 , 2 ) ;'],
    ['turn-loop', 'while ( v0 < 100 ) { p1 [ v0 ] ++ ; v0 *= 2 ; }'],
  ])('%s can write %j where there are functions and atomics', (id, expected) => {
    const texts = Array.from({ length: 500 }, (_, seed) => written(find(id), helped, seed))
    expect(texts.map((text) => text?.replace(/\bv\d{4,}\b/g, 'v_')).some((text) => text?.includes(expected))).toBe(true)
  })

  it.each([
    ['accumulate', 'p0 [ v0 ] = 0.0f ; for ( int v2 = 0 ; v2 < p2 ; v2 ++ ) p0 [ v0 ] += p1 [ v2 * p2 + v0 ] ; for'],
    [
      'accumulate',
      'float v_ = p0 [ v0 ] ; for ( int v3 = 0 ; v3 < p2 ; v3 ++ ) { v_ += p1 [ v3 ] ; p0 [ v3 ] /= 2.0f ; } p0 [ v0 ] = v_ ; }',
    ],
    ['swap-operator', 'p0 [ v0 ] /= p1 [ v3 ] ;'],
    ['swap-leaf', 'p0 [ v3 ] /= 2.0 ;'],
    ['cast', '( double ) '],
    ['retype', 'double v1 = 0.0f ;'],
    ['retype', 'global double * p0 , global const double * p1'],
    ['merge', 'p0 [ v0 ] += p1 [ v3 ] * ( p0 [ v3 ] / 2.0f ) ; }'],
    ['merge', '{ p0 [ v3 ] /= 2.0f + p1 [ v3 ] ; }'],
    ['carry', 'for ( int v2 = 0 ; v2 < p2 ; v2 ++ ) { v1 += p1 [ v_ ] ; v_ = v2 * p2 + v0 ; }'],
  ])('%s can write %j where a loop sums up', (id, expected) => {
    const texts = Array.from({ length: 1500 }, (_, seed) => written(find(id), summing, seed))
    expect(texts.map((text) => text?.replace(/\bv\d{4,}\b/g, 'v_')).some((text) => text?.includes(expected))).toBe(true)
  })

  it.each(['cast', 'retype', 'swap-leaf', 'graft'])('%s keeps subscripts whole', (id) => {
    const indexed = readKernel(
      formOf(`kernel void f0(global float *p0, int p1, float p2) {
  int v0 = get_global_id(0);
  p0[v0 + (p1 << 2)] = p2 * p2;
}`),
    )
    const texts = Array.from({ length: 500 }, (_, seed) => written(find(id), indexed, seed)).filter((text) => text)
    expect(texts.length).toBeGreaterThan(20)
    expect(
      texts.filter((text) => /\[[^\]]*(?:p2|p0|float|double)|(?:float|double) (?:v0|p1)/.test(text ?? '')),
    ).toEqual([])
  })

  it.each([
    ['of a block of its own', 'if (p1 > 2) { p0[p1] = 1.0f; } p0[0] = 2.0f;', /\{ \}/],
    [
      'that a loop waits for',
      'while (p0[0] > 1.0f) { p0[0] = p0[0] / 2; p2[1] = 2.0f; } p2[2] = 3.0f;',
      /\{ p2 \[ 1 \]/,
    ],
    [
      'whose number is not known elsewhere',
      'if (p1 > 2) { int v0 = p1 + 3; p0[2] = 1; p0[1] = v0; } p0[0] = 2.0f;',
      /\} p0 \[ 0 \] [^;]*v0/,
    ],
  ])('merge takes no store %s', (_, body, wrong) => {
    const of = readKernel(formOf(`kernel void f0(global float *p0, int p1, global float *p2) { ${body} }`))
    const texts = Array.from({ length: 300 }, (__, seed) => written(find('merge'), of, seed) ?? '')
    expect(texts.some((text) => text !== '')).toBe(true)
    expect(texts.filter((text) => wrong.test(text))).toEqual([])
  })

  it.each([
    ['what no round changes', 'for (int v1 = 0; v1 < p1; v1++) { p0[v1] = v0 * 2.0f; }'],
    [
      'what is declared too deep',
      'for (int v1 = 0; v1 < p1; v1++) { if (v1 > 2) { int v2 = v1; p0[0] = v2 * 2.0f; } }',
    ],
    ['what not every round reaches', 'for (int v1 = 0; v1 < p1; v1++) { if (v1 > 2) p0[v1] = 2.0f * v1; }'],
    ['what is read only in bounds', 'for (int v1 = 0; v1 < p1; v1++) { v0 = v1 < 9 && p0[v1] > 0; }'],
    ['what a loop counts with', 'int v1 = p1; while (v1 > 1) { v1 = v1 / 2; p0[0] = 2.0f; }'],
    ['past a way out', 'for (int v1 = 0; v1 < p1; v1++) { p0[v1] = 2.0f * v1; break; }'],
  ])('carry does not take along %s', (_, body) => {
    const of = readKernel(formOf(`kernel void f0(global float *p0, int p1) { float v0 = p0[0]; ${body} }`))
    const texts = Array.from({ length: 300 }, (__, seed) => written(find('carry'), of, seed))
    expect(texts.filter((text) => text !== undefined)).toEqual([])
  })

  it.each([
    ['past what it needs', 'int v0 = p1 * 2; if (v0 > 3) p0[v0] = 1.0f;'],
    ['past a barrier', 'barrier(CLK_GLOBAL_MEM_FENCE); if (p1 > 4) p0[0] = 2.0f;'],
    ['before the guard of it', 'if (p1 > 4) return; p0[p1] = 2.0f;'],
    ['that a loop counts with', 'int v0 = p1; while (v0 > 0) { v0 -= 1; if (v0 % 2) continue; p0[v0] = 2.0f; }'],
    ['before what computes it', 'float v0 = 0.0f; for (int v1 = 0; v1 < p1; v1++) v0 += p0[v1]; p0[0] = v0;'],
  ])('reorder moves nothing %s', (_, body) => {
    const of = readKernel(formOf(`kernel void f0(global float *p0, int p1) { ${body} }`))
    const texts = Array.from({ length: 300 }, (__, seed) => written(find('reorder'), of, seed))
    expect(texts.filter((text) => text !== undefined && !/\{ for/.test(text))).toEqual([])
  })

  const guarded = 'if (v0 < p1) { int v2 = v0 * 2; p0[v2] = v1; p0[0] = 2.0f; }'
  const shiftable = `int v0 = get_global_id(0); float v1 = p0[p1]; ${guarded} p0[1] = 3.0f; if (v0 > 9) return; p0[2] = 4.0f; p0[3] = 5.0f;`
  const shifted = (body: string): (string | undefined)[] => {
    const of = readKernel(formOf(`kernel void f0(global float *p0, int p1) { ${body} }`))
    return Array.from({ length: 300 }, (_, seed) => written(find('shift'), of, seed))
  }

  it.each([
    ['a first statement out', 'int v2 = v0 * 2 ; if ( v0 < p1 ) { p0 [ v2 ] = v1 ;'],
    ['a last statement out', 'p0 [ v2 ] = v1 ; } p0 [ 0 ] = 2.0f ; p0 [ 1 ]'],
    ['in what stands before', 'get_global_id ( 0 ) ; if ( v0 < p1 ) { float v1 = p0 [ p1 ] ; int v2 = v0 * 2 ;'],
    ['in what comes after', 'p0 [ 0 ] = 2.0f ; p0 [ 1 ] = 3.0f ; } if'],
    ['an exit forward', 'p0 [ 0 ] = 2.0f ; } if ( v0 > 9 ) return ; p0 [ 1 ] = 3.0f ; p0 [ 2 ] = 4.0f ;'],
    ['an exit back', 'p0 [ 1 ] = 3.0f ; p0 [ 2 ] = 4.0f ; if ( v0 > 9 ) return ; p0 [ 3 ] = 5.0f ; }'],
  ])('shift moves %s', (_, expected) => {
    expect(shifted(shiftable).some((text) => text?.includes(expected))).toBe(true)
  })

  it.each([
    ['what the condition asks for', 'int v0 = p1 * 2; if (v0 > 3) { p0[0] = 1.0f; }'],
    ['what is needed outside', 'float v0 = p0[0]; if (p1 > 3) { p0[1] = v0; } p0[2] = v0;', /3 \) \{ float/],
    ['the only statement of a block', 'if (p1 > 3) { p0[1] = 2.0f; }'],
    ['past what it needs', 'if (p1 > 3) { int v0 = p1 * 2; p0[v0] = 2.0f; }', /\} p0/],
    [
      'in what would never happen',
      'if (p1 > 3) { p0[0] = 1.0f; return; } p0[1] = 2.0f; p0[2] = 3.0f;',
      /return ; p0.*\}.*\}/,
    ],
    ['what the condition is about to ask for', 'if (p1 > 3) { p1 = 2; p0[p1] = 2.0f; }', /p1 = 2 ; if/],
    [
      'what may be left as it was',
      'float v0 = 1.0f; if (p1 > 3) { p0[2] = 3.0f; } v0 = p0[1]; p0[0] = v0;',
      /3.0f ; v0 = p0 \[ 1 \] ; \} p0/,
    ],
    ['what may stay unset', 'float v0; v0 = p0[1]; if (p1 > 3) { p0[2] = 1.0f; } p0[0] = v0;', /\{ v0 =/],
    [
      'what a loop steps by',
      'int v0 = 1; for (int v1 = 9; v1 > 0; v1 -= v0) { v0 += 1; if (p1 > 3) { p0[v1] = 2.0f; } }',
    ],
    ['an exit to the end', 'if (p1 > 3) return; p0[1] = 2.0f;'],
    ['an exit before what it asks for', 'int v0 = p1 * 2; if (v0 > 3) return; p0[v0] = 2.0f;'],
    ['a barrier', 'barrier(CLK_GLOBAL_MEM_FENCE); if (p1 > 3) { p0[1] = 2.0f; } barrier(CLK_GLOBAL_MEM_FENCE);'],
    ['what a loop counts with', 'int v0 = p1; while (v0 > 1) { v0 -= 1; if (p0[v0] > 2.0f) continue; p0[v0] = 2.0f; }'],
    ['other ways out', 'if (p1 > 3) { if (p1 > 5) return; p0[1] = 2.0f; }', /return ; if/],
  ])('shift does not move %s', (_, body, moved = /./) => {
    expect(shifted(body).filter((text) => text !== undefined && moved.test(text))).toEqual([])
  })

  it('retype takes along the parameters of one function alone', () => {
    const texts = Array.from({ length: 800 }, (_, seed) => written(find('retype'), helped, seed) ?? '')
    expect(texts.some((text) => /global (?!int)(\w+) \* p1 , local \1 \* p2/.test(text))).toBe(true)
    expect(texts.some((text) => /^float f\d+ \( (?!float)(\w+) \w+ , \1 /.test(text))).toBe(true)
    const isBoth = /^float f\d+ \( (?!float).*kernel .*global (?!float)\w+ \* p0/
    expect(texts.filter((text) => isBoth.test(text))).toEqual([])
  })

  it.each([
    [
      'into what nobody reads',
      'float v0 = 0.0f; for (int v1 = 0; v1 < 9; v1++) v0 = v0 + p0[v1]; p0[p1] = v0;',
      /\) v0 = v0 \+ p0 \[ v1 \] [-+*]|\( v0 \+/,
    ],
    [
      'before the loop that computes it',
      'float v0 = 0.0f; p2[0] = 2.0f; for (int v1 = 0; v1 < 9; v1++) v0 += p0[v1]; p0[p1] = v0;',
      /p2 \[ 0 \] = 2.0f [-+*]/,
    ],
    [
      'into what no later statement reads',
      'float v0 = 2.0f; for (int v1 = 0; v1 < 9; v1++) { p2[v1] = v0; v0 = v0 * 2.0f; }',
      /v0 = \( v0 \* 2.0f \)/,
    ],
    ['away from its barrier', 'p2[p1] = 2.0f; barrier(CLK_GLOBAL_MEM_FENCE); p0[p1] = p2[p1 + 1];', /./],
    [
      'into what a loop counts with',
      'int v0 = p1; while (v0 > 1) { v0 = v0 / 2; p0[v0] = 2.0f; p2[v0] = 3.0f; }',
      /v0 \/ 2 \)? [-+*]/,
    ],
  ])('merge moves nothing %s', (_, body, wrong) => {
    const of = readKernel(formOf(`kernel void f0(global float *p0, int p1, global float *p2) { ${body} }`))
    const texts = Array.from({ length: 300 }, (__, seed) => written(find('merge'), of, seed) ?? '')
    expect(texts.filter((text) => wrong.test(text))).toEqual([])
  })

  it('remainder computes nothing twice that writes, no constant and no remainder of itself', () => {
    const of = readKernel(
      formOf(
        'kernel void f0(global int *p0, int p1, global int *p2) { p0[p1++] = 4; p0[atomic_inc(&p2[0])] = p1 + 1; }',
      ),
    )
    const texts = Array.from({ length: 500 }, (_, seed) => written(find('remainder'), of, seed) ?? '')
    expect(texts.some((text) => text !== '')).toBe(true)
    for (const text of texts) expect(text).not.toMatch(/\+\+ [/%]|atomic.*atomic|[^+] \d+ [/%]|[^1 ] p1 [/%] p1\b/)
  })

  it('compares a number that decides alone', () => {
    const alone = readKernel(formOf('kernel void f0(global int *p0, int p1) { if (p1 | 4) p0[p1] = p1 ? p1 + 1 : 2; }'))
    const texts = Array.from({ length: 500 }, (_, seed) => written(find('compare'), alone, seed) ?? '')
    expect(texts.some((text) => /if \( \( p1 \| 4 \) [<>]=? \w+ \) p0/.test(text))).toBe(true)
    expect(texts.some((text) => /= p1 [<>]=? \w+ \? p1 \+ 1 : 2 ;/.test(text))).toBe(true)
  })

  it.each([
    [
      'in memory what is needed later',
      'float v0 = 0.0f; for (int v1 = 0; v1 < p1; v1++) v0 += p0[v1]; p0[1] = v0; p0[2] = v0 * 2;',
    ],
    ['in a variable where the place moves', 'int v0 = 0; while (v0 < p1) { p0[v0] += 2.0f; v0++; }'],
    [
      'in memory that is declared later',
      'float v0 = 0.0f; int v1 = p1; for (int v2 = 0; v2 < p1; v2++) v0 += 2; p0[v1] = v0;',
    ],
  ])('does not sum up %s', (_, body) => {
    const of = readKernel(formOf(`kernel void f0(global float *p0, int p1, global int *p2) { ${body} }`))
    const texts = Array.from({ length: 300 }, (__, seed) => written(find('accumulate'), of, seed))
    expect(texts.filter((text) => text !== undefined)).toEqual([])
  })

  it('sums up in a variable unless an element of the subscript changes', () => {
    const of = readKernel(
      formOf(`kernel void f0(global float *p0, int p1, global int *p2) {
  for (int v0 = 0; v0 < p1; v0++) { p0[p2[3]] += 2.0f; p2[p2[3]] = v0; }
}`),
    )
    const texts = Array.from({ length: 300 }, (_, seed) => written(find('accumulate'), of, seed) ?? '')
    expect(texts.some((text) => text.includes('= p0 [ p2 [ 3 ] ] ;'))).toBe(false)
    const still = readKernel(of.tokens.join(' ').replace('p2 [ p2 [ 3 ] ] = v0 ;', ''))
    const others = Array.from({ length: 300 }, (_, seed) => written(find('accumulate'), still, seed) ?? '')
    expect(others.some((text) => text.includes('= p0 [ p2 [ 3 ] ] ;'))).toBe(true)
  })

  it.each([
    ['2.0', 'double'],
    ['2.0f', 'float'],
    ['2', 'float'],
  ])('knows what a float times %s is', (text, type) => {
    const of = readKernel(formOf(`kernel void f0(global float *p0) { p0[1] = p0[0] * ${text}; }`))
    const texts = Array.from({ length: 200 }, (_, seed) => written(find('hoist'), of, seed) ?? '')
    const declared = texts.flatMap((one) => /(\w+) v\d+ = p0 \[ 0 \] \*/.exec(one)?.[1] ?? [])
    expect(new Set(declared)).toEqual(new Set([type]))
  })

  it('takes a comparison in parentheses for one', () => {
    const of = readKernel(formOf('kernel void f0(global int *p0, int p1) { p0[0] = (p1 < 4) ? p1 : 2; }'))
    const texts = Array.from({ length: 300 }, (_, seed) => written(find('compare'), of, seed) ?? '')
    expect(texts.some((text) => text !== '')).toBe(true)
    expect(texts.filter((text) => text.includes('( p1 < 4 ) <'))).toEqual([])
  })

  it('is tried above', () => {
    expect(editKinds.map(({ id }) => id).sort()).toEqual([...new Set(editKinds.map(({ id }) => id))].sort())
    expect(editKinds).toHaveLength(38)
  })
})

describe.each(editKinds.map((kind) => [kind.id, kind] as const))('%s', (_, kind) => {
  const parents = seedForms.filter((__, i) => i % 9 === 0).map(({ text }) => readKernel(text))
  parents.push(summing)

  it('writes what parses, on nearly every draw', () => {
    let proposed = 0
    let parsed = 0
    for (const [seed, parent] of [...parents, helped, helped, summing].entries()) {
      for (let i = 0; i < 6; i++) {
        const text = written(kind, parent, 100 * seed + i)
        if (text === undefined) continue
        proposed++
        if (parseUnit(text).errors.length === 0) parsed++
      }
    }
    expect(proposed).toBeGreaterThan(5)
    expect(parsed / proposed).toBeGreaterThan(0.9)
  })

  it('mostly knows the classes of what it brings as they are read back', () => {
    let proposed = 0
    let known = 0
    for (const [seed, parent] of parents.entries()) {
      const edit = kind.propose(parent, new Random(seed), donor)
      if (edit === undefined) continue
      const { start, end, tokens } = edit
      const expected = [
        ...parent.classes.slice(0, start),
        ...tokens.map((token) => token.class),
        ...parent.classes.slice(end),
      ]
      const texts = [...parent.tokens.slice(0, start), ...tokens.map(({ text }) => text), ...parent.tokens.slice(end)]
      const read = readKernel(printTokens(texts)).classes
      for (let i = start; i < start + tokens.length; i++) {
        proposed++
        if (broadClass(read[i]) === broadClass(expected[i])) known++
      }
    }
    if (proposed > 0) expect(known / proposed).toBeGreaterThan(0.9)
  })

  it('draws the same for the same seed', () => {
    expect(written(kind, parents[3], 11)).toBe(written(kind, parents[3], 11))
  })
})

it('leaves loop counters and const variables alone', () => {
  const guarded = readKernel(
    formOf(
      'kernel void f0(global int *p0, const int p1) { const int v0 = 3; int v1 = 0; for (int v2 = 0; v2 < p1; v2++) { v1 = v0; p0[v2] = v1; } }',
    ),
  )
  for (let seed = 0; seed < 600; seed++) {
    for (const id of ['swap-leaf', 'assign', 'copy-statement', 'transplant']) {
      expect(written(find(id), guarded, seed) ?? '').not.toMatch(/[;{}] (?:v0|v2|p1) [-+*|&^<>]*=/)
    }
  }
})

it('removes nothing that a loop needs to end', () => {
  const looping = readKernel(
    formOf(
      'kernel void f0(global int *p0, int p1) { int v0 = p1; while (v0 > 1) { p0[v0] = 1; v0 = v0 / 2; p0[0] = 2; } }',
    ),
  )
  const texts = Array.from({ length: 400 }, (_, seed) => written(find('remove'), looping, seed) ?? '')
  expect(texts.some((text) => text.includes('{ v0 = v0 / 2 ; p0 [ 0 ] = 2 ; }'))).toBe(true)
  for (const text of texts) if (text.includes('while')) expect(text).toContain('v0 = v0 / 2')
})

it('puts no condition on a barrier', () => {
  const kernel = readKernel(
    formOf('kernel void f0(local int *p0, int p1) { p0[p1] = 1; barrier(CLK_LOCAL_MEM_FENCE); p0[0] = p0[p1]; }'),
  )
  const texts = Array.from({ length: 200 }, (_, seed) => written(find('guard'), kernel, seed) ?? '')
  expect(texts.some((text) => text.includes('if ('))).toBe(true)
  for (const text of texts) expect(text).not.toMatch(/\{ barrier/)
})

it('reads what it prints', () => {
  for (const { text } of seedForms) {
    expect(readKernel(text).tokens).toEqual(lex(printTokens(lex(text).map((token) => token.text))).map((t) => t.text))
  }
})
