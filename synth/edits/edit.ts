// What an edit of a kernel is, and what edits are made of. An edit replaces one span of tokens; it knows the class of
// every token it brings, so that its effect can be predicted before anything is parsed.

import type { CType } from '../../features/index.ts'
import { childOf, type SyntaxNode } from '../../kernels/index.ts'
import type { Random } from '../random.ts'
import { operandLetter, plainClass } from './token-classes.ts'
import type { Expression, Span, TypedKernel, Variable } from './typed-kernel.ts'

/** A token to be written, with its class (`token-classes.ts`). */
export interface EditToken {
  readonly text: string
  readonly class: string
}

/** Tokens `[start, end)` of the kernel become `tokens`. */
export interface Edit extends Span {
  readonly tokens: readonly EditToken[]
}

/** One way of changing a kernel. */
export interface EditKind {
  /** Unique, kebab-case; recorded in the lineage. */
  readonly id: string
  /**
   * Draw one edit of the kernel; undefined where the draw found nothing to change.
   * @param donor - another kernel to take code from
   */
  propose(kernel: TypedKernel, rng: Random, donor: TypedKernel): Edit | undefined
}

/** Tokens of the kernel, to be written again. */
export function copy(kernel: TypedKernel, { start, end }: Span): EditToken[] {
  const tokens: EditToken[] = []
  for (let i = start; i < end; i++) tokens.push({ text: kernel.tokens[i], class: kernel.classes[i] })
  return tokens
}

/** Punctuation and keywords: what costs the same wherever it stands. */
export function plain(...texts: readonly string[]): EditToken[] {
  return texts.map((text) => ({ text, class: /^[A-Za-z]/.test(text) ? text : plainClass(text) }))
}

/** An operator between operands of the given types. */
export function operator(text: string, ...operands: readonly CType[]): EditToken {
  return { text, class: `${text}:${operands.map(operandLetter).join('')}` }
}

export function nameOf(variable: Variable): EditToken {
  return { text: variable.name, class: `name:${operandLetter(variable.type)}` }
}

export function literal(text: string): EditToken {
  const letter = text.endsWith('f') ? 'f' : text.includes('.') ? 'd' : 'i'
  return { text, class: `literal:${letter}` }
}

/** Scalars, which convert into each other. */
export function isNumeric(type: CType): boolean {
  return /^[iulmfdh]$/.test(operandLetter(type))
}

export function isInteger(type: CType): boolean {
  return /^[iulm]$/.test(operandLetter(type))
}

const passesOn = /^(?:[-+*/]|[-+*/]?=)$/

/** Must a value be whole there: in a subscript, or for an operator on bits? */
export function isWholeThere(node: SyntaxNode): boolean {
  const { parent, field } = node
  switch (parent?.type) {
    case 'subscript_expression':
      return field === 'index'
    case 'binary_expression':
    case 'assignment_expression': {
      const sign = childOf(parent, 'operator')?.type ?? ''
      if (!passesOn.test(sign)) return /^(?:[%&|^]|<<|>>)=?$/.test(sign)
      return parent.type === 'binary_expression' && isWholeThere(parent)
    }
    case 'unary_expression':
      return childOf(parent, 'operator')?.type === '~' || isWholeThere(parent)
    case 'conditional_expression':
      return field !== 'condition' && isWholeThere(parent)
    case 'parenthesized_expression':
      return parent.parent?.type === 'switch_statement' || isWholeThere(parent)
    default:
      return false
  }
}

/** Can a value of one type stand where the other was, as far as types go? */
export function fits(one: CType, other: CType): boolean {
  if (isNumeric(one)) return isNumeric(other)
  return one.base === other.base && operandLetter(one) === operandLetter(other) && one.depth === other.depth
}

/** Draw one of the items that pass, with at most `tries` looks; undefined without luck. */
export function draw<T>(items: readonly T[], rng: Random, passes: (item: T) => boolean, tries = 12): T | undefined {
  for (let i = 0; i < tries && items.length > 0; i++) {
    const item = rng.pick(items)
    if (passes(item)) return item
  }
  return undefined
}

/** Every value of the kernel that passes is as likely as any other. */
export function drawValue(
  kernel: TypedKernel,
  rng: Random,
  passes: (expression: Expression) => boolean,
): Expression | undefined {
  return draw(kernel.expressions, rng, (expression) => expression.role === 'value' && passes(expression))
}

const slot = /^[pv]\d+$/

/** Are all parameters and variables that a span mentions in scope at a token? */
export function isReachable(kernel: TypedKernel, span: Span, at: number): boolean {
  const names = new Set(kernel.inScope(at).map((variable) => variable.name))
  for (let i = span.start; i < span.end; i++) {
    if (slot.test(kernel.tokens[i]) && !names.has(kernel.tokens[i])) return false
  }
  return true
}

const smallInts = ['0', '1', '2', '3', '4', '8', '16', '32']
const smallFloats = { float: ['0.0f', '1.0f', '0.5f', '2.0f'], double: ['0.0', '1.0', '0.5', '2.0'] }
const workItem = ['get_global_id', 'get_local_id', 'get_group_id', 'get_local_size', 'get_global_size']

/** A leaf to compute with at a token: mostly a variable, else a literal; never one that changes nothing. */
export function drawLeaf(
  kernel: TypedKernel,
  at: number,
  wantsInteger: boolean,
  rng: Random,
): { tokens: EditToken[]; type: CType } {
  const roll = rng.next()
  if (roll < 0.75) {
    const variables = kernel.inScope(at).filter(({ type }) => isNumeric(type) && (!wantsInteger || isInteger(type)))
    if (variables.length > 0) {
      const variable = rng.pick(variables)
      return { tokens: [nameOf(variable)], type: variable.type }
    }
  }
  if (wantsInteger && roll > 0.95) {
    const call = rng.pick(workItem)
    const tokens = [{ text: call, class: `call:${call}` }, ...plain('('), literal('0'), ...plain(')')]
    return { tokens, type: { base: 'ulong', depth: 0 } }
  }
  if (wantsInteger) return { tokens: [literal(rng.pick(smallInts.slice(2)))], type: { base: 'int', depth: 0 } }
  const base = drawPrecision(rng)
  return { tokens: [literal(rng.pick(smallFloats[base].slice(2)))], type: { base, depth: 0 } }
}

/** A literal of a type. */
export function drawLiteral(wantsInteger: boolean, rng: Random): EditToken {
  return literal(rng.pick(wantsInteger ? smallInts : smallFloats[drawPrecision(rng)]))
}

/** Mostly `f`: without it a literal makes its expression a double. */
function drawPrecision(rng: Random): 'float' | 'double' {
  return rng.next() < 0.8 ? 'float' : 'double'
}

const isFresh = /^[vf]\d{4,}$/

/**
 * A name that no variable of the kernel has, nor any that another edit brings: edits of different places are combined.
 * @param at - first token of the edit
 * @param n - which of the new names of this edit, 0 to 39
 */
export function freshName(at: number, n = 0): string {
  return `v${1000 + 40 * at + n}`
}

/** The edit elsewhere, with new names that are of that place. */
export function moveEdit(edit: Edit, start: number): Edit {
  const names = new Map<string, string>()
  const tokens = edit.tokens.map((token) => {
    if (!isFresh.test(token.text)) return token
    const letter = token.text[0]
    const name = names.get(token.text) ?? letter + freshName(start, names.size).slice(1)
    names.set(token.text, name)
    return { ...token, text: name }
  })
  return { start, end: edit.end + start - edit.start, tokens }
}

/** Parentheses around what would fall apart next to an operator. */
export function enclosed(expression: Expression, tokens: readonly EditToken[]): readonly EditToken[] {
  const parent = expression.node.parent?.type ?? ''
  return /^(?:binary|unary|cast|conditional|field|subscript|update|pointer)_expression$/.test(parent) &&
    !(parent === 'subscript_expression' && expression.node.field === 'index')
    ? [...plain('('), ...tokens, ...plain(')')]
    : tokens
}

const loose = /^(?:binary|conditional|assignment)_expression$/

/** An expression as an operand, in parentheses where it would fall apart. */
export function operandOf(kernel: TypedKernel, expression: Expression): EditToken[] {
  const tokens = copy(kernel, expression)
  return loose.test(expression.node.type) ? [...plain('('), ...tokens, ...plain(')')] : tokens
}

/** The token that closes the bracket at `open`; -1 without one. */
export function closingBracket(tokens: readonly string[], open: number): number {
  let depth = 0
  for (let i = open; i < tokens.length; i++) {
    if (/^[({[]$/.test(tokens[i])) depth++
    else if (/^[)}\]]$/.test(tokens[i]) && --depth === 0) return i
  }
  return -1
}
