// What each token of a vocabulary means to the rules.

import type { SlotClass, Tokenizer } from '../tokenizer.ts'

/**
 * `sign` may stand before or between operands, as `star` may, which also makes pointers; `operator` stands between;
 * `word` is what is left: built-ins, named constants, members, attributes.
 */
export type TokenRole =
  | 'special'
  | 'character'
  | 'literal'
  | 'slot'
  | 'type'
  | 'qualifier'
  | 'statement'
  | 'open'
  | 'close'
  | 'end'
  | 'comma'
  | 'access'
  | 'operator'
  | 'star'
  | 'sign'
  | 'prefix'
  | 'step'
  | 'word'

const typeName =
  /^(?:void|bool|size_t|ptrdiff_t|u?intptr_t|(?:u?(?:char|short|int|long)|float|double|half)(?:2|3|4|8|16)?|unsigned|signed|struct|union|enum|image\w+_t|atomic_(?:u?int|u?long|float|double|flag|size_t|u?intptr_t|ptrdiff_t)|sampler_t|event_t|queue_t|ndrange_t|clk_event_t|reserve_id_t|cl_mem_fence_flags|memory_order|memory_scope)$/

const byText: Readonly<Record<string, TokenRole>> = Object.fromEntries(
  Object.entries({
    qualifier:
      'const volatile restrict global local constant private generic read_only write_only read_write kernel inline static extern register typedef pipe',
    statement: 'if else for while do switch case default return break continue goto',
    open: '( [ {',
    close: ') ] }',
    end: ';',
    comma: ',',
    access: '. ->',
    operator: '/ % | ^ < > <= >= == != && || << >> = += -= *= /= %= &= |= ^= <<= >>= ? :',
    star: '*',
    sign: '+ - &',
    prefix: '! ~',
    step: '++ --',
  } satisfies Partial<Record<TokenRole, string>>).flatMap(([role, texts]) =>
    texts.split(' ').map((text) => [text, role as TokenRole]),
  ),
)

/** Operators that take numbers only: no pointers. */
export const factorOperator: RegExp = /^(?:[*/%&|^]|<<|>>)$/

/** What each token id means; made once per vocabulary. */
export class TokenRoles {
  /** `[token]` each, as the next two. */
  readonly roles: readonly TokenRole[]
  readonly texts: readonly string[]
  readonly classes: readonly (SlotClass | undefined)[]

  constructor(tokenizer: Tokenizer) {
    const { tokens, slots } = tokenizer.vocabulary
    const classes: (SlotClass | undefined)[] = tokens.map(() => undefined)
    for (const [slotClass, { start, count }] of Object.entries(slots) as [
      SlotClass,
      { start: number; count: number },
    ][]) {
      classes.fill(slotClass, start, start + count)
    }
    this.texts = tokens
    this.classes = classes
    this.roles = tokens.map((text, id) => (classes[id] === undefined ? roleOf(text) : 'slot'))
  }
}

function roleOf(text: string): TokenRole {
  if (/^<char .>$/.test(text)) return 'character'
  if (/^<\w+>$/.test(text)) return 'special'
  if (Object.hasOwn(byText, text)) return byText[text]
  if (/^(?:\.?\d|['"])/.test(text)) return 'literal'
  return typeName.test(text) ? 'type' : 'word'
}

/** `<char x>` → `x` */
export function characterOf(text: string): string {
  return text.charAt('<char '.length)
}
