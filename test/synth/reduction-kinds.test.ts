// What each kind of reduction must be able to write.

import { describe, expect, it } from 'vitest'
import { lex, parseUnit } from '../../kernels/index.ts'
import { readKernel } from '../../synth/edits/index.ts'
import { reductionKinds } from '../../synth/reduce/kinds/registry.ts'
import { applyReductions } from '../../synth/reduce/reduction.ts'
import { seedForms } from './seed-forms.ts'

function spaced(text: string): string {
  return lex(text)
    .map((token) => token.text)
    .join(' ')
}

function written(id: string, text: string): string[] {
  const kind = reductionKinds.find((one) => one.id === id)!
  return kind.find(parseUnit(text), readKernel(text)).map((one) => spaced(applyReductions(text, [one])))
}

const inKernel = (body: string) => `kernel void k(global int *a, int n) { ${body} }`

describe.each([
  ['remove', inKernel('a[0] = 1; a[1] = 2; a[2] = 3;'), inKernel('a[2] = 3;')],
  ['remove', inKernel('a[0] = 1; local float4 t; a[2] = 3;'), inKernel('a[0] = 1; a[2] = 3;')],
  ['remove', inKernel('int x, *y = a, z;'), inKernel('int x, z;')],
  ['remove', inKernel('if (n) a[0] = 1; else a[1] = 2;'), inKernel('if (n) a[0] = 1;')],
  ['remove', inKernel('if (n) a[0] = 1;'), inKernel('if (n) ;')],
  ['remove', inKernel('for (int i = 0; i < n; i++) a[i] = i;'), inKernel('for (; i < n; i++) a[i] = i;')],
  ['remove', inKernel('switch (n) { case 1: a[0] = 1; break; default: ; }'), inKernel('switch (n) { default: ; }')],
  ['remove', inKernel('g(n, 1);'), inKernel('g(n);')],
  ['remove', 'typedef struct { int a, b; float c; } S; int f();', 'int f();'],
  ['remove', 'typedef struct { int a, b; float c; } S;', 'typedef struct { int a, b; } S;'],
  ['remove', 'enum { A, B };', 'enum { A };'],
  ['remove', 'constant int t[2] = {1, 2};', 'constant int t[2] = {1};'],
  ['unwrap', inKernel('if (n) { a[0] = 1; a[1] = 1; }'), inKernel('a[0] = 1; a[1] = 1;')],
  ['unwrap', inKernel('if (n) a[0] = 1; else a[1] = 2;'), inKernel('a[1] = 2;')],
  ['unwrap', inKernel('if (n > 2) a[0] = 1;'), inKernel('n > 2; a[0] = 1;')],
  ['unwrap', inKernel('for (int i = 0; i < n; i++) a[i] = 1;'), inKernel('int i = 0; i < n; a[i] = 1; i++;')],
  ['unwrap', inKernel('while (n) { n--; }'), inKernel('n--;')],
  ['unwrap', inKernel('do { n--; } while (n);'), inKernel('n--;')],
  ['unwrap', inKernel('switch (n) { case 1: a[0] = 1; break; }'), inKernel('a[0] = 1;')],
  ['unwrap', inKernel('const int v = n * 2;'), inKernel('n * 2;')],
  ['unwrap', inKernel('{ n = 1; }'), inKernel('n = 1;')],
  ['simplify', inKernel('a[0] = n * 2 + 1;'), inKernel('a[0] = n * 2;')],
  ['simplify', inKernel('a[0] = (n + 2) * 4;'), inKernel('a[0] = (n + 2);')],
  ['simplify', inKernel('a[0] = -max(n + 1, 2);'), inKernel('a[0] = -(n + 1);')],
  ['simplify', inKernel('a[0] = n;'), inKernel('a[0] = 0;')],
  ['simplify', inKernel('a[0] = 7;'), inKernel('7;')],
  ['simplify', inKernel('float x = sqrt(2.0f);'), inKernel('float x = 0.0f;')],
  ['simplify', inKernel('local int t[64];'), inKernel('local int t[1];')],
  ['merge-variables', inKernel('int v = n + 1; a[v] = v;'), inKernel('a[(n + 1)] = (n + 1);')],
  ['merge-variables', inKernel('int v = 2, w = 3; a[w] = v;'), inKernel('int w = 3; a[w] = 2;')],
  ['merge-variables', inKernel('int v = 2; int w = n; a[w] = v;'), inKernel('int v = 2; v = n; a[v] = v;')],
  ['merge-variables', inKernel('for (int i = 0; i < n; i++) a[i] = 1;'), inKernel('for (; 0 < n; 0++) a[0] = 1;')],
  [
    'merge-variables',
    'int f(int x, int y) { return y; } int g() { return f(1, 2); }',
    'int f(int x) { return x; } int g() { return f(1); }',
  ],
  ['merge-variables', 'void k(global int *a, global int *b) { *b = 1; }', 'void k(global int *a) { *a = 1; }'],
  ['qualifiers', 'static int f(const int x) { return x; }', 'int f(const int x) { return x; }'],
  ['qualifiers', 'int f(const int x) { return x; }', 'int f(int x) { return x; }'],
  ['qualifiers', '__attribute__((reqd_work_group_size(1, 1, 1))) kernel void k() {}', 'kernel void k() {}'],
  ['types', inKernel('float4 v;'), inKernel('float v;')],
  ['types', inKernel('float v = (float)n;'), inKernel('float v = (int)n;')],
  ['types', inKernel('int **v;'), inKernel('int *v;')],
  ['types', inKernel('int v[2][3];'), inKernel('int v[2];')],
  ['unset', inKernel('int *v = 0, w = 1;'), inKernel('int *v, w = 1;')],
] as const)('%s', (id, before, after) => {
  it(`can turn ${before} into ${after}`, () => expect(written(id, before)).toContain(spaced(after)))
})

it('stays within the text, and changes it', () => {
  for (const { text } of seedForms.slice(0, 25)) {
    const [unit, kernel] = [parseUnit(text), readKernel(text)]
    const splices = reductionKinds.flatMap((kind) => kind.find(unit, kernel)).flat()
    const wrong = splices.filter(({ start, end }) => !(0 <= start && start <= end && end <= text.length))
    expect(wrong).toEqual([])
  }
})
