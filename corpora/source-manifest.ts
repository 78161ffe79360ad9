// Which commit of which repositories a corpus is mined from: `{ "sources": [{ "repository", "commit", "licence",
// "kernels" }] }`, one source a line. `corpora/sources.json` comes with benchsteer; it holds no code.

import { readFileSync } from 'node:fs'
import type { Pin } from './source-tree.ts'

/** A source to mine. */
export interface PinnedSource extends Pin {
  /** SPDX-like names joined by ` + `, or `unknown`. Counts where the repository's licence files state none. */
  readonly licence: string
  /** Distinct normal forms that it gave, where that is known. */
  readonly kernels?: number
}

/** Path of the shipped manifest in the package. */
export const sourcesFile = 'corpora/sources.json'

/** Can a manifest name it? Plain folders and repositories without an owner it cannot. */
export function isPin({ repository, commit }: Pin): boolean {
  return isRepository(repository) && isCommit(commit)
}

/** @returns a text that depends on neither order nor origin of the sources */
export function formatSourceManifest(sources: Iterable<PinnedSource>): string {
  const lines = Array.from(sources, ({ repository, commit, licence, kernels }) =>
    JSON.stringify({ repository, commit, licence, kernels }),
  )
  return `{ "sources": [\n${lines.sort().join(',\n')}\n] }\n`
}

/** @throws {RangeError} naming file, entry and field */
export function readSourceManifest(path: string): PinnedSource[] {
  const content = parseJson(path)
  const entries = isObject(content) ? content.sources : undefined
  if (!Array.isArray(entries)) throw new RangeError(`manifest ${path}: sources: expected a list${received(entries)}`)
  const seen = new Set<string>()
  return entries.map((entry: unknown, i) => {
    const place = `manifest ${path}: sources[${i}]`
    const source = sourceOf(entry, place)
    const id = `${source.repository} at ${source.commit}`
    if (seen.has(id)) throw new RangeError(`${place}: ${id} is listed twice`)
    seen.add(id)
    return source
  })
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    const problem = cause instanceof SyntaxError ? 'not JSON' : 'cannot be read'
    throw new RangeError(`manifest ${path}: ${problem}: ${String(cause)}`, { cause })
  }
}

function sourceOf(entry: unknown, place: string): PinnedSource {
  if (!isObject(entry)) throw new RangeError(`${place}: expected an object${received(entry)}`)
  const read = <T>(field: string, expected: string, isValid: (value: unknown) => value is T): T => {
    const value = entry[field]
    if (isValid(value)) return value
    throw new RangeError(`${place}.${field}: expected ${expected}${received(value)}`)
  }
  return {
    repository: read('repository', 'owner/name', isRepository),
    commit: read('commit', '40 lower-case hex digits', isCommit),
    licence: read('licence', 'the name of a licence or unknown', isName),
    ...(entry.kernels === undefined ? {} : { kernels: read('kernels', 'a whole number', isCount) }),
  }
}

function received(value: unknown): string {
  return value === undefined ? '' : `, received ${JSON.stringify(value).slice(0, 80)}`
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** It becomes part of paths: no `..`. */
function isRepository(value: unknown): value is string {
  return typeof value === 'string' && /^\w[\w.-]*\/(?!\.\.?$)[\w.-]+$/.test(value)
}

function isCommit(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{40}$/.test(value)
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
