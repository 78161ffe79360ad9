// A number goes through local memory: each work-item leaves its own in a new local array, and reads it after a barrier.

import { copy, drawValue, type EditKind, type EditToken, freshName, isNumeric, plain } from './edit.ts'
import { operandLetter } from './token-classes.ts'
import type { TypedKernel } from './typed-kernel.ts'

const sizes = ['64', '128', '256']

export const stage: EditKind = {
  id: 'stage',
  propose(kernel, rng) {
    const whole = drawValue(
      kernel,
      rng,
      ({ node, type, statement, start }) =>
        /^(?:subscript|binary|call)_expression$|^identifier$/.test(node.type) &&
        isNumeric(type) &&
        isInKernelBody(kernel, statement) &&
        !kernel.tokens.slice(kernel.tokens.indexOf('kernel'), start).includes('return'),
    )
    if (whole === undefined) return undefined
    const statement = kernel.statements[whole.statement]
    if (!/^(?:expression_statement|declaration)$/.test(statement.node.type)) return undefined
    const letter = operandLetter(whole.type)
    const name = { text: freshName(statement.start), class: 'name:s' }
    const element: EditToken[] = [
      ...[name, { text: '[', class: '[:sm' }, { text: 'get_local_id', class: 'call:get_local_id' }],
      ...[...plain('('), { text: '0', class: 'literal:i' }, ...plain(')', ']')],
    ]
    const tokens = [
      ...[...plain('local', whole.type.base), name, ...plain('['), { text: rng.pick(sizes), class: 'literal:i' }],
      ...plain(']', ';'),
      ...[...element, { text: '=', class: `=:${letter}${letter}` }, ...copy(kernel, whole), ...plain(';')],
      ...[{ text: 'barrier', class: 'call:barrier' }, ...plain('(', 'CLK_LOCAL_MEM_FENCE', ')', ';')],
      ...copy(kernel, { start: statement.start, end: whole.start }),
      ...element,
    ]
    return { start: statement.start, end: whole.end, tokens }
  },
}

/** Local arrays can only be declared in the outermost block of the kernel function. */
function isInKernelBody(kernel: TypedKernel, index: number): boolean {
  if (index < 0) return false
  const { node, start } = kernel.statements[index]
  return node.parent?.parent?.type === 'function_definition' && start > kernel.tokens.indexOf('kernel')
}
