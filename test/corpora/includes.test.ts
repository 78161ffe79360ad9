import { describe, expect, it } from 'vitest'
import { indexByBasename, inlineIncludes } from '../../corpora/includes.ts'

function inline(
  path: string,
  contents: Readonly<Record<string, string>>,
): { text: string; missing: readonly string[] } {
  const files = new Map(Object.entries(contents))
  const { text, missing } = inlineIncludes(path, files, indexByBasename(files.keys()))
  return { text: text.replace(/\n+/g, '\n').trim(), missing }
}

describe('inlineIncludes', () => {
  it('replaces includes by the files, through several levels, and leaves other directives', () => {
    const contents = {
      'a/k.cl': '#include "one.h"\n#define N 1\nint k;',
      'a/one.h': '  #  include <deep/two.h>\nint one;',
      'a/deep/two.h': 'int $1two;',
    }
    expect(inline('a/k.cl', contents)).toEqual({ text: 'int $1two;\nint one;\n#define N 1\nint k;', missing: [] })
  })

  it('prefers the file beside, then the one with the longest common folder', () => {
    const contents = { 'x/k.cl': '#include "h.h"', 'x/h.h': 'beside', 'h.h': 'root', 'y/h.h': 'other' }
    expect(inline('x/k.cl', contents).text).toBe('beside')
    const far = { 'p/q/k.cl': '#include "sub/h.h"', 'z/sub/h.h': 'far', 'p/sub/h.h': 'near', 'p/h.h': 'not in sub' }
    expect(inline('p/q/k.cl', far).text).toBe('near')
  })

  it('follows paths upwards', () => {
    expect(inline('a/b/k.cl', { 'a/b/k.cl': '#include "../c/h.h"', 'a/c/h.h': 'up', 'c/h.h': 'wrong' }).text).toBe('up')
  })

  it('blanks what is missing and says so', () => {
    expect(inline('k.cl', { 'k.cl': '#include "none.h"\n#include <stdio.h>\nint a;' })).toEqual({
      text: 'int a;',
      missing: ['none.h', 'stdio.h'],
    })
  })

  it('takes each file once, so that cycles end', () => {
    const contents = {
      'a.cl': '#include "b.h"\n#include "b.h"\nint a;',
      'b.h': '#include "a.cl"\n#include "b.h"\nint b;',
    }
    expect(inline('a.cl', contents).text).toBe('int b;\nint a;')
  })

  it('gives nothing for a file that is not there', () => {
    expect(inline('none.cl', {})).toEqual({ text: '', missing: [] })
  })
})
