// Notes what the text says about scalars whose value is still open, wherever they meet a value that is known.

import type { DemandKind } from './findings.ts'
import { type Interval, isExact } from './interval.ts'
import type { Machine } from './machine.ts'
import { anyItem, localSource, noSources, parameterSource, type Sources, type Stride, type Value } from './values.ts'

const itemSources: Sources = anyItem | localSource(0) | localSource(1) | localSource(2)

/** Is the value of this parameter still open? */
export function isOpen(machine: Machine, parameter: number): boolean {
  return machine.setting.openScalars.has(parameter)
}

/** Does a value depend on an open scalar? */
function isUnsettled(machine: Machine, value: Value): boolean {
  for (const parameter of machine.setting.openScalars) {
    if ((value.sources & parameterSource(parameter)) !== 0) return true
  }
  return false
}

/** A comparison of anything with an open scalar, or of data with a known value. */
export function noteComparison(machine: Machine, operator: string, left: Value, right: Value): void {
  noteCompared(machine, left, right)
  noteCompared(machine, right, left)
  note(machine, operator, right, left)
  note(machine, mirrored[operator] ?? operator, left, right)
}

/** Of one parameter: so many values that its data is compared with are remembered. */
const mostCompared = 16

function noteCompared({ findings, isRecording }: Machine, data: Value, { lo, hi }: Value): void {
  if (!isRecording || lo !== hi || !Number.isFinite(lo)) return
  for (const { parameter } of findings.objects) {
    if (parameter === undefined || (data.sources & parameterSource(parameter)) === 0) continue
    const known = findings.compared.get(parameter) ?? new Set()
    if (known.size < mostCompared) findings.compared.set(parameter, known.add(lo))
  }
}

const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** An id that is to be greater than the parameter, for anything to happen. */
function isFloor(machine: Machine, operator: string): boolean {
  return machine.skipsWhereTrue ? operator.startsWith('<') : operator.startsWith('>')
}

/** `other operator parameter`. */
function note(machine: Machine, operator: string, { link }: Value, other: Value): void {
  if (!machine.isRecording || link === undefined || !isOpen(machine, link.parameter) || link.scale === 0) return
  if (isUnsettled(machine, other)) {
    machine.findings.pending.add(link.parameter)
    return
  }
  const isEquality = operator === '==' || operator === '!='
  const isItem = (other.sources & itemSources) !== 0
  // Two scalars that are compared are not meant to be the same.
  if (isEquality && isExact(other) && other.sources !== noSources) return
  const kind: DemandKind = isItem
    ? isEquality || isFloor(machine, operator)
      ? 'index'
      : 'count'
    : isExact(other)
      ? isEquality
        ? 'choice'
        : 'bound'
      : 'threshold'
  const top = kind === 'count' ? other.hi + 1 : other.hi
  const ends = [(other.lo - link.offset) / link.scale, (top - link.offset) / link.scale]
  const value = { lo: Math.min(...ends), hi: Math.max(...ends) }
  machine.findings.demands.push({ parameter: link.parameter, kind, value })
}

/** A scalar as divisor, shift or mask. */
export function noteOperands(machine: Machine, operator: string, left: Value, right: Value): void {
  if (!machine.isRecording) return
  const { findings } = machine
  if (operator === '/' || operator === '%') {
    findings.divisorSources |= right.sources
    if ((left.sources & itemSources) === 0) demand(machine, right, 'divisor', left)
    else if (!isUnsettled(machine, left)) demand(machine, right, 'row', { lo: left.lo, hi: left.hi + 1 })
  }
  if (operator === '<<' || operator === '>>') demand(machine, right, 'shift', left)
  for (const { link } of [left, right]) {
    if (link === undefined) continue
    const isMask = operator === '&' && link.offset === -1
    if (isMask || operator === '^') findings.powersOfTwo.add(link.parameter)
  }
}

function demand(machine: Machine, { link }: Value, kind: DemandKind, value: Interval): void {
  if (link === undefined || !isOpen(machine, link.parameter)) return
  machine.findings.demands.push({ parameter: link.parameter, kind, value })
}

/**
 * What is known of `x · parameter + rest` as a place in a table of rows: the parameter must exceed the rest, or else
 * rows overlap.
 */
export function noteStride(machine: Machine, operator: string, left: Value, right: Value): Stride | undefined {
  if (operator === '*') {
    const factor = [left, right].find(({ link }) => link !== undefined && isOpen(machine, link.parameter))
    const other = factor === left ? right : left
    return factor?.link === undefined || isExact(other) ? undefined : { parameter: factor.link.parameter, rest: 0 }
  }
  if (operator !== '+') return undefined
  const [term, other] = right.stride === undefined ? [left, right] : [right, left]
  if (term.stride === undefined) return undefined
  if (isUnsettled(machine, other)) {
    machine.findings.pending.add(term.stride.parameter)
    return term.stride
  }
  const stride = { parameter: term.stride.parameter, rest: term.stride.rest + Math.max(0, other.hi) }
  if (machine.isRecording && !isExact(other)) {
    const value = { lo: stride.rest + 1, hi: stride.rest + 1 }
    machine.findings.demands.push({ parameter: stride.parameter, kind: 'stride', value })
  }
  return stride
}
