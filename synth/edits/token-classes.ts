// What a token costs, as far as its text and the types around it tell: `+` on two floats is another instruction than
// `+` on two ints. The surrogate of a search learns the weight of each class in each feature.

import type { CType } from '../../features/index.ts'

const scalars: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['bool', '_Bool', 'char', 'short', 'int'].map((name) => [name, 'i'])),
  ...Object.fromEntries(['uchar', 'ushort', 'uint'].map((name) => [name, 'u'])),
  ...{ long: 'l', ulong: 'm', size_t: 'm', float: 'f', double: 'd', half: 'h' },
}
const vector = /^(?:u?(?:char|short|int|long)|float|double|half)(?:2|3|4|8|16)$/

/**
 * One letter for a type: `i`, `u`, `l`, `m` integers by width and sign, `f`, `d`, `h` floating, `v` vectors, `g`, `s`,
 * `a` pointers and arrays in global, local (shared) and other memory, `t` the rest.
 */
export function operandLetter(type: CType & { readonly space?: string }): string {
  if (type.depth > 0) return type.space === 'global' ? 'g' : type.space === 'local' ? 's' : 'a'
  return scalars[type.base] ?? (vector.test(type.base) ? 'v' : 't')
}

const free: ReadonlySet<string> = new Set([')', ']', '{', '}', '(', ',', ';', 'kernel', 'void'])
const isName = /^[A-Za-z_]/
const isSlot = /^[pvg]\d+$/
const isKeyword = /^(?:if|for|while|switch|return)$/
const isLiteral = /^\.?\d/

/**
 * @param letters - per token, letters of the types around it, where known
 * @returns per token its class; '' for what costs nothing
 */
export function tokenClasses(tokens: readonly string[], letters: readonly (string | undefined)[]): string[] {
  return tokens.map((text, i) => {
    const around = letters[i] ?? ''
    if (isSlot.test(text)) return `name:${around}`
    if (isLiteral.test(text)) return `literal:${around}`
    if (isName.test(text)) return tokens[i + 1] === '(' && !isKeyword.test(text) ? `call:${text}` : text
    if (text === '(' && around !== '') return `cast:${around}`
    return plainClass(text, around)
  })
}

/** Class of punctuation between operands of the given types. */
export function plainClass(text: string, around = ''): string {
  return free.has(text) ? '' : `${text}:${around}`
}

/** The class without its types: what is known of a class that was never seen. */
export function broadClass(tokenClass: string): string {
  const colon = tokenClass.indexOf(':', 1)
  return colon < 0 ? tokenClass : tokenClass.slice(0, colon + 1)
}
