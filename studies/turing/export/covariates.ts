// What could give a kernel away without being read: its size, its layout, and its features. Groups are matched by these,
// and the leak audit tries to tell them apart by them.

import { grewe, measureKernel, toFeatureRecord } from '../../../features/index.ts'
import type { ParsedUnit } from '../../../kernels/index.ts'

/** Numbers that a glance at the shape of a text tells. */
export const layoutNames = [
  'tokens',
  'lines',
  'characters',
  'longestLine',
  'meanLine',
  'deepestIndent',
  'functions',
  'parameters',
  'shortLines',
] as const

/** Numbers that take a look at what it does. */
export const contentNames = ['comp', 'mem', 'localmem', 'coalesced', 'atomic', 'rational', 'branches', 'loops'] as const

export type CovariateName = (typeof layoutNames)[number] | (typeof contentNames)[number]

/** All numbers of a kernel, by name. */
export type Covariates = Readonly<Record<CovariateName, number>>

export const covariateNames: readonly CovariateName[] = [...layoutNames, ...contentNames]

/**
 * @param unit - a kernel in normal form, parsed
 * @param tokens - its tokens
 * @returns undefined where it has no kernel to measure
 */
export function covariatesOf(unit: ParsedUnit, tokens: readonly string[]): Covariates | undefined {
  const values = measureKernel(grewe, unit, '')
  if (values === undefined) return undefined
  const { comp, mem, localmem, coalesced, atomic, rational } = toFeatureRecord(grewe, values)
  const lines = unit.source.trimEnd().split('\n')
  const lengths = lines.map((line) => line.trim().length)
  const count = (...words: readonly string[]): number => tokens.filter((token) => words.includes(token)).length
  return {
    ...{ tokens: tokens.length, lines: lines.length, characters: unit.source.length },
    longestLine: Math.max(...lines.map((line) => line.length)),
    meanLine: lengths.reduce((sum, length) => sum + length, 0) / lengths.length,
    deepestIndent: Math.max(...lines.map((line) => line.search(/\S|$/))),
    functions: new Set(tokens.filter((token) => /^f\d+$/.test(token))).size,
    parameters: new Set(tokens.filter((token) => /^p\d+$/.test(token))).size,
    shortLines: lengths.filter((length) => length <= 1).length,
    ...{ comp, mem, localmem, coalesced, atomic, rational },
    branches: count('if', 'else', '?', 'case'),
    loops: count('for', 'while'),
  }
}
