// The feature spaces that ship, and spaces that users load from a module of their own.

import { isAbsolute, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { closest } from 'fastest-levenshtein'
import { autophase } from './autophase.ts'
import { grewe } from './grewe.ts'
import { instcount } from './instcount.ts'
import type { BlockCount, SingleFeatureSpace } from './space.ts'

/** Add a space here, and nowhere else. */
export const featureSpaces: readonly SingleFeatureSpace[] = [grewe, instcount, autophase]

/** @throws {RangeError} naming the known spaces and the nearest name */
export function findFeatureSpace(id: string): SingleFeatureSpace {
  const found = featureSpaces.find((space) => space.id === id)
  if (found !== undefined) return found
  const ids = featureSpaces.map((space) => space.id)
  throw new RangeError(
    `space: expected one of ${ids.join(', ')}, received '${id}'; did you mean '${closest(id, ids)}'?`,
  )
}

/**
 * The space that a user names: the id of one that ships, or the path of a module that exports one.
 * @throws as `findFeatureSpace` and `loadFeatureSpace`
 */
export async function resolveFeatureSpace(name: string): Promise<SingleFeatureSpace> {
  return /[./]/.test(name) ? loadFeatureSpace(name) : findFeatureSpace(name)
}

/**
 * Load a space from a module that exports it as `featureSpace`.
 * @param path - of an ES module, absolute or relative to the working directory; its code runs with your rights
 * @throws {TypeError} naming what the export lacks, or the module that cannot be loaded (see `cause`)
 */
export async function loadFeatureSpace(path: string): Promise<SingleFeatureSpace> {
  const url = pathToFileURL(isAbsolute(path) ? path : resolve(path)).href
  let module: { readonly featureSpace?: unknown }
  try {
    module = (await import(url)) as { readonly featureSpace?: unknown }
  } catch (cause) {
    throw new TypeError(`path: cannot load the feature space module '${path}'`, { cause })
  }
  return checkFeatureSpace(module.featureSpace, path)
}

function checkFeatureSpace(value: unknown, path: string): SingleFeatureSpace {
  const space = (value ?? {}) as Partial<Record<string, unknown>>
  const fail = (expected: string): never => {
    throw new TypeError(`path: '${path}' must export \`featureSpace\` with ${expected}`)
  }
  if (typeof space.id !== 'string' || !/^[a-z][a-z0-9-]*$/.test(space.id)) fail('an `id` in kebab-case')
  if (typeof space.source !== 'string') fail('a `source`')
  const { names, ratios } = space
  if (!Array.isArray(names) || names.length === 0 || names.some((name) => typeof name !== 'string')) fail('`names`')
  if (new Set(names as string[]).size !== (names as string[]).length) fail('`names` that differ from each other')
  if (!Array.isArray(ratios) || ratios.length !== (names as string[]).length) fail('as many `ratios` as `names`')
  if (space.input === 'syntax' && typeof space.extractUnit !== 'function') fail('`extractUnit`, as its input is syntax')
  if (space.input === 'ir' && typeof space.extractModule !== 'function') fail('`extractModule`, as its input is ir')
  const { blockCounts = [] } = space
  const isCount = (one: Partial<BlockCount>): boolean =>
    (names as string[]).includes(one.feature ?? '') && Number(one.least) <= Number(one.most)
  if (!Array.isArray(blockCounts) || !blockCounts.every(isCount)) {
    fail('`blockCounts` of features that are among its `names`, with `least` and `most` instructions')
  }
  if (space.input !== 'syntax' && space.input !== 'ir') fail("`input` 'syntax' or 'ir'")
  return value as SingleFeatureSpace
}
