import { describe, expect, it } from 'vitest'
import { loadSeedKernels } from '../../corpora/index.ts'
import { lex } from '../../kernels/index.ts'

const texts = (source: string): string[] => lex(source).map(({ text }) => text)
const kinds = (source: string): string[] => lex(source).map(({ kind }) => kind)

/** What lies between the tokens. */
function gaps(source: string): string[] {
  const tokens = lex(source)
  const ends = [0, ...tokens.map(({ end }) => end)]
  return ends.map((end, i) => source.slice(end, tokens[i]?.start ?? source.length))
}

describe('lex', () => {
  it('loses nothing but spaces and comments of the seed kernels', () => {
    for (const { source, name } of loadSeedKernels()) {
      expect(lex(source).filter(({ start, end, text }) => source.slice(start, end) !== text)).toEqual([])
      const between = gaps(source)
        .join('\n')
        .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
      expect(between.trim(), name).toBe('')
    }
  })

  it('reads numbers whole', () => {
    const numbers = ['1.0e-5f', '0x1Fu', '.5', '1.', '0x1.8p+3f', '10UL', '1e10', '0b101', '077']
    expect(texts(numbers.join(' '))).toEqual(numbers)
    expect(kinds(numbers.join(' '))).toEqual(numbers.map(() => 'number'))
    expect(texts('a-1e-5-b x.s0 1.0f*-.5f')).toEqual([
      'a',
      '-',
      '1e-5',
      '-',
      'b',
      'x',
      '.',
      's0',
      '1.0f',
      '*',
      '-',
      '.5f',
    ])
  })

  it('takes the longest punctuator', () => {
    expect(texts('a<<=b>>=c->d++ + ++e...')).toEqual([
      'a',
      '<<=',
      'b',
      '>>=',
      'c',
      '->',
      'd',
      '++',
      '+',
      '++',
      'e',
      '...',
    ])
    expect(texts('a&&b||!c!=~d^=e')).toEqual(['a', '&&', 'b', '||', '!', 'c', '!=', '~', 'd', '^=', 'e'])
  })

  it('keeps strings and characters whole, whatever they hold', () => {
    const source = String.raw`printf("a \"b\" /* no comment */ // nor this", '"', '\'', "\\")`
    expect(texts(source)).toEqual([
      'printf',
      '(',
      String.raw`"a \"b\" /* no comment */ // nor this"`,
      ',',
      `'"'`,
      ',',
      String.raw`'\''`,
      ',',
      String.raw`"\\"`,
      ')',
    ])
    expect(kinds(`"a" 'b'`)).toEqual(['string', 'char'])
    expect(texts('"one \\\n two" x')).toEqual(['"one \\\n two"', 'x'])
  })

  it('drops comments, also continued and unterminated ones', () => {
    expect(texts('a /* b " */ c // d "\n e')).toEqual(['a', 'c', 'e'])
    expect(texts('a // still \\\n a comment \\\r\n too\n b')).toEqual(['a', 'b'])
    expect(texts('a /* b c')).toEqual(['a'])
    expect(texts('a // b')).toEqual(['a'])
  })

  it('lets line continuations separate tokens', () => {
    expect(texts('a \\\n b \\\r\n c')).toEqual(['a', 'b', 'c'])
  })

  it('reads a directive to the end of its last line', () => {
    const directive = '#define A(x) \\\n  (x + 1) // c'
    expect(lex(`${directive}\nb`)).toMatchObject([
      { kind: 'directive', text: directive },
      { kind: 'identifier', text: 'b' },
    ])
  })

  it('answers junk with unknown tokens', () => {
    expect(kinds('a @ ` \\ b')).toEqual(['identifier', 'unknown', 'unknown', 'unknown', 'identifier'])
    expect(lex('"open ; \n b')).toMatchObject([
      { kind: 'unknown', text: '"open ; ' },
      { kind: 'identifier', text: 'b' },
    ])
    expect(lex('')).toEqual([])
  })

  it.each([
    ['an unterminated string of escaped quotes', `"${'\\"'.repeat(300_000)}`],
    ['a megabyte of spaces', ' '.repeat(1 << 20)],
    ['a megabyte of continuations', '\\\n'.repeat(1 << 19)],
    ['a megabyte of one word', 'a'.repeat(1 << 20)],
    ['a megabyte of one number', '1'.repeat(1 << 20)],
    ['a megabyte of opened comments', '/*'.repeat(1 << 19)],
    ['a megabyte in one string', `"${'a'.repeat(1 << 20)}"`],
    ['a megabyte in one directive', `#${'a'.repeat(1 << 20)}`],
  ])('takes linear time for %s', (_, source) => {
    const startedAt = performance.now()
    lex(source)
    expect(performance.now() - startedAt).toBeLessThan(2000)
  })
})
