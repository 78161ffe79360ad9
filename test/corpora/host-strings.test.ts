import { describe, expect, it } from 'vitest'
import { findKernelStrings } from '../../corpora/host-strings.ts'

const kernel = 'kernel void f(global int* a) {\n  a[0] = 1;\n}\n'

describe('findKernelStrings', () => {
  it('joins adjacent C literals, past comments, plus signs and macro continuations', () => {
    const literals = ['"kernel void f(global int* a) {\\n"', '"  a[0] = 1;\\n"', '"}\\n"']
    for (const gap of ['\n', ' // next\n', ' /* "no" */ ', ' \\\n', ' \\\r\n', '\r\n', ' + ']) {
      expect(findKernelStrings(`const char* s = ${literals.join(gap)};`)).toEqual([kernel])
    }
  })

  it('resolves escapes', () => {
    const source = String.raw`"kernel void f() { printf(\"\t%d\\n\", '\''); }"`
    expect(findKernelStrings(source)).toEqual([`kernel void f() { printf("\t%d\\n", '''); }`])
  })

  it('reads C++ raw strings, with and without a tag, as they are', () => {
    const text = 'kernel void f() { int a = "x"[0]; }\\n'
    expect(findKernelStrings(`auto a = R"(${text})"; auto b = R"CL(${text} )" )CL";`)).toEqual([text, `${text} )" `])
  })

  it('reads Python triple quotes', () => {
    expect(findKernelStrings(`src = """\n__kernel void f() { "a"; }\n"""\nother = '''${kernel}'''`)).toEqual([
      '\n__kernel void f() { "a"; }\n',
      kernel,
    ])
  })

  it('keeps strings apart that other code separates', () => {
    expect(findKernelStrings('f("kernel void a() {}", "kernel void b() {}"); g("c")')).toEqual([
      'kernel void a() {}',
      'kernel void b() {}',
    ])
  })

  it('finds kernels by qualifier and return type only', () => {
    expect(findKernelStrings('"a kernel of truth" "popcorn"')).toEqual([])
    expect(findKernelStrings('"__kernel\\n void f() {}"')).toHaveLength(1)
    expect(findKernelStrings('"kernel __attribute__((reqd_work_group_size(1, 1, 1))) void f() {}"')).toHaveLength(1)
    expect(findKernelStrings('// "kernel void f() {}"')).toEqual([])
  })

  it('recovers after apostrophes and unterminated strings', () => {
    const source = `# don't worry\nx = "open\ny = 'c'\nz = "kernel void f() {}"\n`
    expect(findKernelStrings(source)).toEqual(['kernel void f() {}'])
  })

  it('takes linear time for text that never closes its quotes', () => {
    const startedAt = performance.now()
    expect(findKernelStrings(`"${'\\"'.repeat(200_000)}`)).toEqual([])
    expect(findKernelStrings(`'${"\\'".repeat(200_000)}`)).toEqual([])
    expect(performance.now() - startedAt).toBeLessThan(2000)
  })
})
