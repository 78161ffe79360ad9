import { describe, expect, it } from 'vitest'
import { checkSource, position, sourceLimits } from '../../kernels/index.ts'

const logOf = (source: string): string | undefined => checkSource(source)?.log

describe('checkSource', () => {
  it('accepts ordinary text', () => {
    expect(checkSource('')).toBeUndefined()
    expect(checkSource('kernel void f() {\r\n\tint a[] = {(1)};\f}')).toBeUndefined()
    expect(checkSource(`${'('.repeat(200)}${')'.repeat(200)}`.repeat(50))).toBeUndefined()
  })

  it('names what is wrong, and where', () => {
    expect(logOf('x'.repeat(5_000_000))).toBe('source has 5000000 characters; at most 1048576 are accepted')
    expect(logOf('int a;\n int \0;')).toBe('not text: control or undecodable character at 2:6')
    expect(logOf(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe]).toString('utf8'))).toMatch(/^not text/)
    expect(logOf('('.repeat(10_000))).toBe(`brackets nest deeper than ${sourceLimits.nesting} at 1:201`)
    expect(checkSource('['.repeat(300))).toMatchObject({ ok: false, stage: 'limits' })
  })

  it('does not let closing brackets buy depth', () => {
    expect(logOf(`${')'.repeat(10_000)}${'('.repeat(10_000)}`)).toMatch(/^brackets nest deeper/)
  })
})

it('counts lines and columns from 1', () => {
  expect([0, 1, 2, 3].map((offset) => position('a\nbc', offset))).toEqual(['1:1', '1:2', '2:1', '2:2'])
})
