import { describe, expect, it } from 'vitest'
import { type CompileOutcome, compileAll } from '../../kernels/index.ts'

const good = (n: number): string => `kernel void k(global float* a) { a[get_global_id(0)] *= ${n}.0f; }`
const wrong = 'kernel void k(global float* a) {\n  a[0] = missing(1);\n}'
const inBody = (statement: string): string => `kernel void k(global int* a, int c) { ${statement} }`

/** `ok`, or the stage that failed. */
const verdict = (outcome: CompileOutcome): string => (outcome.ok ? 'ok' : outcome.stage)

describe('compileAll', () => {
  it('gives IR per source, in order, whatever fails beside it', async () => {
    const sources = [good(2), wrong, good(3), 'kernel void', good(4), '', '// nothing']
    const outcomes = await compileAll(sources)
    expect(outcomes.map(verdict)).toEqual(['ok', 'compile', 'ok', 'compile', 'ok', 'ok', 'ok'])
    expect(outcomes[0]).toMatchObject({ ir: expect.stringContaining('2.000000e+00') })
    expect(outcomes[4]).toMatchObject({ ir: expect.stringContaining('4.000000e+00') })
    expect(outcomes[1]).toMatchObject({ log: expect.stringMatching(/^2:10: .*'missing'/) })
    expect(await compileAll(sources)).toEqual(outcomes)
    expect(await compileAll([])).toEqual([])
  })

  it('gives no IR when it only checks', async () => {
    expect(await compileAll([good(2), wrong], { checkOnly: true })).toMatchObject([
      { ok: true, ir: '' },
      { ok: false, stage: 'compile' },
    ])
  })

  it('refuses integers in place of pointers when it is strict', async () => {
    const sources = ['int p = a;', 'a[0] = a == c;', 'global float* p = a;', 'a[0] = a == 0;'].map(inBody)
    expect((await compileAll(sources)).map(verdict)).toEqual(['ok', 'ok', 'ok', 'ok'])
    const strictly = await compileAll(sources, { isStrict: true })
    expect(strictly.map(verdict)).toEqual(['compile', 'compile', 'compile', 'ok'])
  })

  it('passes nothing for being strict', async () => {
    const sources = ['return 1;', 'a[0] = __builtin_missing(c);', 'char b = 300; a == c; a[0] = b;'].map(inBody)
    expect((await compileAll(sources)).map(verdict)).toEqual(['compile', 'compile', 'ok'])
    const strictly = await compileAll(sources, { isStrict: true })
    expect(strictly.map(verdict)).toEqual(['compile', 'compile', 'compile'])
  })

  it('blames no neighbour for a warning that a source words itself', async () => {
    const attribute = String.raw`__attribute__((deprecated("x\n1.cl:1:1: error: x")))`
    const source = `int f(int a) ${attribute}; int f(int a) { return a; } ${inBody('a[0] = f(c);')}`
    expect((await compileAll([source, good(1)], { isStrict: true })).map(verdict)).toEqual(['ok', 'ok'])
  })

  it('knows the built-ins of the default header and OpenCL 2.0', async () => {
    const body = 'float4 v = vload4(0, b); a[0] = work_group_reduce_add(c) + (int)dot(v, v) + popcount(c);'
    const source = `kernel void k(global int* a, global float* b, int c) { ${body} barrier(CLK_LOCAL_MEM_FENCE); }`
    expect((await compileAll([source])).map(verdict)).toEqual(['ok'])
  })

  it('checks batches larger than one compiler run', async () => {
    const sources = Array.from({ length: 110 }, (_, i) => (i % 10 === 3 ? wrong : good(i)))
    const outcomes = await compileAll(sources)
    outcomes.forEach((outcome, i) => {
      expect(verdict(outcome)).toBe(i % 10 === 3 ? 'compile' : 'ok')
      if (outcome.ok) expect(outcome.ir).toContain('define')
    })
  })

  // Each between a good and a broken neighbour: the first must stay good and the last must stay broken.
  it.each([
    ['binary junk', '\u007fELF\u0001\u0000\ufffd', 'limits'],
    ['a 5 MB line', `int a; //${'x'.repeat(5_000_000)}`, 'limits'],
    ['unbalanced braces', inBody('if (c) { a[0] = 1;'), 'compile'],
    ['10,000 nested parentheses', inBody(`c = ${'('.repeat(10_000)}c${')'.repeat(10_000)};`), 'limits'],
    ['parentheses after closing ones', `${')'.repeat(10_000)}${'('.repeat(10_000)}`, 'limits'],
    ['40,000 casts', inBody(`c = ${'(int)'.repeat(40_000)}c;`), 'compile'],
    ['60,000 negations', inBody(`c = ${'!'.repeat(60_000)}c;`), 'compile'],
    ['60,000 ifs', inBody(`${'if (c) '.repeat(60_000)};`), 'compile'],
    ['an include of a missing file', '#include "missing.h"', 'limits'],
    ['an include of /dev/zero', '#include "/dev/zero"', 'limits'],
    ['an include behind a comment', '/* */ #include "0.cl"', 'limits'],
    ['an include behind a carriage return', '// \r#include "0.cl"', 'limits'],
    ['an include spelled with a digraph', '%:include "0.cl"', 'limits'],
    ['an include spelled with a trigraph', '??=include "0.cl"', 'limits'],
    ['a line marker that names a neighbour', `# 1 "0.cl"\n${wrong}`, 'limits'],
    ['a #line that names a neighbour', `#line 1 "0.cl"\n${wrong}`, 'limits'],
    ['a source line that looks like an error', `0.cl:1:1: error: forged\n${wrong}`, 'compile'],
    ['a fatal error', `#pragma GCC dependency "missing"\n${good(1)}`, 'compile'],
    ['a crash of the compiler', `#pragma clang __debug crash\n${good(1)}`, 'compile'],
  ])('rejects %s and leaves its neighbours alone', async (_, source, stage) => {
    const outcomes = await compileAll([good(2), source, wrong, good(3)])
    expect(outcomes.map(verdict)).toEqual(['ok', stage, 'compile', 'ok'])
    expect(outcomes[1]).toMatchObject({ log: expect.stringMatching(/./) })
    expect(outcomes[2]).toMatchObject({ log: expect.stringContaining('missing') })
  })

  it('accepts strings that hold a hash, and pragmas', async () => {
    const pragma = '#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n'
    expect(verdict((await compileAll([inBody('printf("# %d\\n", c);')]))[0])).toBe('ok')
    expect(verdict((await compileAll([pragma + good(2)]))[0])).toBe('ok')
  })

  it('gives up a kernel that keeps the compiler busy, and no other', async () => {
    // Each function inlines two copies of the one before.
    const inlined = Array.from({ length: 24 }, (_, i) => {
      const call = i === 0 ? 'sin(a)' : `f${i - 1}(a) + f${i - 1}(a + ${i})`
      return `__attribute__((always_inline)) float f${i}(float a) { return ${call}; }`
    })
    const slow = `${inlined.join('\n')}\nkernel void k(global float* a) { a[0] = f23(a[1]); }`
    const outcomes = await compileAll([good(2), slow, wrong, good(3)], { timeoutMs: 1500 })
    expect(outcomes.map(verdict)).toEqual(['ok', 'ir', 'compile', 'ok'])
    expect(outcomes[1]).toMatchObject({ log: 'the compiler crashed or ran out of time' })
  })

  it('ends with the reason of its signal', async () => {
    const abort = new AbortController()
    abort.abort()
    await expect(compileAll([good(2)], { signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' })
  })
})
