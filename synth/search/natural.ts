// What people do not write, as far as tokens of a normal form tell: searches turn it down, since it only feeds counters.

/** Does anything follow a `return`, `break` or `continue` of its block that no condition guards? */
export function hasDeadCode(tokens: readonly string[]): boolean {
  return tokens.some((token, i) => {
    const isStatement = /^(?:return|break|continue)$/.test(token) && /^[;{}]$/.test(tokens[i - 1])
    return isStatement && !/^(?:\}|case|default)$/.test(tokens[tokens.indexOf(';', i) + 1] ?? '}')
  })
}

const assigns = /^(?:[-+*/%&|^]|<<|>>)=$/
const steps = /^(?:\+\+|--)$/
/** Before a statement, or the body of one. */
const begins = /^(?:[;{})]|else|do)$/

/** Is a variable declared whose value nobody asks for: never mentioned again, or only set? */
export function hasIdleVariable(tokens: readonly string[]): boolean {
  const isRead = new Map<string, boolean>()
  for (const [i, token] of tokens.entries()) {
    if (/^v\d/.test(token)) isRead.set(token, (isRead.get(token) ?? false) || !isOnlySet(tokens, i))
  }
  return [...isRead.values()].includes(false)
}

/** Does the mention at `i` ask nobody for the variable's value: a declaration, `v = …`, `v += …` or a `v++;`? */
function isOnlySet(tokens: readonly string[], i: number): boolean {
  const [before, after] = [tokens[i - 1], tokens[i + 1]]
  if (after === '=') return true
  if (assigns.test(after)) return begins.test(before) || before === ','
  if (steps.test(after)) return begins.test(before) && endsStep(tokens, i + 2)
  if (steps.test(before)) return begins.test(tokens[i - 2]) && endsStep(tokens, i + 1)
  return /^[;,]$/.test(after) && isDeclared(tokens, i)
}

/** Is a step before `i` a statement, or the last part of a loop's head? In the middle of a head it is a condition. */
function endsStep(tokens: readonly string[], i: number): boolean {
  if (tokens[i] === ')') return true
  if (tokens[i] !== ';') return false
  for (let at = i - 1, depth = 0; at >= 0; at--) {
    if (tokens[at] === ')') depth++
    else if (tokens[at] === '(' && depth-- === 0) return false
    else if (/^[{}]$/.test(tokens[at])) return true
  }
  return true
}

/** Does a declaration without a value end at `i`: `int v0 ;`, or `v1` of `int v0 , v1 ;`? */
function isDeclared(tokens: readonly string[], i: number): boolean {
  const before = tokens[i - 1]
  if (/^[A-Za-z]/.test(before)) return !/^(?:return|else|do|case)$/.test(before) && !/^[pv]\d/.test(before)
  if (before !== ',') return false
  for (let at = i - 1, depth = 0; at >= 0; at--) {
    if (/^[;{]$/.test(tokens[at]) && depth === 0) return isType.test(tokens[at + 1])
    if (/^[)\]}]$/.test(tokens[at])) depth++
    else if (/^[([{]$/.test(tokens[at]) && depth-- === 0) return false // among arguments
  }
  return false
}

const isType =
  /^(?:const|volatile|unsigned|signed|local|private|(?:u?(?:char|short|int|long)|float|double|half|bool|size_t)\d*)$/

/** What leaves a kernel odder than it was: operations that do nothing, and values that are replaced before anyone asks. */
export function countOddities(tokens: readonly string[]): number {
  return countIdleOperations(tokens) + countSelfOperations(tokens) + countDeadStores(tokens)
}

/**
 * Statements `x = …;` (declarations, too) that the next one replaces, `x = …;` again, without a look at `x`, be it a variable or
 * an element.
 */
function countDeadStores(tokens: readonly string[]): number {
  let count = 0
  for (let i = 1; i < tokens.length; i++) {
    if (tokens[i] !== '=') continue
    const start = startOfStatement(tokens, i)
    const end = endOfStatement(tokens, i)
    if (start === undefined || end === undefined) continue
    const isDeclaration = isType.test(tokens[start])
    const place = isDeclaration ? tokens.slice(i - 1, i) : tokens.slice(start, i)
    const next = tokens.slice(end + 1, end + 1 + place.length)
    if (place.length === 0 || next.join(' ') !== place.join(' ') || tokens[end + 1 + place.length] !== '=') continue
    const nextEnd = endOfStatement(tokens, end + 1 + place.length)
    const asked = tokens.slice(end + 2 + place.length, nextEnd)
    if (nextEnd !== undefined && !asked.includes(place[0])) count++
  }
  return count
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

function endOfStatement(tokens: readonly string[], i: number): number | undefined {
  const end = tokens.indexOf(';', i)
  return end < 0 ? undefined : end
}

const needsTwo: ReadonlySet<string> = new Set([
  ...[
    '-',
    '/',
    '%',
    '&',
    '|',
    '^',
    '==',
    '!=',
    '<',
    '>',
    '<=',
    '>=',
    '&&',
    '||',
    '=',
    '-=',
    '/=',
    '%=',
    '&=',
    '|=',
    '^=',
  ],
])
const opensOperand = /^(?:[=([,;{}?:]|return|&&|\|\||(?:[-+*/%&|^]|<<|>>)=)$/
const closesOperand = /^(?:[)\],;?:}]|&&|\|\|)$/

/** Operations of an operand with itself, which nobody writes: `x - x`, `p[i] == p[i]`, `x = x`. */
function countSelfOperations(tokens: readonly string[]): number {
  let count = 0
  for (let i = 1; i < tokens.length - 1; i++) {
    if (!needsTwo.has(tokens[i])) continue
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
/** Before an operand that is the first of its sum or product. */
const opens = /^(?:[=([,;{}?:]|return|[-+*/%&|^]=|<<|>>|[<>]=?|[!=]=|&&|\|\||[-+])$/
/** After an operand that ends its product. */
const closes = /^(?:[)\],;?:}]|<<|>>|[<>]=?|[!=]=|&&|\|\||[-+*/%&|^])$/

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
    const isLeft = opens.test(tokens[i - 2] ?? ';')
    const isRight = closes.test(tokens[i + 2] ?? ';') && !opens.test(left)
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
