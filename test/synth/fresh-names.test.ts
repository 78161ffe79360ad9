import { describe, expect, it } from 'vitest'
import { lex } from '../../kernels/index.ts'
import { printInUserNames } from '../../synth/fresh-names.ts'

const names = new Map([
  ['p0', 'out'],
  ['v0', 'i'],
  ['f0', 'main'],
])

function print(infill: string, taken: readonly string[] = []): string {
  const tokens = lex(infill).map(({ text }) => text)
  return printInUserNames(tokens, names, (name) => taken.includes(name))
}

describe('printInUserNames', () => {
  it("gives known names back to the user's", () => {
    expect(print('p0[v0] = p0[v0 + 1] ;')).toBe('out[i] = out[i + 1];')
  })

  it('names what is new by what it is for', () => {
    expect(print('for (int v1 = 0; v1 < 4; v1++) for (int v2 = 0; v2 < v1; v2++) p0[v2] = v1;')).toMatch(
      /^for \(int j = 0; j < 4; j\+\+\) for \(int k = 0; k < j; k\+\+\) out\[k\] = j;$/,
    )
    expect(print('int v1 = get_global_id(0);')).toBe('int gid = get_global_id(0);')
    expect(print('float v1 = 0; v1 += p0[v0];')).toBe('float sum = 0;\nsum += out[i];')
    expect(print('local float v1[64];')).toBe('local float buffer[64];')
    expect(print('global float *p1, int p2, float p3')).toBe('global float *data, int n, float factor')
  })

  it('never takes a name that something else has', () => {
    expect(print('int v1 = get_global_id(0); int v2 = get_global_id(1);', ['gid', 'gid2'])).toBe(
      'int gid3 = get_global_id(0);\nint gid4 = get_global_id(1);',
    )
  })
})
