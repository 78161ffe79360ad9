// What a feature space is: a named list of numbers read from a syntax tree or from LLVM IR.
// Values are vectors in the order of `names`; records keyed by name are for people and files.

import type { ParsedUnit } from '../kernels/index.ts'

interface FeatureSpaceInfo {
  /** Unique, kebab-case: `grewe`. */
  readonly id: string
  /** The paper or tool that defines the numbers. */
  readonly source: string
  /** Feature names; their order is the vector's order. */
  readonly names: readonly string[]
  /** Per feature: true where it is a ratio of others and need not be a whole number. */
  readonly ratios: readonly boolean[]
  /**
   * What holds for any kernel, as `SUM = SUM` or `SUM <= SUM` of terms `name`, `2 * name` and numbers. Targets that
   * contradict it are infeasible. Default: nothing is known.
   */
  readonly relations?: readonly string[]
  /** Which ratios are quotients of two counts. Default: none. */
  readonly quotients?: readonly Quotient[]
}

/** `ratio = count / max(per, 1)` */
export interface Quotient {
  readonly ratio: string
  readonly count: string
  readonly per: string
}

/** The features of one function of a unit. */
export interface FunctionFeatures {
  readonly kernel: string
  readonly isKernel: boolean
  /** `[feature]` */
  readonly values: Float64Array
}

/** A space read from the syntax tree. */
export interface SyntaxFeatureSpace extends FeatureSpaceInfo {
  readonly input: 'syntax'
  /** One entry per function with a body, helpers included, in source order. */
  extractUnit(unit: ParsedUnit): readonly FunctionFeatures[]
}

/** A feature that counts blocks of `least` to `most` instructions. */
export interface BlockCount {
  readonly feature: string
  readonly least: number
  readonly most: number
}

/** A space read from LLVM IR. */
export interface IrFeatureSpace extends FeatureSpaceInfo {
  readonly input: 'ir'
  /**
   * Features that count basic blocks by their size, with which edits of a kernel are foreseen better: two of them may
   * fill a block that neither does. Default: none.
   */
  readonly blockCounts?: readonly BlockCount[]
  /** @param ir - a module as LLVM 10 or later prints it; @returns `[feature]`, summed over its functions */
  extractModule(ir: string): Float64Array
}

/** A space of its own. */
export type SingleFeatureSpace = SyntaxFeatureSpace | IrFeatureSpace

/** Several spaces as one: their features one after another, named `grewe:comp`. */
export interface JointFeatureSpace extends FeatureSpaceInfo {
  readonly input: 'joint'
  readonly parts: readonly SingleFeatureSpace[]
}

/** Any feature space; `input` says what it reads. */
export type FeatureSpace = SingleFeatureSpace | JointFeatureSpace

/** Name the values of a vector. @throws {RangeError} when the length does not fit the space */
export function toFeatureRecord(space: FeatureSpace, values: ArrayLike<number>): Record<string, number> {
  if (values.length !== space.names.length) {
    throw new RangeError(`values: expected ${space.names.length} numbers for ${space.id}, received ${values.length}`)
  }
  return Object.fromEntries(space.names.map((name, i) => [name, values[i]]))
}

/** The vector of a record. @throws {RangeError} naming a feature that is missing, not finite or unknown */
export function fromFeatureRecord(space: FeatureSpace, record: Readonly<Record<string, number>>): Float64Array {
  const unknown = Object.keys(record).find((name) => !space.names.includes(name))
  if (unknown !== undefined) throw new RangeError(`record: ${space.id} has no feature '${unknown}'`)
  return Float64Array.from(space.names, (name) => {
    const value = record[name]
    if (!Number.isFinite(value)) throw new RangeError(`record: expected a number for '${name}', received ${value}`)
    return value
  })
}
