// The groups that are made here. A new one is a file and a line.

import { clsmith } from './clsmith.ts'
import { corpus } from './corpus.ts'
import { givenGroup } from './given.ts'
import type { Group } from './group.ts'
import { mutate } from './mutate/mutate.ts'
import { leftToRight } from './sampled.ts'
import { directed, full, undirected } from './searched.ts'

/** In the order of reports: rivals first. */
export const builtInGroups: readonly Group[] = [corpus, clsmith, mutate, leftToRight, undirected, directed, full]

/** Names a group so that another process finds it. */
export type GroupSpec =
  | { readonly kind: 'built-in'; readonly name: string }
  | { readonly kind: 'given'; readonly name: string; readonly path: string }

/** Is nothing in a group random? Of groups that are not known, too: records may name them. */
export function isDeterministic({ kind, name }: Pick<GroupSpec, 'kind' | 'name'>): boolean {
  return kind === 'built-in' && builtInGroups.some((group) => group.name === name && group.isDeterministic)
}

/** @throws {RangeError} naming the groups that there are */
export function groupOf(spec: GroupSpec): Group {
  if (spec.kind === 'given') return givenGroup(spec.name, spec.path)
  const found = builtInGroups.find(({ name }) => name === spec.name)
  if (found !== undefined) return found
  const known = builtInGroups.map(({ name }) => name).join(', ')
  throw new RangeError(`--groups: expected some of ${known}, received '${spec.name}'; others are given with --group`)
}
