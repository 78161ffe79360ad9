// A loop works on an element of a buffer in a variable now, `float v = a[i]; for (…) v += …; a[i] = v;` for
// `for (…) a[i] += …;`. Or what is computed in a variable and stored at the end is computed in its place.

import { childOf, type SyntaxNode } from '../../kernels/index.ts'
import {
  copy,
  draw,
  type Edit,
  type EditKind,
  type EditToken,
  freshName,
  isNumeric,
  isReachable,
  plain,
} from './edit.ts'
import { isAssigned, loopAround } from './loops.ts'
import { operandLetter } from './token-classes.ts'
import type { Expression, Span, TypedKernel } from './typed-kernel.ts'

export const accumulate: EditKind = {
  id: 'accumulate',
  propose(kernel, rng) {
    const element = draw(kernel.expressions, rng, isWrittenElement, 60)
    return element && (inMemory(kernel, element) ?? inVariable(kernel, element))
  },
}

function inVariable(kernel: TypedKernel, element: Expression): Edit | undefined {
  const loop = loopAround(element.node)
  const around = kernel.statements.find(({ node }) => node === loop)
  if (!around?.isInBlock || !isReachable(kernel, element, around.start)) return undefined
  if (isChanged(kernel, element, around)) return undefined
  const letter = operandLetter(element.type)
  const name = { text: freshName(around.start), class: `name:${letter}` }
  const equals = { text: '=', class: `=:${letter}${letter}` }
  const place = copy(kernel, element)
  const tokens = [
    ...[...plain(element.type.base), name, equals, ...place, ...plain(';')],
    ...replaced(copy(kernel, around), place, [name]),
    ...[...place, equals, name, ...plain(';')],
  ]
  return { start: around.start, end: around.end, tokens }
}

function inMemory(kernel: TypedKernel, last: Expression): Edit | undefined {
  const store = last.node.parent
  const [sign, value] = ['operator', 'right'].map((field) => store && childOf(store, field))
  const statement = kernel.statements.find(({ node }) => node === store?.parent)
  if (sign?.type !== '=' || value?.type !== 'identifier' || statement === undefined) return undefined
  const name = kernel.tokens[kernel.spanOf(value).start]
  const variable = kernel.variables.find((one) => one.name === name && one.to >= statement.end)
  if (variable === undefined || variable.isParameter || variable.type.depth > 0) return undefined
  const declaration = kernel.statements.find(
    ({ node, start, end }) => node.type === 'declaration' && start <= variable.declaredAt && variable.declaredAt < end,
  )
  const isAlone = declaration?.node.children.filter(({ field }) => field === 'declarator').length === 1
  if (declaration === undefined || !isAlone || declaration.node.parent !== statement.node.parent) return undefined
  if (kernel.tokens[variable.declaredAt + 1] !== '=') return undefined
  const span = { start: declaration.start, end: statement.end }
  const isNeededLater = kernel.tokens.slice(statement.end, variable.to).includes(name)
  if (isNeededLater || !isReachable(kernel, last, span.start) || isChanged(kernel, last, span)) return undefined
  const between = copy(kernel, { start: variable.declaredAt, end: statement.start })
  return { ...span, tokens: replaced(between, [{ text: name, class: '' }], copy(kernel, last)) }
}

function isWrittenElement({ node, type }: Expression): boolean {
  const isWritten = node.parent?.type === 'assignment_expression' && node.field === 'left'
  return isWritten && node.type === 'subscript_expression' && isNumeric(type)
}

/** Is anything that tells which element `place` is written within a span? */
function isChanged(kernel: TypedKernel, place: Span, span: Span): boolean {
  const [base, ...index] = kernel.tokens.slice(place.start, place.end)
  return kernel.expressions.some(({ node, start, end }) => {
    if (node.type !== 'identifier' || start < span.start || end > span.end) return false
    const name = kernel.tokens[start]
    return index.includes(name) ? isWritten(node) : name === base && isAssigned(node)
  })
}

/** Is the variable, or an element or member of it, written to? */
function isWritten(node: SyntaxNode): boolean {
  const { parent } = node
  const isPart = parent?.type === 'subscript_expression' || parent?.type === 'field_expression'
  return isPart ? node.field === 'argument' && isWritten(parent) : isAssigned(node)
}

/** Every run of the tokens `from` becomes `to`. */
function replaced(tokens: readonly EditToken[], from: readonly EditToken[], to: readonly EditToken[]): EditToken[] {
  const result: EditToken[] = []
  for (let i = 0; i < tokens.length; i++) {
    if (from.every(({ text }, k) => tokens[i + k]?.text === text)) {
      result.push(...to)
      i += from.length - 1
    } else result.push(tokens[i])
  }
  return result
}
