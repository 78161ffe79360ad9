// Runs a kernel on the abstract machine, under what is settled of its launch.

import { findItems } from '../../extract.ts'
import { childOf, functionDeclarator, type ParsedUnit, type SyntaxNode, textOf } from '../../parse.ts'
import type { CType } from '../c-types.ts'
import { TypeTable } from '../declarations.ts'
import type { Parameter, Signature } from '../signature.ts'
import { evaluate } from './expressions.ts'
import type { Findings, Setting } from './findings.ts'
import { exactly } from './interval.ts'
import { declareVariable, type Machine, pointerTo } from './machine.ts'
import { type MemoryObject, newObject } from './memory.ts'
import { assume } from './refine.ts'
import { newState, setValue, type Variable } from './state.ts'
import { declare, execute } from './statements.ts'
import { noSources, parameterSource, unknownOf, type Value } from './values.ts'

/** Rounds in which what memory holds may grow; from the third on it grows to what its type holds. */
const mostRounds = 4
/** Scalars that are still open are at least 1 and at most this. */
const largestOpen = 1 << 20

/** Bounds of all accesses, and what the text says of open scalars. About a millisecond a kernel. */
export function analyse(unit: ParsedUnit, signature: Signature, setting: Setting): Findings {
  const findings: Findings = {
    objects: signature.parameters.flatMap((parameter, i) => objectBehind(parameter, i) ?? []),
    demands: [],
    overruns: [],
    pending: new Set(),
    powersOfTwo: new Set(),
    indexSources: noSources,
    boundSources: noSources,
    divisorSources: noSources,
    rounds: 1,
    roundSources: noSources,
    compared: new Map(),
    selfNaming: new Set(),
    imageReach: 0,
    wholeImages: new Set(),
  }
  const machine = newMachine(unit, signature, setting, findings)
  for (machine.round = 0; machine.round < mostRounds; machine.round++) {
    findings.demands.length = 0
    findings.overruns.length = 0
    machine.hasNewContents = false
    runKernel(machine, signature)
    if (!machine.hasNewContents) break
  }
  return findings
}

function objectBehind({ name, type }: Parameter, parameter: number): MemoryObject | undefined {
  if (type.kind === 'struct')
    return newObject({ name, parameter, space: 'private', element: type, fixedBytes: type.size })
  if (type.kind !== 'pointer') return undefined
  return newObject({ name, parameter, space: type.space, element: type.to })
}

function newMachine(unit: ParsedUnit, signature: Signature, setting: Setting, findings: Findings): Machine {
  const machine: Machine = {
    unit,
    setting,
    findings,
    state: newState(),
    types: signature.types,
    fileTypes: signature.types,
    scopes: [new Map()],
    frame: { depth: 0, result: undefined, left: undefined },
    breakables: [],
    isRecording: true,
    skipsWhereTrue: false,
    hasNewContents: false,
    round: 0,
    repeats: 1,
    nest: { rounds: 1, sources: noSources },
    steps: 0,
    functions: findFunctions(unit),
    objects: new Map(),
    evaluate: (node) => evaluate(machine, node),
    execute: (node) => execute(machine, node),
    assume: (condition, holds) => assume(machine, condition, holds),
  }
  return machine
}

const knownFunctions = new WeakMap<ParsedUnit, ReadonlyMap<string, SyntaxNode>>()

function findFunctions(unit: ParsedUnit): ReadonlyMap<string, SyntaxNode> {
  const known = knownFunctions.get(unit)
  if (known !== undefined) return known
  const functions = new Map<string, SyntaxNode>()
  for (const { node } of findItems(unit)) {
    const declarator = node.type === 'function_definition' ? functionDeclarator(node) : undefined
    const name = declarator && childOf(declarator, 'declarator')
    if (name !== undefined) functions.set(textOf(unit, name), node)
  }
  knownFunctions.set(unit, functions)
  return functions
}

function runKernel(machine: Machine, { parameters, definition, types }: Signature): void {
  const state = newState()
  Object.assign(machine, {
    state,
    steps: 0,
    repeats: 1,
    nest: { rounds: 1, sources: noSources },
    isRecording: true,
    scopes: [new Map()],
    types: new TypeTable(machine.unit, types),
    frame: { depth: 0, result: undefined, left: undefined },
  })
  for (const { node } of findItems(machine.unit)) {
    if (node.type === 'declaration' && functionDeclarator(node) === undefined) declare(machine, node)
  }
  machine.scopes.push(new Map())
  for (const [i, parameter] of parameters.entries()) {
    const { name, type } = parameter
    const object = type.kind === 'struct' ? machine.findings.objects.find((one) => one.parameter === i) : undefined
    const variable: Variable = { name, type, object }
    declareVariable(machine, variable)
    setValue(state, variable, valueOfParameter(machine, parameter.type, i))
  }
  const body = childOf(definition, 'body')
  if (body !== undefined) machine.execute(body)
}

function valueOfParameter(machine: Machine, type: CType, parameter: number): Value {
  const object = machine.findings.objects.find((one) => one.parameter === parameter)
  if (object !== undefined) return pointerTo(object, type)
  const sources = parameterSource(parameter)
  if (machine.setting.openScalars.has(parameter)) {
    return { type, sources, lo: 1, hi: largestOpen, link: { parameter, scale: 1, offset: 0 } }
  }
  const value = machine.setting.scalars[parameter]
  if (value === undefined) return unknownOf(type, sources)
  return { type, sources, ...exactly(value), link: { parameter, scale: 1, offset: 0 } }
}
