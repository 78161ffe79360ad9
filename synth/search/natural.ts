// What people do not write, as far as tokens of a normal form tell: searches turn it down, since it only feeds counters.

/** Does anything follow a `return` that always happens? */
export function hasDeadCode(tokens: readonly string[]): boolean {
  let depth = 0
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i] === '{') depth++
    else if (tokens[i] === '}') depth--
    const isStatement = tokens[i] === 'return' && /^[;{}]$/.test(tokens[i - 1])
    if (isStatement && depth === 1 && tokens[tokens.indexOf(';', i) + 1] !== '}') return true
  }
  return false
}

/** Is a variable declared and never mentioned again? */
export function hasIdleVariable(tokens: readonly string[]): boolean {
  const mentions = new Map<string, number>()
  for (const token of tokens) if (/^v\d/.test(token)) mentions.set(token, (mentions.get(token) ?? 0) + 1)
  return [...mentions.values()].includes(1)
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
export function countIdleOperations(tokens: readonly string[]): number {
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
