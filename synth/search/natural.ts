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

/** Is a variable declared whose value nobody asks for: never mentioned again, or only set? Each function has its own. */
export function hasIdleVariable(tokens: readonly string[]): boolean {
  const isRead = new Map<string, boolean>()
  let depth = 0
  for (const [i, token] of tokens.entries()) {
    if (token === '{') depth++
    else if (token === '}' && --depth === 0) {
      if ([...isRead.values()].includes(false)) return true
      isRead.clear()
    } else if (/^v\d/.test(token)) isRead.set(token, (isRead.get(token) ?? false) || !isOnlySet(tokens, i))
  }
  return [...isRead.values()].includes(false)
}

/** Does the mention at `i` ask nobody for the variable's value: a declaration, `v = …`, `v += …` or a `v++;`? */
function isOnlySet(tokens: readonly string[], i: number): boolean {
  const [before, after] = [tokens[i - 1], tokens[i + 1]]
  if (after === '=') return beginsStatement(tokens, i) || before === ',' || isDeclarator(tokens, i)
  if (assigns.test(after)) return beginsStatement(tokens, i) || before === ','
  if (steps.test(after)) return beginsStatement(tokens, i) && endsStep(tokens, i + 2)
  if (steps.test(before)) return beginsStatement(tokens, i - 1) && endsStep(tokens, i + 1)
  return /^[;,]$/.test(after) && isDeclared(tokens, i)
}

/** May a statement, or a part of a loop's head, begin at `i`? */
function beginsStatement(tokens: readonly string[], i: number): boolean {
  const before = tokens[i - 1]
  if (before === undefined || /^(?:[;{}]|else|do)$/.test(before)) return true
  if (before === '(') return tokens[i - 2] === 'for'
  if (before !== ')') return false
  for (let at = i - 2, depth = 0; at > 0; at--) {
    if (tokens[at] === ')') depth++
    else if (tokens[at] === '(' && depth-- === 0) return /^(?:if|for|while|switch)$/.test(tokens[at - 1]) // or a cast
  }
  return false
}

/** Is the name at `i` declared there: after a type, and the stars of a pointer? */
function isDeclarator(tokens: readonly string[], i: number): boolean {
  let at = i - 1
  while (tokens[at] === '*') at--
  return isType.test(tokens[at]) || (at === i - 1 && isWord(tokens[at]))
}

/** A word that is no statement's, such as the name of a structure. */
function isWord(token: string): boolean {
  return /^[A-Za-z]/.test(token) && !/^(?:return|else|do|case)$/.test(token) && !/^[pv]\d/.test(token)
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
  if (isDeclarator(tokens, i)) return true
  if (before !== ',') return false
  for (let at = i - 1, depth = 0; at >= 0; at--) {
    if (/^[;{]$/.test(tokens[at]) && depth === 0) return isType.test(tokens[at + 1])
    if (/^[)\]}]$/.test(tokens[at])) depth++
    else if (/^[([{]$/.test(tokens[at]) && depth-- === 0) return false // among arguments
  }
  return false
}

/** A word of a type, or before one. */
export const isType: RegExp =
  /^(?:const|volatile|unsigned|signed|local|private|(?:u?(?:char|short|int|long)|float|double|half|bool|size_t)\d*)$/
