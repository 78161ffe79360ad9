import { describe, expect, it } from 'vitest'
import { lex } from '../../kernels/index.ts'
import { applyReductions, cut, isSmaller, overlap, sizeOf } from '../../synth/reduce/reduction.ts'

/** The text without the quoted parts, each with the comma behind it as far as it is quoted too. */
function without(text: string, ...parts: readonly string[]): string {
  const reductions = parts.map((part) => [cut(text.indexOf(part), text.indexOf(part) + part.length)])
  return lex(applyReductions(text, reductions))
    .map((token) => token.text)
    .join(' ')
}

describe('applyReductions', () => {
  it.each([
    ['first', ['a,'], 'f ( b , c )'],
    ['last', ['c'], 'f ( a , b )'],
    ['last two', ['b,', 'c'], 'f ( a )'],
    ['all', ['a,', 'b,', 'c'], 'f ( )'],
  ])('leaves a list without its %s', (_, parts, expected) => {
    expect(without('f(a, b, c)', ...parts)).toBe(expected)
  })

  it('writes nothing for a splice within another', () => {
    const text = 'f(g(x), y)'
    const inner = [{ start: 4, end: 5, text: '0' }]
    expect(applyReductions(text, [inner, [cut(2, 7)]]).replace(/\s/g, '')).toBe('f(y)')
  })

  it('keeps words apart', () => {
    const text = 'return(x);'
    expect(applyReductions(text, [[{ start: 6, end: 9, text: 'x' }]])).toMatch(/^return x\s*;$/)
  })
})

it('tells what would be written to one place', () => {
  expect(overlap([cut(0, 2)], [cut(2, 4)])).toBe(false)
  expect(overlap([cut(0, 2), cut(8, 9)], [cut(3, 10)])).toBe(true)
})

it('takes fewer tokens for smaller, then plainer ones', () => {
  const falling = ['float4 a[size + 1]', 'float4 a[size]', 'float a[size]', 'float a[16]', 'float a[1]', 'int a[1]']
  falling.slice(1).forEach((text, i) => {
    expect(isSmaller(sizeOf(text), sizeOf(falling[i]))).toBe(true)
    expect(isSmaller(sizeOf(falling[i]), sizeOf(text))).toBe(false)
  })
  expect(isSmaller(sizeOf('int a'), sizeOf('int a'))).toBe(false)
})
