// What a mutation puts in the place of an operator or a constant. The sets are those of SRCIROR's source mutator (Hariri and
// Shi, ASE 2018; https://github.com/TestingResearchIllinois/srciror, SRCMutation/src/mutator.cpp).

/** Names a set of operators that stand for one another. */
export type OperatorKind = 'arithmetic' | 'relational' | 'logical' | 'bitwise' | 'assignment'

const sets: readonly (readonly [kind: OperatorKind, operators: readonly string[]])[] = [
  ['arithmetic', ['+', '-', '*', '/', '%']],
  ['relational', ['<', '<=', '>', '>=', '==', '!=']],
  ['logical', ['&&', '||']],
  ['bitwise', ['&', '|', '^']],
  ['assignment', ['+=', '-=', '*=', '/=', '%=']],
  ['assignment', ['&=', '|=', '^=']],
]

/** @returns the kind of an operator, and what it may become; undefined for one that is left alone */
export function alternativesOf(
  operator: string,
): { readonly kind: OperatorKind; readonly others: readonly string[] } | undefined {
  const set = sets.find(([, operators]) => operators.includes(operator))
  if (set === undefined) return undefined
  const [kind, operators] = set
  return { kind, others: operators.filter((other) => other !== operator) }
}

const integerLiteral = /^(0[xX][\da-fA-F]+|\d+)([uUlL]*)$/

/** What an integer constant becomes; its suffix stays. Other literals give nothing. */
export function constantsFor(literal: string): string[] {
  const match = integerLiteral.exec(literal)
  if (match === null) return []
  const [, digits, suffix] = match
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : /^0\d/.test(digits) ? '0' : digits)
  const spelled = (number: bigint): string => (number < 0n ? `(-${-number}${suffix})` : `${number}${suffix}`)
  if (value === 0n) return [1n, -1n].map(spelled)
  if (value === 1n) return [-1n, 0n, 2n].map(spelled)
  return [...new Set([0n, 1n, -1n, -value, value + 1n, value - 1n])].map(spelled)
}
