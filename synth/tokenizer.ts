// Lexical tokens of the normal form as integers. Words are keywords, types, built-ins, operators and frequent
// literals; identifier slots (`p3`, `v17`) are tokens of their own; anything else is spelled character by
// character between SPELL and ENDSPELL, so nothing is unknown.

/** Ids of the tokens that stand for no text; every vocabulary begins with them. */
export const special = { PAD: 0, HOLE: 1, START: 2, ENDHOLE: 3, SPELL: 4, ENDSPELL: 5 } as const

/** First letter of renamed identifiers: functions, parameters, variables, types, members, file-scope names. */
export type SlotClass = 'f' | 'p' | 'v' | 't' | 'm' | 'g'

/** Token ids `[start, start + count)`. */
export interface SlotRange {
  readonly start: number
  readonly count: number
}

/** The vocabulary as shipped in `model.json`. `tokens[id]` is the text of a token. */
export interface Vocabulary {
  readonly tokens: readonly string[]
  readonly special: Readonly<Record<string, number>>
  readonly slots: Readonly<Record<SlotClass, SlotRange>>
}

const slotCounts: Readonly<Record<SlotClass, number>> = { f: 16, p: 32, v: 96, t: 16, m: 32, g: 24 }
const slotPattern = /^([fpvtmg])(\d+)$/
const firstCharacter = 32
const characters = 95

/**
 * Build a vocabulary from how often each word occurs.
 * @param counts - occurrences of each token text over the training corpus
 * @param options - `size` bounds the number of words; a literal needs `minLiteralCount` occurrences (default
 * `minCount`), any other word `minCount`; strings are always spelled
 */
export function buildVocabulary(
  counts: ReadonlyMap<string, number>,
  options: { readonly size: number; readonly minCount: number; readonly minLiteralCount?: number },
): Vocabulary {
  const { size, minCount, minLiteralCount = minCount } = options
  const tokens: string[] = Object.keys(special).map((name) => `<${name.toLowerCase()}>`)
  for (let i = 0; i < characters; i++) tokens.push(`<char ${String.fromCharCode(firstCharacter + i)}>`)
  const slots = {} as Record<SlotClass, SlotRange>
  for (const [slotClass, count] of Object.entries(slotCounts) as [SlotClass, number][]) {
    slots[slotClass] = { start: tokens.length, count }
    for (let i = 0; i < count; i++) tokens.push(`${slotClass}${i}`)
  }
  const words = [...counts]
    .filter(([text, count]) => count >= (/^[.\d']/.test(text) ? minLiteralCount : minCount))
    .filter(([text]) => !slotPattern.test(text) && !text.startsWith('"'))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, size)
  tokens.push(...words.map(([text]) => text))
  return { tokens, special, slots }
}

/** Token texts to ids of one vocabulary and back. */
export class Tokenizer {
  readonly vocabulary: Vocabulary
  readonly #ids: ReadonlyMap<string, number>
  readonly #firstCharacterId: number

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary
    this.#ids = new Map(vocabulary.tokens.map((text, id) => [text, id]))
    this.#firstCharacterId = this.#ids.get(`<char ${String.fromCharCode(firstCharacter)}>`) ?? 0
  }

  /** Number of token ids. */
  get size(): number {
    return this.vocabulary.tokens.length
  }

  /** Ids of all identifier slots; `end` is exclusive. */
  get nameRange(): { readonly start: number; readonly end: number } {
    const ranges = Object.values(this.vocabulary.slots)
    const end = Math.max(...ranges.map(({ start, count }) => start + count))
    return { start: Math.min(...ranges.map(({ start }) => start)), end }
  }

  /** Id of one word, where it is one token. */
  idOf(text: string): number | undefined {
    return this.#ids.get(text)
  }

  /** Ids of one token text: one id, or its spelling. Undefined for a slot beyond the vocabulary. */
  encodeOne(text: string): readonly number[] | undefined {
    const id = this.#ids.get(text)
    if (id !== undefined) return [id]
    if (slotPattern.test(text)) return undefined
    const spelled = [...text].map((character) => {
      const offset = character.charCodeAt(0) - firstCharacter
      return this.#firstCharacterId + (offset >= 0 && offset < characters ? offset : 31)
    })
    return [special.SPELL, ...spelled, special.ENDSPELL]
  }

  /**
   * @returns `ids`, and `starts[i]`, the index of the first id of token i (with the total length at the end);
   * undefined where the kernel needs more slots than there are
   */
  encode(tokens: readonly string[]): { readonly ids: number[]; readonly starts: number[] } | undefined {
    const ids: number[] = []
    const starts: number[] = []
    for (const text of tokens) {
      const encoded = this.encodeOne(text)
      if (encoded === undefined) return undefined
      starts.push(ids.length)
      ids.push(...encoded)
    }
    starts.push(ids.length)
    return { ids, starts }
  }

  /** Token texts of ids. Special tokens vanish; a spelling that never ends is closed at the end. */
  decode(ids: ArrayLike<number>): string[] {
    const texts: string[] = []
    let spelling: string | undefined
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]
      if (id === special.SPELL) spelling = ''
      else if (id === special.ENDSPELL) {
        if (spelling) texts.push(spelling)
        spelling = undefined
      } else if (id >= this.#firstCharacterId && id < this.#firstCharacterId + characters) {
        if (spelling !== undefined) spelling += String.fromCharCode(firstCharacter + id - this.#firstCharacterId)
      } else if (id > special.ENDSPELL) texts.push(this.vocabulary.tokens[id])
    }
    if (spelling) texts.push(spelling)
    return texts
  }
}
