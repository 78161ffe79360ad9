// Several feature spaces as one, and what any space says of a kernel.

import type { ParsedUnit } from '../kernels/index.ts'
import type { FeatureSpace, SingleFeatureSpace } from './space.ts'

/**
 * One space of all features of several; of a single one, that space itself.
 * @param spaces - one or more, each once
 * @throws {RangeError} naming a space that is given twice
 */
export function joinSpaces(spaces: readonly FeatureSpace[]): FeatureSpace {
  const parts = spaces.flatMap((space) => partsOf(space))
  const ids = parts.map(({ id }) => id)
  const twice = ids.find((id, i) => ids.indexOf(id) < i)
  if (twice !== undefined) throw new RangeError(`space: ${twice} is given twice`)
  if (spaces.length === 1) return spaces[0]
  return {
    id: ids.join('+'),
    source: parts.map(({ source }) => source).join('; '),
    names: parts.flatMap(({ id, names }) => names.map((name) => `${id}:${name}`)),
    ratios: parts.flatMap(({ ratios }) => ratios),
    input: 'joint',
    parts,
  }
}

/** The spaces that a space is made of: itself, unless several were joined. */
export function partsOf(space: FeatureSpace): readonly SingleFeatureSpace[] {
  return space.input === 'joint' ? space.parts : [space]
}

/** The vector of a space from those of its parts. */
export function joinValues(space: FeatureSpace, values: Readonly<Record<string, Float64Array>>): Float64Array {
  const parts = partsOf(space).map(({ id }) => values[id])
  return parts.length === 1 ? parts[0] : Float64Array.from(parts.flatMap((part) => [...part]))
}

/** Does it take the compiler to measure a kernel? */
export function needsIr(space: FeatureSpace): boolean {
  return partsOf(space).some(({ input }) => input === 'ir')
}

/**
 * The features of the last kernel of a unit.
 * @param unit - holds that kernel and nothing it does not need
 * @param ir - of the unit; may be empty where the space does not need it
 * @returns `[feature]`, or undefined where the unit has no kernel
 */
export function measureKernel(space: FeatureSpace, unit: ParsedUnit, ir: string): Float64Array | undefined {
  switch (space.input) {
    case 'syntax':
      return space.extractUnit(unit).findLast(({ isKernel }) => isKernel)?.values
    case 'ir':
      return space.extractModule(ir)
    case 'joint': {
      const values = space.parts.map((part) => measureKernel(part, unit, ir))
      return values.includes(undefined) ? undefined : Float64Array.from(values.flatMap((part) => [...(part ?? [])]))
    }
  }
}
