// A variable goes: its uses become its initial value, another variable of its type, or 0. A parameter takes its
// arguments along.

import { lex, type ParsedUnit, type SyntaxNode, textOf } from '../../../kernels/index.ts'
import { isNumeric, type TypedKernel, type Variable } from '../../edits/index.ts'
import { cut, type Reduction, type ReductionKind, type Splice, startOf } from '../reduction.ts'

/** Others that a variable is merged with, at most; the first declared come first. */
const mostOthers = 4

export const mergeVariables: ReductionKind = {
  id: 'merge-variables',
  find(unit, kernel) {
    const offsets = lex(unit.source).map(({ start }) => start)
    const declared = new Map(kernel.variables.map((variable) => [offsets[variable.declaredAt], variable]))
    const calls = callsOf(unit, unit.root)
    const found: Reduction[] = []
    const visit = (node: SyntaxNode): void => {
      const variable = node.type === 'identifier' ? declared.get(node.start) : undefined
      const declaration = variable && declarationOf(node)
      if (variable && declaration) {
        const use = (text: string): Splice[] => usesOf(kernel, variable, offsets, text)
        const others = othersFor(kernel, variable)
        const without = variable.isParameter
          ? parameterCuts(unit, declaration, calls)
          : [declaratorCut(unit, node, declaration)]
        found.push(without, ...others.map((other) => [...without, ...use(other)]))
        found.push(...(variable.isParameter ? [] : initialised(unit, node, declaration, others, use)))
      }
      node.children.forEach(visit)
    }
    visit(unit.root)
    return found
  },
}

/** Merged with a variable that takes over the initial value, or replaced by that value wherever it is read. */
function initialised(
  unit: ParsedUnit,
  name: SyntaxNode,
  declaration: SyntaxNode,
  others: readonly string[],
  use: (text: string) => Splice[],
): Reduction[] {
  const whole = declaratorOf(name, declaration)
  const value = whole.children.find(({ field }) => field === 'value')
  if (value === undefined || value.type === 'initializer_list') return []
  const text = textOf(unit, value)
  const inlined = /^\w+(?:\([\w, ]*\))?$/.test(text) ? text : `(${text})`
  const span = { start: startOf(unit, declaration), end: declaration.end }
  const isAlone = declaration.children.filter(({ field }) => field === 'declarator').length === 1
  return [
    [declaratorCut(unit, name, declaration), ...use(inlined)],
    ...(isAlone ? others.map((other) => [{ ...span, text: `${other} = ${text};` }, ...use(other)]) : []),
  ]
}

/** Names of variables of the type that are in scope all along, and 0 for a number. */
function othersFor(kernel: TypedKernel, { name, type, declaredAt, isParameter }: Variable): string[] {
  const others = kernel
    .inScope(isParameter ? declaredAt + 1 : declaredAt)
    .filter((other) => other.declaredAt < declaredAt && other.name !== name)
    .filter(({ type: { base, depth, space } }) => base === type.base && depth === type.depth && space === type.space)
  return [...others.slice(0, mostOthers).map((other) => other.name), ...(isNumeric(type) ? ['0'] : [])]
}

function usesOf({ tokens }: TypedKernel, variable: Variable, offsets: readonly number[], text: string): Splice[] {
  const uses: Splice[] = []
  for (let i = variable.from; i < Math.min(variable.to, tokens.length); i++) {
    const isUse = tokens[i] === variable.name && !/^(?:\.|->)$/.test(tokens[i - 1])
    if (isUse) uses.push({ start: offsets[i], end: offsets[i] + tokens[i].length, text })
  }
  return uses
}

function declarationOf(name: SyntaxNode): SyntaxNode | undefined {
  let node = name.parent
  while (node !== undefined && /declarator$/.test(node.type)) node = node.parent
  return node !== undefined && /^(?:parameter_)?declaration$/.test(node.type) ? node : undefined
}

function declaratorOf(name: SyntaxNode, declaration: SyntaxNode): SyntaxNode {
  let node = name
  while (node.parent !== undefined && node.parent !== declaration) node = node.parent
  return node
}

/** The declaration, or of several declarators the one. */
function declaratorCut(unit: ParsedUnit, name: SyntaxNode, declaration: SyntaxNode): Splice {
  const declarators = declaration.children.filter(({ field }) => field === 'declarator')
  if (declarators.length > 1) return commaCut(unit, declaratorOf(name, declaration))
  const start = startOf(unit, declaration)
  return { start, end: declaration.end, text: declaration.field === 'initializer' ? ';' : '' }
}

function commaCut(unit: ParsedUnit, node: SyntaxNode): Splice {
  const siblings = node.parent?.children ?? []
  const next = siblings[siblings.indexOf(node) + 1]
  return cut(startOf(unit, node), next?.type === ',' ? next.end : node.end)
}

/** A parameter and what is handed over for it, in every declaration and call of the function. */
function parameterCuts(
  unit: ParsedUnit,
  parameter: SyntaxNode,
  calls: ReadonlyMap<string, readonly SyntaxNode[]>,
): Splice[] {
  const list = parameter.parent
  const name = list?.parent?.children.find(({ field }) => field === 'declarator')
  if (list === undefined || name === undefined) return []
  const index = membersOf(list).indexOf(parameter)
  const lists = [list, ...(calls.get(textOf(unit, name)) ?? [])]
  return [...new Set(lists)].flatMap((one) => membersOf(one)[index] ?? []).map((member) => commaCut(unit, member))
}

function membersOf(list: SyntaxNode): SyntaxNode[] {
  return list.children.filter(({ named }) => named)
}

/** Lists of arguments and parameters by the name of the function. */
function callsOf(unit: ParsedUnit, root: SyntaxNode): Map<string, SyntaxNode[]> {
  const calls = new Map<string, SyntaxNode[]>()
  const visit = (node: SyntaxNode): void => {
    const name = node.children.find(({ field }) => field === 'function' || field === 'declarator')
    const list = node.children.find(({ type }) => type === 'argument_list' || type === 'parameter_list')
    if (name !== undefined && list !== undefined) {
      calls.set(textOf(unit, name), [...(calls.get(textOf(unit, name)) ?? []), list])
    }
    node.children.forEach(visit)
  }
  visit(root)
  return calls
}
