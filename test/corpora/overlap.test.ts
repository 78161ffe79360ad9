import { describe, expect, it } from 'vitest'
import { OverlapIndex } from '../../corpora/index.ts'
import { Random } from '../../synth/index.ts'

/** By looking at every pair of places. */
function longestByTrial(corpus: readonly (readonly string[])[], text: readonly string[]): number {
  let longest = 0
  for (const other of corpus) {
    for (let i = 0; i < text.length; i++) {
      for (let j = 0; j < other.length; j++) {
        let length = 0
        while (i + length < text.length && j + length < other.length && text[i + length] === other[j + length]) length++
        longest = Math.max(longest, length)
      }
    }
  }
  return longest
}

describe('OverlapIndex', () => {
  it('finds what looking everywhere finds', () => {
    const rng = new Random(1)
    for (let trial = 0; trial < 60; trial++) {
      const words = ['a', 'b', 'c', 'd'].slice(0, 1 + rng.below(4))
      const draw = (size: number, own: readonly string[]): string[] =>
        Array.from({ length: rng.below(size) }, () => rng.pick(own))
      const corpus = Array.from({ length: rng.below(6) }, () => draw(40, words))
      const index = new OverlapIndex(corpus)
      for (let i = 0; i < 10; i++) {
        const text = draw(30, [...words, 'new'])
        expect(index.longestRun(text), `${text} in ${corpus.join(' | ')}`).toBe(longestByTrial(corpus, text))
      }
    }
  })

  it('finds a text of the corpus whole, however often it is there', () => {
    const texts = [['x'], ['x', 'y', 'x', 'y', 'x'], ['x', 'y', 'x', 'y', 'x'], []]
    const index = new OverlapIndex(texts)
    for (const text of texts) expect(index.longestRun(text)).toBe(text.length)
  })

  it('lets no run pass from one text to the next', () => {
    expect(new OverlapIndex([['a', 'b'], ['c']]).longestRun(['a', 'b', 'c'])).toBe(2)
  })

  it('knows nothing of an empty corpus', () => {
    expect(new OverlapIndex([]).longestRun(['a'])).toBe(0)
    expect(new OverlapIndex([]).longestRun([])).toBe(0)
  })
})
