import { describe, expect, it } from 'vitest'
import { loadSeedVectors } from '../../corpora/index.ts'
import { parseUnit } from '../../kernels/index.ts'
import { hasEndlessLoop } from '../../synth/search/endless.ts'

const isEndless = (loop: string): boolean =>
  hasEndlessLoop(parseUnit(`kernel void f0(global int *p0, int p1) { int v0 = p1; int v1 = 0; ${loop} p0[v1] = v0; }`))

describe('hasEndlessLoop', () => {
  it.each([
    'while (v0) v1++;',
    'do { p0[v1] = 2; ++v1; } while (v0 > 2);',
    'for (int v2 = 0; v2 < p1; v1++) p0[v2] = 1;',
    'for (;;) p0[0]++;',
    'while (1) { p0[v1] = 3; }',
    'if (v0) { for (int v2 = 0; v2 < 8; v2++) { while (v2 < 4) v1 += v2; } }',
  ])('tells %j', (loop) => expect(isEndless(loop)).toBe(true))

  it.each([
    'while (v0) v0--;',
    'do { v0 >>= 1; } while (v0 > 2);',
    'for (int v2 = 0; v2 < p1; v2 += 2) p0[v2] = 1;',
    'for (;;) { if (p0[0]) break; p0[0]++; }',
    'while (p0[v1]) p0[v1]--;',
    'while (atomic_cmpxchg(p0, 0, 1)) v1++;',
    'do { p0[v1] = 2; } while (0);',
    'while (v0 < 9) { if (p0[v1]) return; v1++; }',
    'for (int v2 = 0, v3 = 9; v2 < v3; v3--) p0[v2] = 1;',
    'while (v0 > 0) { vstore4((int4)(0), 0, &v0); }',
  ])('lets %j pass', (loop) => expect(isEndless(loop)).toBe(false))

  it('lets all seed kernels pass', () => {
    const endless = loadSeedVectors().kernels.filter(({ text }) => hasEndlessLoop(parseUnit(text)))
    expect(endless.map(({ name }) => name)).toEqual([])
  })
})
