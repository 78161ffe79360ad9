import { describe, expect, it } from 'vitest'
import { indexByBasename, inlineIncludes } from '../../corpora/includes.ts'

function inline(path: string, contents: Readonly<Record<string, string>>): string {
  const files = new Map(Object.entries(contents))
  const text = inlineIncludes(path, files, indexByBasename(files.keys()))
  return text.replace(/\n+/g, '\n').trim()
}

describe('inlineIncludes', () => {
  it('replaces includes by the files, through several levels, and leaves other directives', () => {
    const contents = {
      'a/k.cl': '#include "one.h"\n#define N 1\nint k;',
      'a/one.h': '  #  include <deep/two.h>\nint one;',
      'a/deep/two.h': 'int $1two;',
    }
    expect(inline('a/k.cl', contents)).toBe('int $1two;\nint one;\n#define N 1\nint k;')
  })

  it('prefers the file beside, then the one with the longest common folder', () => {
    const contents = { 'x/k.cl': '#include "h.h"', 'x/h.h': 'beside', 'h.h': 'root', 'y/h.h': 'other' }
    expect(inline('x/k.cl', contents)).toBe('beside')
    const far = { 'p/q/k.cl': '#include "sub/h.h"', 'z/sub/h.h': 'far', 'p/sub/h.h': 'near', 'p/h.h': 'not in sub' }
    expect(inline('p/q/k.cl', far)).toBe('near')
  })

  it('follows paths upwards', () => {
    expect(inline('a/b/k.cl', { 'a/b/k.cl': '#include "../c/h.h"', 'a/c/h.h': 'up', 'c/h.h': 'wrong' })).toBe('up')
  })

  it('blanks what is missing', () => {
    expect(inline('k.cl', { 'k.cl': '#include "none.h"\n#include <stdio.h>\nint a;' })).toBe('int a;')
  })

  it('takes each file once, so that cycles end', () => {
    const contents = {
      'a.cl': '#include "b.h"\n#include "b.h"\nint a;',
      'b.h': '#include "a.cl"\n#include "b.h"\nint b;',
    }
    expect(inline('a.cl', contents)).toBe('int b;\nint a;')
  })

  it('gives nothing for a file that is not there', () => {
    expect(inline('none.cl', {})).toBe('')
  })
})
