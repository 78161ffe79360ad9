// Can any kernel be at a target? Asked of what the spaces know of their features, by integer programming: a target that
// passes may still be out of reach, one that fails is. Every refusal comes with the nearest point that passes.

import { type Coefficients, type Constraint, solve } from 'yalps'
import { type LinearSum, type Quotient, quotientsOf, type Relation, relationsOf } from '../../features/index.ts'
import type { Target } from './target.ts'

/** Whether a target contradicts itself. */
export type Feasibility =
  /** `target`: ratios that were rounded are made exact. */
  | { readonly isFeasible: true; readonly target: Target }
  /** `nearest`: consistent; the sum of all changes is the least. */
  | { readonly isFeasible: false; readonly reasons: readonly string[]; readonly nearest: Target }

/** Ratios may be rounded: off by this share they are meant. */
const tolerance = 0.015
/** Values of a divisor that are tried where it is not given as one. */
const mostDivisors = 200
/** Values of a count that are tried for what they tell of the divisor, where it is not given as one. */
const mostCounts = 8
/** Sums with more terms are printed by their ends. */
const longSum = 6
/** Of one program. One that takes longer proves nothing, and counts as passed. */
const timeoutMs = 2000

/** @throws {RangeError} for a space whose relations cannot be read */
export function checkFeasibility(target: Target): Feasibility {
  const problem = new Problem(target)
  const faults = problem.findFaults()
  if (faults.length === 0 && problem.isConsistent(problem.laws)) {
    return { isFeasible: true, target: withExactRatios(target) }
  }
  const reasons = faults.length > 0 ? faults : problem.findConflict().map((law) => problem.explain(law))
  return { isFeasible: false, reasons, nearest: withExactRatios(problem.nearest()) }
}

/** What may be contradicted. */
type Law = Relation | Quotient

/** What a target says of one feature. */
interface Range {
  readonly low: number
  readonly high: number
}

interface Solution {
  readonly values: ReadonlyMap<string, number>
  /** Sum of all changes. */
  readonly cost: number
}

class Problem {
  readonly laws: readonly Law[]
  readonly #target: Target
  readonly #given = new Map<string, Range>()
  readonly #isRatio: (name: string) => boolean

  constructor(target: Target) {
    const { space, values, upper = values } = target
    this.#target = target
    this.#isRatio = (name) => space.ratios[space.names.indexOf(name)]
    for (const [i, name] of space.names.entries()) {
      if (!Number.isNaN(values[i])) this.#given.set(name, { low: values[i], high: upper[i] })
    }
    this.laws = [...relationsOf(space), ...quotientsOf(space).filter(({ ratio }) => this.#given.has(ratio))]
  }

  /** Values that no feature has. */
  findFaults(): string[] {
    return [...this.#given].flatMap(([name, { low, high }]) => {
      if (high < 0) return [`${name}: expected 0 or more, received ${high}`]
      const isOff = !this.#isRatio(name) && Math.ceil(Math.max(low, 0)) > high
      return isOff ? [`${name}: a count is a whole number, received ${low === high ? low : `${low}..${high}`}`] : []
    })
  }

  /** Can all laws hold at once? */
  isConsistent(laws: readonly Law[]): boolean {
    return this.#divisorsOf(laws).some((divisors) => this.#solve(laws, divisors, false) !== undefined)
  }

  /** Laws that cannot hold at once, and could without any one of them. */
  findConflict(): readonly Law[] {
    return this.laws.reduce((kept: readonly Law[], law) => {
      const others = kept.filter((other) => other !== law)
      return this.isConsistent(others) ? kept : others
    }, this.laws)
  }

  /** The law, and what the target has in its place. */
  explain(law: Law): string {
    if ('ratio' in law) {
      const { ratio, count, per } = law
      return `${ratio} = ${count} / ${per}, but ${this.#state([ratio, count, per])}`
    }
    const { left, right, isEquality } = law
    const text = `${textOf(left)} ${isEquality ? '=' : '<='} ${textOf(right)}`
    const names = [...left.factors.keys(), ...right.factors.keys()]
    if (names.length <= longSum) return `${text}, but ${this.#state(names)}`
    const sums = [left, right].map((sum) => this.#sum(sum))
    return `${text}, but the sums are ${sums.join(' and ')}`
  }

  nearest(): Target {
    const solutions = this.#divisorsOf(this.laws).flatMap((divisors) => this.#solve(this.laws, divisors, true) ?? [])
    const none: Solution = { values: new Map(), cost: Infinity }
    const best = solutions.reduce((a, b) => (b.cost < a.cost ? b : a), none)
    const { space, values, upper = values } = this.#target
    const ends = (own: Float64Array): Float64Array =>
      own.map((value, i) => {
        const found = best.values.get(space.names[i])
        const isOutside = found !== undefined && (found < values[i] || found > upper[i]) // NaN: not given
        return isOutside ? found : value
      })
    const isPoint = this.#target.upper === undefined
    return { ...this.#target, values: ends(values), ...(isPoint ? {} : { upper: ends(upper) }) }
  }

  #state(names: readonly string[]): string {
    const known = names.flatMap((name) => {
      const range = this.#given.get(name)
      return range === undefined ? [] : [`${name} is ${rangeText(range)}`]
    })
    return known.join(', ')
  }

  #sum({ factors, constant }: LinearSum): string {
    const total: { low: number; high: number } = { low: constant, high: constant }
    for (const [name, factor] of factors) {
      const { low, high } = this.#given.get(name) ?? { low: 0, high: Infinity }
      total.low += factor * Math.max(low, 0)
      total.high += factor * high
    }
    return rangeText(total)
  }

  /** Values of the counts that ratios are per: given ones, near what the ratios tell, or small. */
  #divisorsOf(laws: readonly Law[]): ReadonlyMap<string, number>[] {
    const quotients = laws.filter((law) => 'ratio' in law)
    const divisors = [...new Set(quotients.map(({ per }) => per))]
    return divisors.reduce<Map<string, number>[]>(
      (combinations, per) => {
        const told = quotients.flatMap((quotient) => (quotient.per === per ? this.#divisorsTold(quotient) : []))
        const { low, high } = this.#given.get(per) ?? { low: 0, high: Infinity }
        const first = Math.ceil(Math.max(low, 0))
        const usual = Array.from({ length: mostDivisors }, (_, i) => first + i).filter((value) => value <= high)
        const values = [...new Set([...usual, ...told, Math.max(0, Math.round(low === -Infinity ? 0 : low))])]
        return combinations.flatMap((known) => values.map((value) => new Map([...known, [per, value]])))
      },
      [new Map()],
    )
  }

  /** A small ratio needs a divisor that is far from any small number. */
  #divisorsTold({ ratio, count, per }: Quotient): number[] {
    const [wanted, divisor] = [this.#given.get(ratio), this.#given.get(per)]
    if (wanted === undefined) return []
    const { low, high } = this.#given.get(count) ?? { low: 0, high: Infinity }
    if (divisor !== undefined && divisor.low === divisor.high && low !== high) return []
    const first = Math.max(Math.ceil(Math.max(low, 0)), low === high ? 0 : 1)
    const counts = Array.from({ length: mostCounts }, (_, i) => first + i).filter((value) => value <= high)
    const ends = [wanted.low, wanted.high].filter((end) => end > 0 && Number.isFinite(end))
    return counts.flatMap((value) => ends.flatMap((end) => [Math.floor(value / end), Math.ceil(value / end)]))
  }

  /** @param isSoft - may what is given be changed? */
  #solve(laws: readonly Law[], divisors: ReadonlyMap<string, number>, isSoft: boolean): Solution | undefined {
    const program = new Program()
    for (const [name, value] of divisors) program.bound(name, { low: value, high: value })
    for (const law of laws) {
      if ('ratio' in law) this.#addQuotient(program, law, divisors.get(law.per) ?? 1, isSoft)
      else program.relate(law)
    }
    for (const [name, range] of this.#given) {
      if (laws.some((law) => 'ratio' in law && law.ratio === name)) continue
      if (isSoft) program.prefer(name, range)
      else program.bound(name, range)
    }
    return program.solve((name) => !this.#isRatio(name))
  }

  #addQuotient(program: Program, { ratio, count }: Quotient, divisor: number, isSoft: boolean): void {
    const { low, high } = this.#given.get(ratio) ?? { low: 0, high: Infinity }
    const by = Math.max(divisor, 1)
    if (isSoft) {
      program.relate({ left: sumOf([[count, 1]]), right: sumOf([[ratio, by]]), isEquality: true })
      program.prefer(ratio, { low, high })
    } else program.bound(count, { low: low * by * (1 - tolerance), high: high * by * (1 + tolerance) })
  }
}

/** An integer program over features, which are never negative. */
class Program {
  readonly #constraints = new Map<string, Constraint>()
  readonly #variables = new Map<string, Map<string, number>>()
  readonly #features = new Set<string>()

  /** Must be within. */
  bound(name: string, range: Range): void {
    this.#constrain(limitsOf(range), [[this.#feature(name), 1]])
  }

  /** Should be within: what it is outside costs. */
  prefer(name: string, range: Range): void {
    const { min, max } = limitsOf(range)
    const feature = this.#feature(name)
    if (min !== undefined)
      this.#constrain({ min }, [
        [feature, 1],
        [this.#change(`${name} raised`), 1],
      ])
    if (max !== undefined)
      this.#constrain({ max }, [
        [feature, 1],
        [this.#change(`${name} lowered`), -1],
      ])
  }

  relate({ left, right, isEquality }: Pick<Relation, 'left' | 'right' | 'isEquality'>): void {
    const factors = new Map<string, number>()
    for (const [name, factor] of left.factors) factors.set(name, (factors.get(name) ?? 0) + factor)
    for (const [name, factor] of right.factors) factors.set(name, (factors.get(name) ?? 0) - factor)
    const rest = right.constant - left.constant
    const terms = [...factors].map(([name, factor]) => [this.#feature(name), factor] as const)
    this.#constrain(isEquality ? { equal: rest } : { max: rest }, terms)
  }

  /** @returns undefined where there is no solution */
  solve(isInteger: (name: string) => boolean): Solution | undefined {
    const { status, result, variables } = solve(
      {
        direction: 'minimize',
        objective: 'cost',
        constraints: this.#constraints,
        variables: this.#variables as Map<string, Coefficients>,
        integers: [...this.#features].filter(isInteger),
      },
      { includeZeroVariables: true, timeout: timeoutMs },
    )
    if (status === 'infeasible') return undefined
    const values = variables.filter(([name]) => this.#features.has(name))
    return { values: new Map(values), cost: Number.isNaN(result) ? Infinity : result }
  }

  #constrain(constraint: Constraint, terms: readonly (readonly [variable: string, factor: number])[]): void {
    const key = `#${this.#constraints.size}`
    this.#constraints.set(key, constraint)
    for (const [variable, factor] of terms) this.#variables.get(variable)?.set(key, factor)
  }

  #feature(name: string): string {
    this.#features.add(name)
    if (!this.#variables.has(name)) this.#variables.set(name, new Map())
    return name
  }

  #change(name: string): string {
    this.#variables.set(name, new Map([['cost', 1]]))
    return name
  }
}

/** Ratios whose count and divisor are given as points follow from them. */
function withExactRatios(target: Target): Target {
  const { space, values, upper = values } = target
  const at = (name: string): number => space.names.indexOf(name)
  const exact = new Map<number, number>()
  for (const { ratio, count, per } of quotientsOf(space)) {
    const [own, by] = [at(count), at(per)]
    if (values[own] === upper[own] && values[by] === upper[by] && !Number.isNaN(values[at(ratio)])) {
      exact.set(at(ratio), values[own] / Math.max(values[by], 1))
    }
  }
  const replace = (ends: Float64Array): Float64Array => ends.map((end, i) => exact.get(i) ?? end)
  return { ...target, values: replace(values), ...(target.upper === undefined ? {} : { upper: replace(upper) }) }
}

function limitsOf({ low, high }: Range): { min?: number; max?: number } {
  return { ...(low > 0 ? { min: low } : {}), ...(Number.isFinite(high) ? { max: high } : {}) }
}

function sumOf(factors: readonly (readonly [string, number])[]): LinearSum {
  return { factors: new Map(factors), constant: 0 }
}

function textOf({ factors, constant }: LinearSum): string {
  const terms = [...factors].map(([name, factor]) => (factor === 1 ? name : `${factor} * ${name}`))
  if (constant !== 0) terms.push(String(constant))
  return terms.length <= longSum ? terms.join(' + ') : `${terms[0]} + ${terms[1]} + … + ${terms[terms.length - 1]}`
}

function rangeText({ low, high }: Range): string {
  if (low === high) return String(low)
  return `${Number.isFinite(low) ? low : ''}..${Number.isFinite(high) ? high : ''}`
}
