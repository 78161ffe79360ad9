// Loops on the abstract machine. While the condition is decided a loop is simply run; from there on bounds are sought
// that hold in every round (Cousot and Cousot 1977). Where they keep growing, they are taken on by as many steps as
// the condition allows for, and then brought back to what the body makes of them.

import type { SyntaxNode } from '../../parse.ts'
import { exactly, join } from './interval.ts'
import type { Breakable, Machine, Nest } from './machine.ts'
import { fork, joinStates, type State, type Variable } from './state.ts'
import { integer, noSources, parameterSource, rangeOf, type Target, type Value } from './values.ts'

export interface Loop {
  readonly condition: SyntaxNode | undefined
  readonly update: SyntaxNode | undefined
  readonly body: SyntaxNode | undefined
  /** Does the body run before the condition is asked? */
  readonly isDo: boolean
}

/** Rounds that are run one by one, and the work in expressions up to which this is done in all. */
const mostUnrolled = 72
const unrollSteps = 12_000
/** Rounds of a loop of which nothing is known. */
const guessedRounds = 16

export function runLoop(machine: Machine, loop: Loop): void {
  const breakable: Breakable = { broken: undefined, continued: undefined, isLoop: true }
  machine.breakables.push(breakable)
  const { repeats, nest } = machine
  if (loop.isDo) runBody(machine, loop, breakable)
  if (!unroll(machine, loop, breakable, repeats)) settle(machine, loop, breakable, repeats)
  machine.repeats = repeats
  machine.nest = nest
  machine.breakables.pop()
  machine.state = joinStates(machine.state, breakable.broken)
}

function runBody(machine: Machine, loop: Loop, breakable: Breakable): void {
  if (loop.body !== undefined) machine.execute(loop.body)
  machine.state = joinStates(machine.state, breakable.continued)
  breakable.continued = undefined
  if (loop.update !== undefined && machine.state !== undefined) machine.evaluate(loop.update)
}

/** @returns whether the loop has ended */
function unroll(machine: Machine, loop: Loop, breakable: Breakable, repeats: number): boolean {
  const { nest } = machine
  for (let round = 0; machine.state !== undefined; round++) {
    const asked = loop.condition === undefined ? integer(exactly(1)) : ask(machine, loop.condition)
    if (asked.lo === 0 && asked.hi === 0) return true
    if (asked.lo <= 0 || round >= mostUnrolled || machine.steps > unrollSteps) return false
    machine.repeats = repeats * (round + 1)
    enterNest(machine, nest, round + 1, asked)
    runBody(machine, loop, breakable)
  }
  return true
}

function ask(machine: Machine, condition: SyntaxNode): Value {
  const value = machine.evaluate(condition)
  machine.findings.boundSources |= value.sources
  return value
}

/** Find bounds that hold at the head, then run the body once for all rounds. */
function settle(machine: Machine, loop: Loop, breakable: Breakable, repeats: number): void {
  const { isRecording } = machine
  const { broken } = breakable
  const base = machine.state
  machine.isRecording = false
  const { head, rounds } = findHead(machine, loop, breakable, base)
  machine.isRecording = isRecording
  breakable.broken = broken
  machine.repeats = repeats * Math.min(rounds, 1 << 20)
  machine.state = fork(head)
  enterNest(machine, machine.nest, rounds, enter(machine, loop))
  runBody(machine, loop, breakable)
  machine.state = fork(head)
  if (loop.condition !== undefined) {
    machine.evaluate(loop.condition)
    machine.assume(loop.condition, false)
  } else machine.state = undefined
}

/** @returns what the condition gives, if there is one */
function enter(machine: Machine, loop: Loop): Value | undefined {
  if (loop.condition === undefined) return undefined
  const value = ask(machine, loop.condition)
  machine.assume(loop.condition, true)
  return value
}

/** Rounds of a loop that data ends are not counted: nobody can tell them. */
function enterNest(machine: Machine, outer: Nest, rounds: number, asked: Value | undefined): void {
  const { findings, isRecording } = machine
  const isByData = findings.objects.some(
    ({ parameter }) => parameter !== undefined && ((asked?.sources ?? 0) & parameterSource(parameter)) !== 0,
  )
  if (asked === undefined || isByData) return
  machine.nest = { rounds: outer.rounds * rounds, sources: outer.sources | asked.sources }
  if (!isRecording || machine.nest.rounds <= findings.rounds) return
  findings.rounds = machine.nest.rounds
  findings.roundSources = machine.nest.sources
}

interface Head {
  readonly head: State | undefined
  readonly rounds: number
}

function findHead(machine: Machine, loop: Loop, breakable: Breakable, base: State | undefined): Head {
  let head = base
  for (let round = 0; round < 3; round++) {
    const next = joinStates(fork(head), roundOf(machine, loop, breakable, head))
    // Where bounds are the same the sources may still be more.
    if (head === undefined || next === undefined || covers(head, next)) return { head: next, rounds: round + 1 }
    if (round === 2) return takeOn(machine, loop, breakable, { base: base ?? head, head, next })
    head = next
  }
  return { head, rounds: guessedRounds }
}

/** The state after one round from a head. */
function roundOf(machine: Machine, loop: Loop, breakable: Breakable, head: State | undefined): State | undefined {
  machine.state = fork(head)
  enter(machine, loop)
  runBody(machine, loop, breakable)
  return machine.state
}

function covers(head: State, next: State): boolean {
  for (const [variable, value] of head.values) {
    const other = next.values.get(variable)
    if (other !== undefined && grows(value, other)) return false
  }
  return true
}

function grows(from: Value, to: Value): boolean {
  if (to.lo < from.lo || to.hi > from.hi) return true
  return (to.targets ?? []).some((target) => {
    const known = (from.targets ?? []).find(({ object, field }) => object === target.object && field === target.field)
    return known === undefined || target.lo < known.lo || target.hi > known.hi
  })
}

const noBound = { sources: noSources }

interface Growth {
  readonly base: State
  readonly head: State
  readonly next: State
}

function takeOn(machine: Machine, loop: Loop, breakable: Breakable, growth: Growth): Head {
  const { base, head, next } = growth
  const growing = new Set<Variable>()
  const widened: State = { values: new Map(next.values), facts: new Map(next.facts) }
  for (const [variable, value] of next.values) {
    const from = head.values.get(variable)
    if (from === undefined || !grows(from, value)) continue
    growing.add(variable)
    widened.values.set(variable, widen(from, value))
  }
  const rounds = countRounds(machine, loop, growth, widened, growing)
  const { sources } = loop.condition === undefined ? noBound : machine.evaluate(loop.condition)
  let found = widened
  if (rounds < Number.POSITIVE_INFINITY) {
    const values = new Map(widened.values)
    for (const variable of growing) {
      const value = advance(growth, variable, rounds, widened)
      values.set(variable, { ...value, sources: value.sources | sources })
    }
    found = { values, facts: widened.facts }
  }
  for (let pass = 0; pass < 2; pass++) {
    const end = joinStates(fork(base), roundOf(machine, loop, breakable, found))
    if (end !== undefined) found = tighten(found, end, growing)
  }
  return { head: found, rounds: Math.min(rounds, 1e6) === rounds ? rounds : guessedRounds }
}

/** Ends that grew, taken to the end of what the type holds. */
function widen(from: Value, to: Value): Value {
  const range = rangeOf(to.type)
  return {
    ...to,
    lo: to.lo < from.lo ? Math.min(range.lo, to.lo) : to.lo,
    hi: to.hi > from.hi ? Math.max(range.hi, to.hi) : to.hi,
    link: undefined,
    targets: to.targets?.map((target, i) => {
      const known = from.targets?.[i]
      return known === undefined || (known.lo <= target.lo && known.hi >= target.hi)
        ? target
        : { ...target, hi: target.hi > known.hi ? Number.POSITIVE_INFINITY : target.hi }
    }),
  }
}

/** How often the body runs at most, by the growing variable that the condition bounds first. */
function countRounds(
  machine: Machine,
  loop: Loop,
  { base, head, next }: Growth,
  widened: State,
  growing: ReadonlySet<Variable>,
): number {
  machine.state = fork(widened)
  machine.assume(loop.condition, true)
  let rounds = Number.POSITIVE_INFINITY
  for (const variable of growing) {
    const [first, from, to] = [base, head, next].map((state) => state.values.get(variable))
    const [wide, bounded] = [widened.values.get(variable), machine.state?.values.get(variable)]
    if (!first || !from || !to || !wide || !bounded) continue
    if (bounded.hi < wide.hi) rounds = Math.min(rounds, Math.ceil((bounded.hi + 1 - first.lo) / (to.hi - from.hi)))
    if (bounded.lo > wide.lo) rounds = Math.min(rounds, Math.ceil((first.hi + 1 - bounded.lo) / (from.lo - to.lo)))
  }
  return Math.max(rounds, 1)
}

/** Where a variable is after so many rounds, each of which takes it as far as the last one did. */
function advance({ base, head, next }: Growth, variable: Variable, rounds: number, widened: State): Value {
  const [first, from, to, wide] = [base, head, next, widened].map((state) => state.values.get(variable))
  if (!first || !from || !to || !wide) return (wide ?? to ?? from ?? first) as Value
  const ends = (a: Span, b: Span, c: Span): Span => ({
    lo: Math.min(c.lo, a.lo - (b.lo - c.lo) * rounds),
    hi: Math.max(c.hi, a.hi + (c.hi - b.hi) * rounds),
  })
  const { lo, hi } = ends(first, from, to)
  const targets = to.targets?.map((target: Target, i) => {
    const [a, b] = [first.targets?.[i], from.targets?.[i]]
    return a === undefined || b === undefined ? target : { ...target, ...ends(a, b, target) }
  })
  return { ...wide, lo: Math.max(lo, wide.lo), hi: Math.min(hi, wide.hi), targets }
}

interface Span {
  readonly lo: number
  readonly hi: number
}

/** Growing variables get no further than found, all others as far as the body takes them. */
function tighten(found: State, end: State, growing: ReadonlySet<Variable>): State {
  const values = new Map(found.values)
  for (const [variable, value] of found.values) {
    const reached = end.values.get(variable)
    if (reached === undefined) continue
    if (!growing.has(variable))
      values.set(variable, { ...value, ...join(value, reached), targets: reached.targets ?? value.targets })
    else {
      const lo = Math.max(value.lo, reached.lo)
      const hi = Math.min(value.hi, reached.hi)
      if (lo <= hi) values.set(variable, { ...value, lo, hi })
    }
  }
  return { values, facts: found.facts }
}
