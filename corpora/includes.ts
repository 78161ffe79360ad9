// Resolves `#include` of mined sources within their repository: puts the text of the file in place of the line.
// Includes that the repository lacks are blanked. Works on lines, so an include in a comment or a false `#if` counts.

import { posix } from 'node:path'

const includeLine = /^[ \t]*#[ \t]*include[ \t]*["<]([^">\n]+)[">].*$/gm

/** Maps the basename of every file to the paths that end in it, to look includes up quickly. */
export function indexByBasename(paths: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>()
  for (const path of paths) {
    const name = posix.basename(path)
    const known = index.get(name)
    if (known === undefined) index.set(name, [path])
    else known.push(path)
  }
  return index
}

/**
 * The text of a file with each resolvable include replaced by the included text (each file once, as if guarded) and
 * the others blanked. Nearest file wins: the one that shares the longest folder prefix with the including file.
 * @returns empty for a file that is not there
 */
export function inlineIncludes(
  path: string,
  files: ReadonlyMap<string, string>,
  index: ReadonlyMap<string, readonly string[]>,
): string {
  const visited = new Set([path])
  const expand = (current: string, depth: number): string =>
    (files.get(current) ?? '').replace(includeLine, (_line, target: string) => {
      const found = resolveInclude(current, target, index)
      if (found === undefined || visited.has(found) || depth > 20) return ''
      visited.add(found)
      return `${expand(found, depth + 1)}\n`
    })
  return expand(path, 0)
}

function resolveInclude(
  from: string,
  target: string,
  index: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const folder = posix.dirname(from)
  const beside = posix.normalize(posix.join(folder, target))
  const tail = target.replace(/^(?:\.{1,2}\/)+/, '')
  const candidates = (index.get(posix.basename(target)) ?? []).filter(
    (candidate) => candidate === beside || candidate === tail || candidate.endsWith(`/${tail}`),
  )
  if (candidates.includes(beside)) return beside
  return candidates.sort((a, b) => sharedPrefix(folder, b) - sharedPrefix(folder, a) || (a < b ? -1 : 1))[0]
}

function sharedPrefix(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}
