import { describe, expect, it } from 'vitest'
import { special, Tokenizer } from '../../synth/index.ts'
import { buildVocabulary } from '../../synth/tokenizer.ts'
import { seedForms, seedTokenizer, seedWords } from './seed-forms.ts'

describe('buildVocabulary', () => {
  it('takes the most frequent words, ties by spelling, after specials, characters and slots', () => {
    const counts = new Map([
      ['b', 3],
      ['a', 3],
      ['rare', 1],
      ['common', 9],
      ['p3', 50],
      ['int', 2],
    ])
    const { tokens, slots } = buildVocabulary(counts, { size: 3, minCount: 2 })
    expect(tokens.slice(-3)).toEqual(['common', 'a', 'b'])
    expect(tokens.slice(0, 6)).toEqual(['<pad>', '<hole>', '<start>', '<endhole>', '<spell>', '<endspell>'])
    expect(tokens.slice(slots.p.start, slots.p.start + 2)).toEqual(['p0', 'p1'])
    expect(new Set(tokens).size).toBe(tokens.length)
    expect(buildVocabulary(new Map([...counts].reverse()), { size: 3, minCount: 2 })).toEqual({
      tokens,
      slots,
      special,
    })
  })
})

describe('the words of a vocabulary', () => {
  it('are seldom literals and never strings', () => {
    const counts = new Map([
      ['sin', 2],
      ['0.7f', 2],
      ["'x'", 2],
      ['1', 5],
      ['"%d"', 9],
    ])
    const { tokens } = buildVocabulary(counts, { size: 9, minCount: 2, minLiteralCount: 5 })
    expect(tokens.slice(-2)).toEqual(['1', 'sin'])
    expect(tokens).not.toContain('"%d"')
  })
})

describe('Tokenizer', () => {
  it('gives the tokens of every seed kernel back, whole or spelled', () => {
    const bare = new Tokenizer(buildVocabulary(new Map(), { size: 0, minCount: 1 }))
    for (const tokenizer of [seedTokenizer, bare]) {
      for (const { tokens } of seedForms) {
        const encoded = tokenizer.encode(tokens)
        if (encoded === undefined) throw new Error('a seed needs too many slots')
        expect(tokenizer.decode(encoded.ids)).toEqual(tokens)
        expect(encoded.starts).toHaveLength(tokens.length + 1)
        expect(encoded.starts.at(-1)).toBe(encoded.ids.length)
        const { ids, starts } = encoded
        expect(tokens.map((_, i) => tokenizer.decode(ids.slice(starts[i], starts[i + 1])).join())).toEqual(tokens)
      }
    }
  })

  it('spells what is not a word, between SPELL and ENDSPELL', () => {
    expect(seedWords.has('0x1234')).toBe(false)
    const ids = seedTokenizer.encodeOne('0x1234') ?? []
    expect([ids[0], ids.at(-1), ids.length]).toEqual([special.SPELL, special.ENDSPELL, 8])
    expect(seedTokenizer.encodeOne('int')).toEqual([seedTokenizer.idOf('int')])
    expect(seedTokenizer.decode(seedTokenizer.encodeOne('"a b\\n~"') ?? [])).toEqual(['"a b\\n~"'])
  })

  it('writes a question mark for what is not printable ASCII', () => {
    expect(seedTokenizer.decode(seedTokenizer.encodeOne('"é\t"') ?? [])).toEqual(['"??"'])
  })

  it('refuses slots beyond the vocabulary, and only these', () => {
    expect(seedTokenizer.encodeOne('p31')).toHaveLength(1)
    expect(seedTokenizer.encodeOne('p32')).toBeUndefined()
    expect(seedTokenizer.encode(['int', 'v96'])).toBeUndefined()
    expect(seedTokenizer.encodeOne('q99')).toBeDefined()
  })

  it('decodes whatever a model may write', () => {
    const [a, int] = [seedTokenizer.encodeOne('~9')?.[1] ?? 0, seedTokenizer.idOf('int') ?? 0]
    expect(seedTokenizer.decode([special.SPELL, a, a])).toEqual(['~~'])
    expect(seedTokenizer.decode([a, int, a])).toEqual(['int'])
    expect(seedTokenizer.decode([special.SPELL, special.ENDSPELL, special.HOLE, special.PAD])).toEqual([])
    expect(seedTokenizer.decode([special.SPELL, a, special.SPELL, a, special.ENDSPELL])).toEqual(['~'])
    expect(seedTokenizer.decode([])).toEqual([])
  })
})
