// One formatting for all kernels: a pure function of the token texts, so that equal tokens print equally and
// lexing the result gives the tokens back (directives and `unknown` junk apart). Two-space indent, one statement a
// line.

import { lex } from './lexer.ts'

const binaryOperators = new Set(
  '+ - * / % & | ^ << >> < > <= >= == != && || = += -= *= /= %= &= |= ^= <<= >>= ? :'.split(' '),
)
const unaryCapable = new Set(['+', '-', '*', '&', '!', '~', '++', '--'])
const openers = new Set(['(', '[', '{'])
const keywordsBeforeParenthesis = new Set(['if', 'for', 'while', 'switch', 'return', 'else', 'do', 'case'])
const word = /^[\w"'$.]/
/** Types after which `*` declares a pointer rather than multiplies. */
const typeWord =
  /^(?:void|bool|size_t|ptrdiff_t|intptr_t|uintptr_t|half|float|double|(?:u?(?:char|short|int|long)|float|double|half)(?:2|3|4|8|16)?|t\d+|const|volatile|restrict|unsigned|signed)$/

/** Format a kernel from its tokens. Empty input gives an empty text. */
export function printTokens(tokens: readonly string[]): string {
  const lines: string[] = []
  let line = ''
  let indent = 0
  let parentheses = 0
  const braces: boolean[] = [] // per open brace: is it a block (true) or an initialiser (false)
  const flush = (): void => {
    if (line !== '') lines.push('  '.repeat(Math.max(0, indent)) + line)
    line = ''
  }
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    const previous = tokens[i - 1]
    const inInitialiser = braces.length > 0 && !braces[braces.length - 1]
    if (token === '}' && braces.pop() !== false) {
      flush()
      indent--
      line = '}'
      if (!staysAfterBrace(tokens[i + 1])) flush()
      continue
    }
    if (line !== '' && (needsSpace(tokens, i) || areOneToken(previous, token))) line += ' '
    line += token
    if (token === '(' || token === '[') parentheses++
    else if (token === ')' || token === ']') parentheses--
    else if (token === '{') {
      const isBlock = parentheses <= 0 && !inInitialiser && previous !== '='
      braces.push(isBlock)
      if (isBlock) {
        flush()
        indent++
      }
    } else if (token === ';' && parentheses <= 0 && !inInitialiser) flush()
    else if (token === ':' && isLabelColon(tokens, i)) flush()
  }
  flush()
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

function staysAfterBrace(next: string | undefined): boolean {
  return (
    next === ';' || next === ',' || next === 'else' || next === ')' || (next !== undefined && /^[tgv]\d+$/.test(next))
  )
}

/** `case x:` and `default:` end a line; the colon of `?:` does not. */
function isLabelColon(tokens: readonly string[], colon: number): boolean {
  for (let i = colon - 1; i >= 0; i--) {
    if (tokens[i] === 'case' || tokens[i] === 'default') return true
    if (tokens[i] === '?' || tokens[i] === ';' || tokens[i] === '{' || tokens[i] === '}') return false
  }
  return false
}

function needsSpace(tokens: readonly string[], i: number): boolean {
  const token = tokens[i]
  const previous = tokens[i - 1]
  if (previous === undefined) return false
  if (isUnary(tokens, i - 1)) return false
  if (token === ';' || token === ',' || token === ')' || token === ']') return false
  if (token === '.' || token === '->' || previous === '.' || previous === '->') return false
  if (previous === '(' || previous === '[') return false
  if (token === '[') return false
  if (token === '(')
    return (
      keywordsBeforeParenthesis.has(previous) ||
      binaryOperators.has(previous) ||
      previous === ',' ||
      previous === ';' ||
      previous === '{' ||
      previous === ')'
    )
  if ((token === '++' || token === '--') && !isUnary(tokens, i)) return false
  if (token === ':' && isLabelColon(tokens, i)) return false
  if (word.test(token) && word.test(previous)) return true
  return !(openers.has(previous) && token === '}')
}

/** Is the operator at `i` a prefix operator (judged by what stands before it)? */
function isUnary(tokens: readonly string[], i: number): boolean {
  const token = tokens[i]
  if (!unaryCapable.has(token)) return false
  if (token === '!' || token === '~') return true
  const previous = tokens[i - 1]
  if (previous === undefined) return true
  if (previous === ')' || previous === ']') return false
  if (token === '*' && typeWord.test(previous)) return true
  if (keywordsBeforeParenthesis.has(previous)) return true
  return !word.test(previous) && !((previous === '++' || previous === '--') && !isUnary(tokens, i - 1))
}

const mayJoin = /[\w$.'"+\-*/%&|^!<>=#:]/

/** Would `a` and `b` lex otherwise when written together? */
function areOneToken(a: string, b: string): boolean {
  if (!mayJoin.test(a[a.length - 1]) || !mayJoin.test(b[0])) return false
  return lex(a + b)[0].end !== a.length
}
