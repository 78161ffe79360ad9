import { describe, expect, it } from 'vitest'
import { contentKey, findKernels, lex, normaliseKernel, normaliseText, parseUnit } from '../../kernels/index.ts'
import { plainSeeds } from './seed-units.ts'

function normal(source: string): { text: string; key: string; tokens: readonly string[] } {
  const form = normaliseText(source)
  if (!form.ok) throw new Error(form.log)
  return form
}

const textOf = (source: string): string => normal(source).text.replace(/\s+/g, ' ').trim()

describe('the normal form', () => {
  const original = `
    /* adds */ typedef struct Cell { float weight; int next[2]; } Cell;
    static float scaled(float v, float by) { return v * by; }
    __kernel void add(__global const Cell* cells, __global float* restrict out, const unsigned int n) {
      __local float tile[64];
      size_t i = get_global_id(0);
      for (int k = 0; k < 4; k++) { float v = cells[i].weight; tile[k] = scaled(v, 2.0f); }
      if (i >= n) goto end;
      out[i] = tile[0] + cells[i].next[1]; // done
      end: return;
    }`

  it.each([
    ['other layout and comments', original.replace(/;/g, ' ; // x\n').replace('/* adds */', '')],
    ['no `__` prefixes', original.replaceAll('__', '')],
    ['other integer spellings', original.replace('unsigned int', 'uint').replace('int k', 'signed int k')],
    ['other spellings of qualifiers', original.replace('restrict', '__restrict').replace('const Cell', '__const Cell')],
    [
      'other variables',
      original
        .replace(/\bi\b/g, 'gid')
        .replace(/\bk\b/g, 'i')
        .replace(/\btile\b/g, 'buffer'),
    ],
    [
      'other functions and parameters',
      original
        .replace(/\bscaled\b/g, 'mul')
        .replace('add', 'k')
        .replace(/\bout\b/g, 'z'),
    ],
    [
      'other types and members',
      original
        .replace(/\bCell\b/g, 'node_t')
        .replace(/\bweight\b/g, 'cost')
        .replace(/\bnext\b/g, 'to'),
    ],
    ['other labels', original.replace(/\bend\b/g, 'finish')],
    ['shadowing', original.replace('float v =', 'float n =').replace('scaled(v,', 'scaled(n,')],
    ['a hint and a pragma', original.replace('for', '__attribute__((opencl_unroll_hint))\n#pragma unroll\nfor')],
  ])('is the same with %s', (_, changed) => {
    expect(changed).not.toBe(original)
    expect(normal(changed)).toEqual(normal(original))
  })

  it.each([
    ['another literal', original.replace('2.0f', '3.0f')],
    ['another operator', original.replace('v * by', 'v + by')],
    ['another type', original.replace('float tile', 'int tile')],
    ['another address space', original.replace('__local', '__private')],
    ['swapped variables', original.replace('scaled(v, 2.0f)', 'scaled(2.0f, v)')],
    ['another built-in', original.replace('get_global_id', 'get_local_id')],
    ['a required size', original.replace('__kernel', '__kernel __attribute__((reqd_work_group_size(8, 1, 1)))')],
  ])('differs for %s', (_, changed) => {
    expect(changed).not.toBe(original)
    expect(normal(changed).key).not.toBe(normal(original).key)
  })

  it('is itself in normal form, for every seed kernel', () => {
    for (const { source, name } of plainSeeds) {
      const unit = parseUnit(source)
      for (const kernel of findKernels(unit)) {
        const form = normaliseKernel(unit, kernel)
        if (!form.ok) throw new Error(`${name}: ${form.log}`)
        expect(normaliseText(form.text), name).toEqual(form)
        expect(lex(form.text).map(({ text }) => text)).toEqual(form.tokens)
        expect(form.key).toBe(contentKey(form.tokens))
        expect(form.text).not.toMatch(/\b__(?!attribute__)|\/\/|\/\*|#/)
      }
    }
  })

  it('numbers names in order of declaration, parameters and variables anew in each function', () => {
    expect(
      textOf('int g(int b, int a) { int c = a; return c; } kernel void k(global int* x) { int y = g(x[0], 1); }'),
    ).toBe(
      'int f0(int p0, int p1) { int v0 = p1; return v0; } kernel void f1(global int *p0) { int v0 = f0(p0[0], 1); }',
    )
  })

  it('resolves shadowed names by scope', () => {
    expect(
      textOf('kernel void k(int n) { int a = n; { int n = a; a = n; } for (int n = 0; n < 2; n++) a += n; a = n; }'),
    ).toBe(
      'kernel void f0(int p0) { int v0 = p0; { int v1 = v0; v0 = v1; } for (int v2 = 0; v2 < 2; v2++) v0 += v2; v0 = p0; }',
    )
  })

  it('leaves members that could be swizzles alone, and renames the others', () => {
    expect(
      textOf(
        'struct P { float x; float speed; int s0; }; kernel void k(global struct P* p, float4 v) { p->speed = v.x + p->x; }',
      ),
    ).toBe(
      'struct t0 { float x; float m0; int s0; }; kernel void f0(global struct t0 *p0, float4 p1) { p0->m0 = p1.x + p0->x; }',
    )
  })

  it('keeps tags, typedefs and variables of one name apart', () => {
    expect(textOf('typedef struct A { int q; } A; kernel void k(global A* a) { struct A A = a[0]; a[1] = A; }')).toBe(
      'typedef struct t0 { int m0; } t1; kernel void f0(global t1 *p0) { struct t0 v0 = p0[0]; p0[1] = v0; }',
    )
  })

  it('renames enumerators, also inside attributes, but never the attribute', () => {
    const source =
      'enum { packed = 8 }; struct __attribute__((__packed__)) S { int q; }; kernel __attribute__((reqd_work_group_size(packed, 1, 1))) void k(global struct S* s) { s->q = packed; }'
    expect(textOf(source)).toBe(
      'enum { g0 = 8 }; struct __attribute__((packed)) t0 { int m0; }; kernel __attribute__((reqd_work_group_size(g0, 1, 1))) void f0(global struct t0 *p0) { p0->m0 = g0; }',
    )
  })

  it('gives a name that is declared again at file scope one new name', () => {
    expect(
      textOf('typedef int T; typedef int T; int f(T a); int f(T b) { return b; } kernel void k(T c) { f(c); }'),
    ).toBe(
      'typedef int t0; typedef int t0; int f0(t0 p0); int f0(t0 p0) { return p0; } kernel void f1(t0 p0) { f0(p0); }',
    )
  })

  it('merges integer types, past qualifiers, and leaves long long', () => {
    expect(
      textOf(
        'kernel void k() { unsigned const int a = 1; long unsigned b; short int c; signed char d; long long e; unsigned f; }',
      ),
    ).toBe('kernel void f0() { const uint v0 = 1; ulong v1; short v2; char v3; long long v4; uint v5; }')
  })

  it('reads function pointers without losing track', () => {
    expect(textOf('int g(int (*h)(int a), int b) { return h(b); }')).toBe(
      'int f0(int(*p0) (int p1), int p2) { return p0(p2); }',
    )
  })

  it.each([
    ['a parameter', 'kernel void k(global int* p7) { p0[0] = 1; }', "1:33: 'p0' is not declared"],
    ['a function', 'kernel void k(global int* a) { a[0] = f0(1); }', "1:39: 'f0' is not declared"],
    [
      'a member',
      'struct S { int count; }; kernel void k(global struct S* s) { s->m0 = 1; }',
      "1:65: 'm0' is not declared",
    ],
  ])('never lets a renamed name capture %s that is not declared', (_, source, log) => {
    expect(normaliseText(source)).toEqual({ ok: false, stage: 'parse', log })
  })

  it.each([
    ['a syntax error', 'kernel void k( { }', 'parse', /^1:\d+: syntax error$/],
    ['binary junk', '\u0001\u0002\ufffd', 'parse', /syntax error/],
    ['unbalanced braces', 'kernel void k() { if (1) { }', 'parse', /syntax error/],
    ['deep nesting', `kernel void k(int a) { a = ${'!'.repeat(2000)}a; }`, 'limits', /syntax nests 20\d\d deep/],
  ])('rejects %s', (_, source, stage, log) => {
    expect(normaliseText(source)).toMatchObject({ ok: false, stage, log: expect.stringMatching(log) })
  })

  it('names a kernel that is not there', () => {
    expect(normaliseKernel(parseUnit('int a;'), 'k')).toEqual({ ok: false, stage: 'parse', log: 'no kernel named k' })
  })

  it.each(['', '// only a comment'])('is empty for the empty text %j', (source) => {
    expect(normaliseText(source)).toMatchObject({ ok: true, text: '', tokens: [] })
  })
})
