import { describe, expect, it } from 'vitest'
import { findForeignCode } from '../../../kernels/run/foreign-code.ts'

const kernel = 'kernel void k(global int *p) { p[0] = 1; }'

describe('findForeignCode', () => {
  it('lets kernels and their helpers through, prototypes first or not', () => {
    expect(findForeignCode(kernel)).toBeUndefined()
    expect(findForeignCode(`int f(int x);\n${kernel}\nint f(int x) { return x; }`)).toBeUndefined()
    expect(findForeignCode(`global int *f(global int *x) { return x; }\n${kernel}`)).toBeUndefined()
    expect(findForeignCode('kernel void k(global int *asm_p) { int a[3]; asm_p[0] = a[1] /* asm */; }')).toBeUndefined()
  })

  it('finds functions of the C library, wherever they are declared', () => {
    expect(findForeignCode(`int system(const char *s);\n${kernel}`)).toMatch(/'system' is declared and not defined/)
    expect(findForeignCode('kernel void k() { void abort(void); abort(); }')).toMatch(/'abort'/)
    expect(findForeignCode(`void *malloc(ulong), free(void *);\n${kernel}`)).toMatch(/'(?:malloc|free)'/)
    expect(findForeignCode(`int (exit)(int);\n${kernel}`)).toMatch(/'exit'/)
  })

  it('finds inline assembly', () => {
    for (const word of ['asm', '__asm', '__asm__', 'asm volatile']) {
      expect(findForeignCode(`kernel void k() { ${word}("syscall"); }`)).toBe('inline assembly')
    }
  })
})
