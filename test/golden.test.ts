// What fixed seeds and inputs give, to the digit, on any machine: a change here changes what a seed means and needs a
// line in CHANGELOG.md.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { seedFolder } from '../corpora/index.ts'
import { type NormalForm, normaliseText, packagePath } from '../kernels/index.ts'
import { findHoles, Random, Tokenizer } from '../synth/index.ts'
import { sampleToken } from '../synth/sampling.ts'
import { buildVocabulary } from '../synth/tokenizer.ts'

const times = <T>(count: number, value: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => value(i))

function seedForm(name: string): NormalForm {
  const form = normaliseText(readFileSync(packagePath(seedFolder, `${name}.cl`), 'utf8'))
  if (!form.ok) throw new Error(form.log)
  return form
}

/** Of the words of one kernel alone, so that other seeds may come and go. */
function tokenizerOf({ tokens }: NormalForm): Tokenizer {
  const counts = new Map<string, number>()
  for (const text of tokens) counts.set(text, (counts.get(text) ?? 0) + 1)
  return new Tokenizer(buildVocabulary(counts, { size: 16, minCount: 2 }))
}

describe('golden values', () => {
  it('of the random stream, its forks and its draws', () => {
    const bits = (rng: Random): string => times(4, () => rng.next() * 2 ** 32).join(' ')
    expect(bits(new Random(0))).toMatchInlineSnapshot(`"534780927 4249885848 1720714558 3693159592"`)
    expect(bits(new Random(1))).toMatchInlineSnapshot(`"513029242 2095136181 2785293870 1785526035"`)
    expect(bits(new Random(-7))).toMatchInlineSnapshot(`"423057913 1913006525 2499095309 1276953635"`)
    expect(bits(new Random(1).fork())).toMatchInlineSnapshot(`"859388092 735975135 2171671506 1463039394"`)
    const rng = new Random(42)
    expect(times(12, () => rng.below(100)).join(' ')).toMatchInlineSnapshot(`"15 24 22 42 75 28 63 8 70 17 84 38"`)
    expect(times(12, () => rng.weighted([1, 2, 3])).join(' ')).toMatchInlineSnapshot(`"1 1 2 2 0 2 2 1 0 2 2 0"`)
  })

  it('of tokens drawn from logits', () => {
    const rng = new Random(5)
    const logits = Float32Array.from({ length: 16 }, (_, i) => ((i * 7) % 16) / 4)
    const draw = (): unknown => sampleToken(logits, 0, 16, { temperature: 0.8, topP: 0.95 }, rng)?.token
    expect(times(12, draw).join(' ')).toMatchInlineSnapshot(`"9 2 13 9 11 4 9 6 11 9 9 9"`)
  })

  it('of three normal forms', () => {
    expect(seedForm('dense-algebra/axpby').text).toMatchInlineSnapshot(`
      "kernel void f0(ulong p0, double p1, global const double *p2, double p3, global const double *p4, global double *p5) {
        ulong v0 = get_global_id(0);
        if (v0 < p0) p5[v0] = fma(p1, p2[v0], p3 * p4[v0]);
      }
      "
    `)
    expect(seedForm('monte-carlo/halton-points').text).toMatchInlineSnapshot(`
      "static float f0(uint p0, uint p1) {
        float v0 = 1.0f / (float) p1, v1 = v0, v2 = 0.0f;
        for (; p0 > 0; p0 /= p1, v1 *= v0) v2 += v1 * (float) (p0 % p1);
        return v2;
      }
      kernel void f1(global float *p0, uint p1, uint p2) {
        uint v0 = get_global_id(0);
        if (v0 >= p2) return;
        uint v1 = p1 + v0 + 1;
        float3 v2 = (float3) (f0(v1, 2), f0(v1, 3), f0(v1, 5));
        vstore3(v2, v0, p0);
      }
      "
    `)
    expect(seedForm('reductions/float-atomic-add-cas').text).toMatchInlineSnapshot(`
      "inline void f0(volatile global float *p0, float p1) {
        volatile global uint *v0 = (volatile global uint *) p0;
        uint v1, v2 = *v0;
        do {
          v1 = v2;
          v2 = atomic_cmpxchg(v0, v1, as_uint(as_float(v1) + p1));
        }
        while (v2 != v1);
      }
      kernel void f1(global const float *p0, global const float *p1, global float *p2, int p3) {
        float v0 = 0.0f;
        for (int v1 = get_global_id(0); v1 < p3; v1 += get_global_size(0)) v0 = mad(p0[v1], p1[v1], v0);
        f0(p2, v0);
      }
      "
    `)
  })

  it('of holes drawn from a kernel', () => {
    const rng = new Random(3)
    const { text, tokens } = seedForm('monte-carlo/halton-points')
    const holes = findHoles(text)
    expect(holes.length).toMatchInlineSnapshot(`55`)
    const drawn = times(6, () => rng.pick(holes))
    expect(
      drawn.map(({ start, end, kind }) => `${start} ${kind}: ${tokens.slice(start, end).join(' ')}`),
    ).toMatchInlineSnapshot(`
      [
        "16 expression: ( float ) p1",
        "77 statements: uint v0 = get_global_id ( 0 ) ; if ( v0 >= p2 ) return ;",
        "93 statements: ",
        "46 expression: v1 * ( float ) ( p0 % p1 )",
        "96 expression: p1 + v0",
        "77 statements: uint v0 = get_global_id ( 0 ) ; if ( v0 >= p2 ) return ; uint v1 = p1 + v0 + 1 ; float3 v2 = ( float3 ) ( f0 ( v1 , 2 ) , f0 ( v1 , 3 ) , f0 ( v1 , 5 ) ) ;",
      ]
    `)
  })

  it('of token ids', () => {
    const form = seedForm('dense-algebra/axpby')
    expect(tokenizerOf(form).encode(form.tokens)?.ids.join(' ')).toMatchInlineSnapshot(
      `"4 81 75 88 84 75 82 5 4 92 85 79 74 5 101 319 328 117 317 318 118 317 324 327 318 321 119 317 318 120 317 324 327 318 321 121 317 324 318 321 122 320 4 97 5 328 149 326 4 77 75 90 69 77 82 85 72 71 82 69 79 74 5 319 4 22 5 320 325 4 79 76 5 319 149 4 34 5 117 320 122 322 149 323 326 4 76 83 71 5 319 118 317 119 322 149 323 317 120 321 121 322 149 323 320 325 4 99 5"`,
    )
  })
})
