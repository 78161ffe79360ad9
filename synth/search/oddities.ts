// Things that people seldom write, counted: a candidate may have no more of them than what it was made from.

import { isType } from './natural.ts'

/** What leaves a kernel odder than it was: operations that do nothing, and values that are replaced before anyone asks. */
export function countOddities(tokens: readonly string[]): number {
  return countIdleOperations(tokens) + countSelfOperations(tokens) + countDeadStores(tokens)
}

/**
 * Statements `x = …;` (declarations of one variable, too) that the next one replaces, `x = …;` again, without a look at `x`, be
 * it a variable or an element.
 */
function countDeadStores(tokens: readonly string[]): number {
  let count = 0
  for (let i = 1; i < tokens.length; i++) {
    if (tokens[i] !== '=') continue
    const start = startOfStatement(tokens, i)
    const end = tokens.indexOf(';', i)
    if (start === undefined || end < 0) continue
    const place = isType.test(tokens[start]) ? tokens.slice(i - 1, i) : tokens.slice(start, i)
    const again = end + 1 + place.length
    const isSame =
      place.length > 0 && tokens.slice(end + 1, again).join(' ') === place.join(' ') && tokens[again] === '='
    if (!isSame || place.some((token) => /^(?:\+\+|--|\()$/.test(token))) continue
    const asked = [...tokens.slice(i + 1, end), ...tokens.slice(again + 1, tokens.indexOf(';', again))]
    if (!asked.includes(place.find(isName) ?? '')) count++
  }
  return count
}

function isName(token: string): boolean {
  return /^[A-Za-z_]/.test(token)
}

/** Of the statement whose `=` is at `i`; undefined where it is the head of a loop or part of an expression. */
function startOfStatement(tokens: readonly string[], i: number): number | undefined {
  for (let at = i - 1, depth = 0; at >= 0; at--) {
    if (/^[)\]]$/.test(tokens[at])) depth++
    else if (/^[([]$/.test(tokens[at]) && depth-- === 0) return undefined
    else if (depth === 0 && /^(?:[;{}]|else)$/.test(tokens[at])) return tokens[at] === 'else' ? undefined : at + 1
  }
  return undefined
}

/** How tightly operators bind (C99 6.5), the tightest first. */
const levels = [
  ['*', '/', '%'],
  ['+', '-'],
  ['<<', '>>'],
  ['<', '>', '<=', '>='],
  ['==', '!='],
  ['&'],
  ['^'],
  ['|'],
  ['&&'],
  ['||'],
]
const levelOf: ReadonlyMap<string | undefined, number> = new Map(
  levels.flatMap((operators, level) => operators.map((operator) => [operator, level] as const)),
)
const needsTwo = /^(?:[-/%&|^<>]|<=|>=|&&|\|\||=|[-/%&|^]=)$/
const opensOperand = /^(?:[=([,;{}?:]|return|&&|\|\||(?:[-+*/%&|^]|<<|>>)=)$/
const closesOperand = /^(?:[)\],;?:}]|&&|\|\|)$/

/** Operations of an operand with itself, which nobody writes: `x - x`, `p[i] < p[i]`, `x = x`; but `x != x` asks for NaN. */
function countSelfOperations(tokens: readonly string[]): number {
  let count = 0
  for (let i = 1; i < tokens.length - 1; i++) {
    if (!needsTwo.test(tokens[i])) continue
    const length = operandLength(tokens, i + 1)
    const left = tokens.slice(i - length, i).join(' ')
    const isSame = length > 0 && left === tokens.slice(i + 1, i + 1 + length).join(' ')
    const isWhole =
      opensOperand.test(tokens[i - length - 1] ?? ';') && closesOperand.test(tokens[i + 1 + length] ?? ';')
    if (isSame && isWhole) count++
  }
  return count
}

/** Tokens of the name at `i` with its subscripts and members; 0 where there is no name, or it is called. */
function operandLength(tokens: readonly string[], i: number): number {
  if (!/^[A-Za-z_]/.test(tokens[i] ?? '')) return 0
  let at = i + 1
  for (;;) {
    if (tokens[at] === '.' || tokens[at] === '->') at += 2
    else if (tokens[at] === '[') {
      for (let depth = 0; at < tokens.length; at++) {
        if (tokens[at] === '[') depth++
        else if (tokens[at] === ']' && --depth === 0) break
      }
      at++
    } else return tokens[at] === '(' ? 0 : at - i
  }
}

const one = /^1(?:\.0?f?|u)?$/
const zero = /^0(?:\.0?f?|u)?$/
/** What stands before an operand, if not an operator. */
const opens = /^(?:[=([,;{}?:]|return|(?:[-+*/%&|^]|<<|>>)=)$/

/** Functions of a dimension: 0, 1 or 2. */
const workItem = /^get_(?:(?:global|local|group)_id|(?:global|local)_size|num_groups)$/

/**
 * Operations with 0 or 1 that leave the other operand as it is, or nothing of it (`x * 1`, `x + 0`, `x && 1`, `0 * x`,
 * `x += 0`), and dimensions that are computed.
 */
function countIdleOperations(tokens: readonly string[]): number {
  let count = 0
  for (let i = 1; i < tokens.length - 1; i++) {
    const [left, operator, right] = [tokens[i - 1], tokens[i], tokens[i + 1]]
    const isLeft = isLeftOperand(tokens, i)
    const isRight = isRightOperand(tokens, i)
    const isAll = /^[;),]$/.test(tokens[i + 2] ?? ';')
    if (isRight && /^(?:[*/%]|&&|\|\|)$/.test(operator) && one.test(right)) count++
    else if (isRight && /^(?:[-+|^*&]|<<|>>|&&|\|\|)$/.test(operator) && zero.test(right)) count++
    else if (isAll && /^[*/%]=$/.test(operator) && one.test(right)) count++
    else if (isAll && /^(?:[-+|^*&]|<<|>>)=$/.test(operator) && zero.test(right)) count++
    else if (isLeft && operator === '*' && one.test(left)) count++
    else if (isLeft && /^(?:[+*/%&|^]|<<|>>)$/.test(operator) && zero.test(left)) count++
    else if (workItem.test(left) && operator === '(' && !(/^[012]$/.test(right) && tokens[i + 2] === ')')) count++
  }
  return count
}

/** Is the token after the operator at `i` all that is on its right, and something on its left? */
function isRightOperand(tokens: readonly string[], i: number): boolean {
  const [level, next] = [levelOf.get(tokens[i]), levelOf.get(tokens[i + 2])]
  return level !== undefined && (next === undefined || next >= level) && !isBeforeOperand(tokens[i - 1])
}

/** Is the token before the operator at `i` all that is on its left, without a sign? */
function isLeftOperand(tokens: readonly string[], i: number): boolean {
  const [level, before] = [levelOf.get(tokens[i]), tokens[i - 2] ?? ';']
  if (level === undefined) return false
  if (opens.test(before)) return true
  const isSign = /^[-+]$/.test(before) && isBeforeOperand(tokens[i - 3])
  return !isSign && (levelOf.get(before) ?? -1) > level
}

function isBeforeOperand(token: string | undefined): boolean {
  return token === undefined || opens.test(token) || levelOf.has(token)
}
