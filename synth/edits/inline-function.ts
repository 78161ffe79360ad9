// A call of the kernel's own function becomes what the function does: `a[i] = g(b, i);` is `a[i] = b[i] * 2;` where `g`
// returns `p0[p1] * 2`, and a statement `h(a, i);` is the body of `h`.

import { childOf } from '../../kernels/index.ts'
import { closingBracket, copy, draw, type EditKind, type EditToken, freshName, plain } from './edit.ts'
import type { Expression, Span, TypedKernel } from './typed-kernel.ts'

interface OwnFunction {
  /** Tokens of the names of its parameters. */
  readonly parameters: readonly number[]
  /** Without its braces. */
  readonly body: Span
}

const longest = 160 // so at most 39 new names

export const inlineFunction: EditKind = {
  id: 'inline-function',
  propose(kernel, rng) {
    const call = draw(
      kernel.expressions,
      rng,
      ({ node, start }) => node.type === 'call_expression' && /^f\d+$/.test(kernel.tokens[start]),
      60,
    )
    const called = call && findFunction(kernel, kernel.tokens[call.start])
    const values = call && readArguments(kernel, call)
    if (call === undefined || called === undefined || values?.length !== called.parameters.length) return undefined
    const written = substitute(kernel, call, called, values)
    if (written === undefined) return undefined
    const returns = written.filter(({ text }) => text === 'return').length
    const isExpression = returns === 1 && written[0]?.text === 'return' && written.at(-1)?.text === ';'
    if (isExpression && call.role === 'value') {
      return { start: call.start, end: call.end, tokens: [...plain('('), ...written.slice(1, -1), ...plain(')')] }
    }
    if (returns > 0 || call.role !== 'effect' || call.node.parent?.type !== 'expression_statement') return undefined
    const { start, end } = kernel.spanOf(call.node.parent)
    return { start, end, tokens: [...plain('{'), ...written, ...plain('}')] }
  },
}

/** A function that is defined before the kernel. */
function findFunction({ tokens }: TypedKernel, name: string): OwnFunction | undefined {
  const at = tokens.findIndex(
    (token, i) => token === name && tokens[i + 1] === '(' && /^[\w*]+$/.test(tokens[i - 1] ?? ''),
  )
  const close = closingBracket(tokens, at + 1)
  if (at < 0 || tokens[close + 1] !== '{') return undefined
  const end = closingBracket(tokens, close + 1)
  const parameters = [...tokens.keys()].filter((i) => i > at && i < close && /^p\d+$/.test(tokens[i]))
  return end < 0 || end - close > longest ? undefined : { parameters, body: { start: close + 2, end } }
}

function readArguments(kernel: TypedKernel, { node }: Expression): readonly Span[] {
  const values = childOf(node, 'arguments')?.children.filter((child) => child.named && child.type !== 'comment') ?? []
  return values.map((value) => kernel.spanOf(value))
}

/** The body with arguments for parameters and fresh names for its variables; undefined where it sets a parameter. */
function substitute(
  kernel: TypedKernel,
  call: Expression,
  { parameters, body }: OwnFunction,
  values: readonly Span[],
): readonly EditToken[] | undefined {
  const places = new Map(parameters.map((at, i) => [kernel.tokens[at], values[i]]))
  const names = new Map<string, EditToken>()
  const tokens: EditToken[] = []
  for (let i = body.start; i < body.end; i++) {
    const text = kernel.tokens[i]
    const value = places.get(text)
    if (value !== undefined) {
      if (/^(?:[-+*/%&|^]|<<|>>)?=$|^(?:\+\+|--)$/.test(kernel.tokens[i + 1])) return undefined
      const isLeaf = value.end - value.start === 1
      tokens.push(...(isLeaf ? [] : plain('(')), ...copy(kernel, value), ...(isLeaf ? [] : plain(')')))
    } else if (/^v\d+$/.test(text)) {
      const name = names.get(text) ?? { text: freshName(call.start, names.size), class: kernel.classes[i] }
      names.set(text, name)
      tokens.push(name)
    } else {
      tokens.push({ text, class: kernel.classes[i] })
    }
  }
  return tokens
}
