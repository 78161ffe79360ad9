// What holds at a point of the program: bounds of variables, and facts about expressions that a condition has told.

import type { CType } from '../c-types.ts'
import { type Interval, join } from './interval.ts'
import type { MemoryObject } from './memory.ts'
import { joinValues, type Sources, type Value } from './values.ts'

/** A declared name. */
export interface Variable {
  readonly name: string
  readonly type: CType
  /** Where it has an address of its own: arrays, structs, and all that work-items share. */
  readonly object: MemoryObject | undefined
}

/** Bounds of an expression, by its text, for as long as nothing in it changes. */
export interface Fact extends Interval {
  readonly names: ReadonlySet<string>
  readonly readsMemory: boolean
  readonly sources: Sources
}

/** Never changed in place but by its owner; `fork` before branching. */
export interface State {
  readonly values: Map<Variable, Value>
  readonly facts: Map<string, Fact>
}

export function newState(): State {
  return { values: new Map(), facts: new Map() }
}

export function fork(state: State | undefined): State | undefined {
  return state && { values: new Map(state.values), facts: new Map(state.facts) }
}

/** What holds whichever way one came; undefined is a way that cannot be taken. */
export function joinStates(a: State | undefined, b: State | undefined): State | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const joined = newState()
  for (const [variable, value] of a.values) {
    const other = b.values.get(variable)
    if (other !== undefined) joined.values.set(variable, value === other ? value : joinValues(value, other))
  }
  for (const [text, fact] of a.facts) {
    const other = b.facts.get(text)
    if (other !== undefined) joined.facts.set(text, { ...fact, ...join(fact, other) })
  }
  return joined
}

/** Set a variable; what was known of expressions with it holds no more. */
export function setValue(state: State, variable: Variable, value: Value): void {
  state.values.set(variable, value)
  for (const [text, fact] of state.facts) if (fact.names.has(variable.name)) state.facts.delete(text)
}

/** Memory has changed. */
export function forgetMemory(state: State): void {
  for (const [text, fact] of state.facts) if (fact.readsMemory) state.facts.delete(text)
}
