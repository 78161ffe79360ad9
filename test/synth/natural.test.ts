import { describe, expect, it } from 'vitest'
import { lex } from '../../kernels/index.ts'
import { hasDeadCode, hasIdleVariable } from '../../synth/search/natural.ts'
import { countOddities } from '../../synth/search/oddities.ts'
import { seedForms } from './seed-forms.ts'

const count = (code: string): number => countOddities(lex(code).map(({ text }) => text))

const tokensOf = (code: string): string[] => lex(code).map(({ text }) => text)

describe('countOddities', () => {
  it.each([
    'x = y * 1;',
    'f(0 * 1)',
    'a[i + 0]',
    'x = 1.0f * y;',
    'x = a / 1;',
    'y = x << 0;',
    '(0 + x)',
    'x = a - 0;',
    'x = a * 0;',
    'while (a > 0 && 1)',
    'get_local_id(0 - 32)',
    'a[0] += 0;',
    'for (; n; i <<= 0)',
    'x /= 1.0f;',
    'get_global_id(n)',
    'x = a | 0 && y;',
    'x = a - 1 * y;',
    'x = (0 & y) + a;',
    'x = y - y;',
    'p[i + 1] = p[i + 1];',
    'if (a.x < a.x)',
    'f(p[i] & p[i], 2)',
    '{ x = a; x = b; }',
    '{ int x = a * b; x = f(b); }',
    '{ p[i] = a; p[i] = b; }',
  ])('finds one in %j', (code) => expect(count(code)).toBe(1))

  it.each([
    'x = y * 10;',
    'a[i + 1]',
    'x = 1.0f / y;',
    'x = 0 - y;',
    'int *p = 0;',
    'x = a * -1;',
    'f(3 * 2.5f + x)',
    'x = y - 4 * z',
    'x = a * 1e3f;',
    'for (int i = 0; i < n; i++)',
    'x = n > 0 ? 1 : 0;',
    'x = a + 0.5f;',
    '1 << x',
    'get_global_id(2)',
    'x = a & 1;',
    'x += 0.5f;',
    'n >>= 1;',
    'x -= 1;',
    'x *= 1 + y;',
    'x = a * y - y;',
    'x = y - y * a;',
    'x = y + y;',
    'x = y * y;',
    'p[i] = p[i + 1];',
    'f(y) - f(y)',
    '{ x = a; x = x + b; }',
    '{ p[i] = a; p[j] = b; }',
    '{ p[i] = a; p[i] = b + p[0]; }',
    '{ x = a; if (b) x = c; }',
    '{ if (b) x = a; x = c; }',
    '{ x = a; x += b; }',
    'for (x = 0; x < n; x++) { }',
    'int x = 0, y = 1; y = x;',
    'if (x != x)',
    'if (0 <= x && x < a && 0 <= y && y < b)',
    'x && 1 - y',
    'x < 0 | y < 0',
    'x = -1 * y;',
    'x = a << 1 + y;',
    '{ p[i++] = a; p[i++] = b; }',
    '{ *x++ = a; *x++ = b; }',
    '{ int x = a, y = x * 2; x = 3; }',
    '{ *x = a; x[0] = b; }',
  ])('finds none in %j', (code) => expect(count(code)).toBe(0))

  it('finds next to none in what people write', () => {
    const idle = seedForms.filter(({ tokens }) => countOddities(tokens) > 0)
    expect(idle.length).toBeLessThanOrEqual(1)
  })
})

describe('hasDeadCode', () => {
  it.each([
    '{ return; x = 1; }',
    '{ if (a) { return; x = 1; } }',
    '{ for (;;) { break; x = 1; } }',
    '{ while (a) { continue; } } { continue; return; }',
  ])('finds it in %j', (code) => expect(hasDeadCode(tokensOf(code))).toBe(true))

  it.each([
    '{ if (a) return; x = 1; }',
    '{ if (a) { x = 1; return; } x = 2; }',
    '{ if (a) x = 1; else return; x = 2; }',
    '{ switch (a) { case 1: { x = 1; } break; case 2: x = 2; break; default: break; } }',
    '{ for (;;) { if (a) break; x++; } return; }',
  ])('finds none in %j', (code) => expect(hasDeadCode(tokensOf(code))).toBe(false))
})

describe('hasIdleVariable', () => {
  it.each([
    'int v0 = 1;',
    'int v0; f(1);',
    'int v0 = a; v0 += 3;',
    'int v0; v0 = 2; v0++;',
    'int v0 = 1, v1; f(v0);',
    'for (int v0 = 0; ; ++v0) { }',
    'int v0 = 0; if (a) v0 = 1;',
    'if (a) { int v0; v0 = 1; }',
    'for (int v0 = 0, v1 = 1; v0 < 3; v0++) { }',
    'global int *v0 = p0; v0 = p1;',
  ])('finds one in %j', (code) => expect(hasIdleVariable(tokensOf(`{ ${code} }`))).toBe(true))

  it.each([
    'int v0 = 1; f(v0);',
    'for (int v0 = 0; v0 < n; v0++) { }',
    'int v0 = 0; p0[v0++] = 1;',
    'int v0; v0 = 2; return v0;',
    'int v0 = 1, v1 = 2; f(v0, v1);',
    'int v0 = 1; f(p0, v0, 2);',
    'int4 v0 = a; v0.x = 1; p0[0] = v0;',
    'int v0 = 1; p0[-v0] = 1;',
    'int v0 = 1; return -v0;',
    'int v0[4]; v0[1] = 2; f(v0);',
    'for (int v0 = 9; v0--;) { }',
    'int v0 = 0; p0[1] = (v0 += 2);',
    'int v0; p0[1] = (v0 = 2);',
    'global int *v0 = p0 + 1; *v0 = 1;',
    'int v0 = 1; p0[0] = (float)v0++;',
    'int v0; if (a) v0 = 1; f(v0);',
  ])('finds none in %j', (code) => expect(hasIdleVariable(tokensOf(`{ ${code} }`))).toBe(false))

  it('looks at each function by itself', () => {
    const helper = 'int f(int p0) { int v0 = p0; return v0; }'
    expect(hasIdleVariable(tokensOf(`${helper} kernel void g() { int v0 = 1; }`))).toBe(true)
    expect(hasIdleVariable(tokensOf(`${helper} kernel void g() { f(1); }`))).toBe(false)
  })

  it('finds next to none in what people write', () => {
    expect(seedForms.filter(({ tokens }) => hasIdleVariable(tokens) || hasDeadCode(tokens)).length).toBeLessThanOrEqual(
      1,
    )
  })
})
