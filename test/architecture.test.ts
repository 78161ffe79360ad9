// The house rules that no linter knows: who may import whom, and what stays out of the library.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Each folder may import those to its right. */
const order = [
  ...['cli', 'explorer', 'studies', 'evaluation', 'active-learning', 'synth', 'corpora', 'features', 'web', 'kernels'],
]

/** Places where a rule does not hold, each with its reason. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  clock: [],
  // The system's cache folder; the environment passed on to child processes; what a driver is told in a worker.
  environment: ['kernels/clang-tools.ts', 'kernels/fork-module.ts', 'kernels/run/run-worker.ts'],
}

interface SourceFile {
  /** From the root, with `/`. */
  readonly path: string
  readonly folder: string
  /** Without comments; strings stay. */
  readonly text: string
  /** Paths of the files of ours that it imports, from the root. */
  readonly imports: readonly string[]
}

const files = order.flatMap(readFolder)
const byPath = new Map(files.map((file) => [file.path, file]))

describe('the architecture', () => {
  it('is read from real files', () => {
    expect(files.length).toBeGreaterThan(20)
    expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(30)
  })

  it('lets folders import only those to their right', () => {
    const wrong = edges().filter(({ from, to }) => order.indexOf(to.folder) < order.indexOf(from.folder))
    expect(wrong.map(show)).toEqual([])
  })

  it('lets other folders import only the index', () => {
    const wrong = edges().filter(({ from, to }) => from.folder !== to.folder && to.path !== `${to.folder}/index.ts`)
    expect(wrong.map(show)).toEqual([])
  })

  it('has no imports of files that are not there', () => {
    const wrong = files.flatMap((file) =>
      file.imports.filter((path) => !byPath.has(path)).map((path) => `${file.path} → ${path}`),
    )
    expect(wrong).toEqual([])
  })

  it('has no import cycles', () => {
    expect(findCycle()?.join(' → ')).toBeUndefined()
  })

  it('has no default exports and no `export *`', () => {
    expect(grep(/^export (?:default\b|\*)/m)).toEqual([])
  })

  it('keeps unseeded randomness and the clock of the day in cli/', () => {
    expect(grep(/\bMath\.random\b|\brandomUUID\b/, ['cli'])).toEqual([])
    expect(grep(/\bDate\.now\b|\bnew Date\(\)/, ['cli'], exceptions.clock)).toEqual([])
  })

  it('reads environment variables in cli/ only', () => {
    expect(grep(/\bprocess\.env\b/, ['cli'], exceptions.environment)).toEqual([])
  })

  it('prints and sets the exit code in cli/ only, child process entries apart', () => {
    const rule = /\bconsole\.|\bprocess\.(?:stdout|stderr|exitCode)\b/
    expect(grep(rule, ['cli'])).toEqual([])
  })

  it('loads native libraries in kernels/ only', () => {
    const others = order.filter((folder) => folder !== 'kernels')
    expect(
      grep(/from 'koffi'|from 'tree-sitter/).filter((path) => others.some((o) => path.startsWith(`${o}/`))),
    ).toEqual([])
  })
})

function readFolder(folder: string): SourceFile[] {
  if (!existsSync(join(root, folder))) return []
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .map((name) => {
      const path = posix.join(folder, name.replaceAll('\\', '/'))
      const text = stripComments(readFileSync(join(root, path), 'utf8'))
      return { path, folder, text, imports: findImports(path, text) }
    })
}

/** Static and dynamic imports, re-exports, and modules forked by URL. */
function findImports(path: string, text: string): string[] {
  const specifiers = [
    ...text.matchAll(/^(?:import|export)\b[^'"`;]*?\bfrom\s*'(\.[^']+)'/gm),
    ...text.matchAll(/^import\s*'(\.[^']+)'/gm),
    ...text.matchAll(/\bimport\(\s*'(\.[^']+)'\s*\)/g),
  ].map((match) => match[1])
  return specifiers.map((specifier) => posix.join(posix.dirname(path), specifier))
}

function stripComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

function edges(): { readonly from: SourceFile; readonly to: SourceFile }[] {
  return files.flatMap((from) => from.imports.flatMap((path) => byPath.get(path) ?? []).map((to) => ({ from, to })))
}

function show({ from, to }: { readonly from: SourceFile; readonly to: SourceFile }): string {
  return `${from.path} → ${to.path}`
}

/** Paths of the files that match, apart from whole folders and single files. */
function grep(pattern: RegExp, folders: readonly string[] = [], paths: readonly string[] = []): string[] {
  return files
    .filter((file) => !folders.includes(file.folder) && !paths.includes(file.path) && pattern.test(file.text))
    .map((file) => file.path)
}

/** The first import cycle found by depth-first search. */
function findCycle(): string[] | undefined {
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
    if (done.has(path)) return undefined
    for (const next of byPath.get(path)?.imports ?? []) {
      const cycle = visit(next, [...trail, path])
      if (cycle) return cycle
    }
    done.add(path)
    return undefined
  }
  for (const { path } of files) {
    const cycle = visit(path, [])
    if (cycle) return cycle
  }
  return undefined
}
