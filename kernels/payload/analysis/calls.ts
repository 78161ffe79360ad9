// Calls: functions of the unit are run, built-ins give what the OpenCL C 2.0 specification (6.13) says of their results.

import { childOf, functionDeclarator, type SyntaxNode } from '../../parse.ts'
import { builtinType, elementName, floatType, intType, sizeOf, unknownType } from '../c-types.ts'
import { TypeTable } from '../declarations.ts'
import { readParameters } from '../signature.ts'
import { accessBuiltin, isAccessBuiltin } from './access-builtins.ts'
import type { Setting } from './findings.ts'
import { exactly, type Interval, join } from './interval.ts'
import { declareVariable, dropScope, type Machine, textIn } from './machine.ts'
import { joinStates, setValue, type Variable } from './state.ts'
import {
  convert,
  globalSource,
  integer,
  isFloating,
  joinValues,
  localSource,
  noSources,
  size,
  unknownOf,
  type Value,
  wrapTo,
} from './values.ts'

/** Calls nest no deeper: recursion is not allowed, but may be written. */
const deepestCall = 12

export function evaluateCall(machine: Machine, node: SyntaxNode): Value {
  const name = textIn(machine, childOf(node, 'function')).replace(/^\(+\s*|\s*\)+$/g, '')
  const nodes = childOf(node, 'arguments')?.children.filter((child) => child.named && child.type !== 'comment') ?? []
  if (name === '__builtin_astype') return asType(machine, nodes)
  const values = nodes.map((argument) => machine.evaluate(argument))
  const definition = machine.functions.get(name)
  if (definition !== undefined) return run(machine, definition, values)
  if (isAccessBuiltin(name)) return accessBuiltin(machine, name, nodes, values)
  return workItem(machine, name, values) ?? builtin(name, values)
}

function asType(machine: Machine, nodes: readonly SyntaxNode[]): Value {
  machine.evaluate(nodes[0])
  return unknownOf(builtinType(textIn(machine, nodes[1])) ?? unknownType)
}

/** Run a function of the unit on its arguments. */
function run(machine: Machine, definition: SyntaxNode, values: readonly Value[]): Value {
  const declarator = functionDeclarator(definition)
  const body = childOf(definition, 'body')
  const result = machine.types.readSpecifier(childOf(definition, 'type'))
  if (declarator === undefined || body === undefined || machine.frame.depth >= deepestCall) return unknownOf(result)
  const { state, scopes, frame, types } = machine
  if (state === undefined) return unknownOf(result)
  machine.types = new TypeTable(machine.unit, machine.fileTypes)
  machine.scopes = [scopes[0], new Map()]
  machine.frame = { depth: frame.depth + 1, result: undefined, left: undefined }
  const facts = new Map(state.facts)
  state.facts.clear()
  const parameters = readParameters(machine.unit, declarator, machine.types)
  for (const [i, { name, type }] of parameters.entries()) {
    const variable: Variable = { name, type, object: undefined }
    declareVariable(machine, variable)
    const value = values[i] ?? unknownOf(type)
    setValue(state, variable, type.kind === 'struct' ? { ...value, type } : convertArgument(value, type))
  }
  machine.execute(body)
  const value = machine.frame.result ?? unknownOf(result)
  machine.state = joinStates(machine.frame.left, machine.state)
  dropScope(machine)
  Object.assign(machine, { scopes, frame, types })
  // What the caller knew of memory may hold no more.
  for (const [text, fact] of facts) if (!fact.readsMemory) machine.state?.facts.set(text, fact)
  return value
}

function convertArgument(value: Value, type: Value['type']): Value {
  const isArray = value.type.kind === 'array'
  return isArray || type.kind === 'pointer' ? { ...value, type } : convert(value, type)
}

function workItem(machine: Machine, name: string, values: readonly Value[]): Value | undefined {
  const { globalSize, localSize, imageSize } = machine.setting
  const dimensions = values[0] === undefined || values[0].lo !== values[0].hi ? [0, 1, 2] : [values[0].lo]
  const over = (bounds: (d: number) => Interval, source: (d: number) => number): Value =>
    dimensions
      .map((d) => (d >= 0 && d < 3 ? size(bounds(d), source(d)) : size(exactly(0))))
      .reduce((a, b) => joinValues(a, b))
  const groups = (d: number): number => Math.ceil(globalSize[d] / localSize[d])
  const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1)
  const upTo = (count: number): Interval => ({ lo: 0, hi: Math.max(count - 1, 0) })
  switch (name) {
    case 'get_global_id':
      return over((d) => upTo(globalSize[d]), globalSource)
    case 'get_local_id':
      return over((d) => upTo(localSize[d]), localSource)
    case 'get_group_id':
      return over((d) => upTo(groups(d)), globalSource)
    case 'get_global_size':
      return over((d) => exactly(globalSize[d]), noSourcesOf)
    case 'get_local_size':
    case 'get_enqueued_local_size':
      return over((d) => exactly(localSize[d]), localSource)
    case 'get_num_groups':
      return over((d) => exactly(groups(d)), noSourcesOf)
    case 'get_global_offset':
      return size(exactly(0))
    case 'get_global_linear_id':
      return size(upTo(product(globalSize)), globalSource(0))
    case 'get_local_linear_id':
      return size(upTo(product(localSize)), localSource(0))
    case 'get_work_dim':
      return { ...integer({ lo: 1, hi: 3 }), type: { kind: 'scalar', name: 'uint' } }
    case 'get_image_width':
      return integer(exactly(imageSize[0]))
    case 'get_image_height':
      return integer(exactly(imageSize[1]))
    case 'get_image_depth':
      return integer(exactly(imageSize[2]))
    case 'get_image_dim':
      return dimensionsOf(imageSize, values[0])
    default:
      return undefined
  }
}

/** As `int2`, or as `int4` with a 0. */
function dimensionsOf([width, height, depth]: Setting['imageSize'], image: Value | undefined): Value {
  const isDeep = image?.type.kind === 'opaque' && image.type.name === 'image3d_t'
  const plane = join(exactly(width), exactly(height))
  const bounds = isDeep ? join(plane, join(exactly(depth), exactly(0))) : plane
  return { ...integer(bounds), type: { kind: 'vector', element: 'int', length: isDeep ? 4 : 2 } }
}

const noSourcesOf = (): number => noSources

/** Built-ins that only compute. */
export function builtin(name: string, values: readonly Value[]): Value {
  const [a, b, c] = values
  const sources = values.reduce((all, value) => all | value.sources, noSources)
  const conversion = /^(convert|as)_([a-z]+\d*?)(?:_(sat|rt[ezpn]).*)?$/.exec(name)
  const converted = conversion && builtinType(conversion[2])
  if (converted && a !== undefined) {
    if (conversion[1] === 'as' && isFloating(converted) !== isFloating(a.type)) return unknownOf(converted, sources)
    return { ...convert(a, converted), sources, link: a.link }
  }
  if (a === undefined) return unknownOf(floatType)
  const bounds = boundsOfBuiltin(name.replace(/^(?:native|half)_/, ''), a, b, c)
  const type = resultType(name, a)
  const { lo, hi } = bounds === undefined ? unknownOf(type) : wrapTo(type, bounds)
  return { type, sources, lo, hi }
}

function resultType(name: string, a: Value): Value['type'] {
  if (/^(?:any|all|is[a-z]+|signbit|ilogb|printf)$/.test(name)) return intType
  if (/^(?:dot|length|distance|fast_length|fast_distance)$/.test(name) && a.type.kind === 'vector') {
    return { kind: 'scalar', name: elementName(a.type) ?? 'float' }
  }
  if (a.type.kind === 'pointer') return a.type.to
  return a.type
}

function boundsOfBuiltin(name: string, a: Value, b: Value | undefined, c: Value | undefined): Interval | undefined {
  switch (name) {
    case 'min':
    case 'fmin':
      return b && { lo: Math.min(a.lo, b.lo), hi: Math.min(a.hi, b.hi) }
    case 'max':
    case 'fmax':
      return b && { lo: Math.max(a.lo, b.lo), hi: Math.max(a.hi, b.hi) }
    case 'clamp':
      return b && c && { lo: clampTo(a.lo, b.lo, c.lo), hi: clampTo(a.hi, b.hi, c.hi) }
    case 'abs':
    case 'fabs':
      return { lo: a.lo > 0 ? a.lo : Math.max(0, -a.hi), hi: Math.max(Math.abs(a.lo), Math.abs(a.hi)) }
    case 'abs_diff':
      return b && { lo: 0, hi: Math.max(Math.abs(a.hi - b.lo), Math.abs(b.hi - a.lo)) }
    case 'mul24':
      return b && product(a, b)
    case 'mad24':
    case 'mad':
    case 'fma':
      return b && c && sum(product(a, b), c)
    case 'select':
    case 'bitselect':
      return b && join(a, b)
    case 'mix':
      return b && join(a, b)
    case 'step':
    case 'smoothstep':
    case 'isless':
    case 'isgreater':
    case 'isequal':
    case 'isnan':
    case 'isinf':
    case 'signbit':
    case 'any':
    case 'all':
      return { lo: 0, hi: 1 }
    case 'popcount':
    case 'clz':
    case 'ctz':
      return { lo: 0, hi: 8 * sizeOf(a.type) }
    case 'sin':
    case 'cos':
    case 'tanh':
    case 'sign':
    case 'erf':
      return { lo: -1, hi: 1 }
    case 'floor':
      return { lo: Math.floor(a.lo), hi: Math.floor(a.hi) }
    case 'ceil':
      return { lo: Math.ceil(a.lo), hi: Math.ceil(a.hi) }
    case 'round':
    case 'rint':
      return { lo: Math.round(a.lo), hi: Math.round(a.hi) }
    case 'trunc':
      return { lo: Math.trunc(a.lo), hi: Math.trunc(a.hi) }
    case 'sqrt':
      return { lo: Math.sqrt(Math.max(a.lo, 0)), hi: Math.sqrt(Math.max(a.hi, 0)) }
    case 'exp':
      return { lo: Math.exp(a.lo), hi: Math.exp(a.hi) }
    case 'log':
    case 'log2':
      return a.lo > 0 ? { lo: Math.log2(a.lo), hi: Math.log2(a.hi) } : undefined
    case 'fract':
      return { lo: 0, hi: 1 }
    case 'fmod':
    case 'remainder':
      return b && { lo: a.lo < 0 ? -Math.abs(b.hi) : 0, hi: Math.max(Math.abs(b.lo), Math.abs(b.hi)) }
    default:
      return undefined
  }
}

function clampTo(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}

function product(a: Interval, b: Interval): Interval {
  const ends = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi].map((end) => (Number.isNaN(end) ? 0 : end))
  return { lo: Math.min(...ends), hi: Math.max(...ends) }
}

function sum(a: Interval, b: Interval): Interval {
  return { lo: a.lo + b.lo, hi: a.hi + b.hi }
}
