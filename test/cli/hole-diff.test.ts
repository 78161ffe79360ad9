import { describe, expect, it } from 'vitest'
import { diffHoles } from '../../cli/hole-diff.ts'

const cut = (text: string) => text.split('[HOLE]')

describe('diffHoles', () => {
  it('shows the lines of holes with their neighbours', () => {
    expect(diffHoles(cut('1\n2\n3\n4\n5 [HOLE];\n6\n7\n8\n9\n'), ['a\nb'])).toEqual([
      '@@ -2,7 +2,8 @@',
      ...[' 2', ' 3', ' 4', '-5 [HOLE];', '+5 a', '+b;', ' 6', ' 7', ' 8'],
    ])
  })

  it('starts a hunk anew for holes far apart, counting added lines', () => {
    expect(diffHoles(cut('[HOLE]\n2\n3\n4\n5\n6\n7\n8\n9\n[HOLE]\n'), ['a\nb', 'c'])).toEqual([
      ...['@@ -1,4 +1,5 @@', '-[HOLE]', '+a', '+b', ' 2', ' 3', ' 4'],
      ...['@@ -7,4 +8,4 @@', ' 7', ' 8', ' 9', '-[HOLE]', '+c'],
    ])
  })

  it('leaves holes alone that were not filled', () => {
    expect(diffHoles(cut('[HOLE] + [HOLE]'), ['1'])).toEqual(['@@ -1,1 +1,1 @@', '-[HOLE] + [HOLE]', '+1 + [HOLE]'])
  })
})
