// TypeScript in the documents compiles against the sources. TypeScript 7 has no stable API yet, so tsc does it.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packagePath } from '../../kernels/index.ts'
import { type Document, documents } from './documents.ts'

const snippets = documents.flatMap(findSnippets)

describe('documented TypeScript', () => {
  it('is found', () => {
    expect(snippets.map(({ name }) => name.replace(/-\d+$/, ''))).toContain('README.md')
  })

  it('compiles against the sources', { timeout: 60_000 }, () => {
    expect(complaints(snippets)).toBe('')
  })

  it('would be reported, by line, if it did not', { timeout: 60_000 }, () => {
    const text = "# Title\n\n```ts\nimport { Model } from 'benchsteer'\n\nModel.open('model')\n```\n"
    const output = complaints(findSnippets({ path: 'docs/a.md', text }))
    expect(output).toMatch(/^docs_a\.md-4\.mts\(6,7\): error TS2339: Property 'open' does not exist/)
  })
})

interface Snippet {
  /** Document and line. */
  readonly name: string
  /** Below as many empty lines as there are lines above it in the document. */
  readonly code: string
}

function findSnippets({ path, text }: Document): Snippet[] {
  return [...text.matchAll(/^```(?:ts|typescript)\n([\s\S]*?)^```/gm)].map(({ 1: code, index }) => {
    const linesAbove = text.slice(0, index).split('\n').length
    return { name: `${path.replaceAll('/', '_')}-${linesAbove + 1}`, code: '\n'.repeat(linesAbove) + code }
  })
}

/** What tsc says, a line each. */
function complaints(checked: readonly Snippet[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-docs-'))
  try {
    for (const { name, code } of checked) writeFileSync(join(folder, `${name}.mts`), code)
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration()))
    const tsc = packagePath('node_modules', 'typescript', 'bin', 'tsc')
    const options = { cwd: folder, encoding: 'utf8' } as const
    const { stdout, stderr } = spawnSync(process.execPath, [tsc, '--pretty', 'false'], options)
    return stdout + stderr
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The project's settings, with the package's own names leading to the sources of its exports. */
function configuration(): unknown {
  const { name, exports } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as {
    readonly name: string
    readonly exports: Readonly<Record<string, { readonly types: string }>>
  }
  const paths = Object.entries(exports).map(([path, { types }]) => [
    path.replace('.', name),
    [packagePath(types.replace(/^\.\/dist\/(.*)\.d\.ts$/, '$1.ts'))],
  ])
  return {
    extends: packagePath('tsconfig.json'),
    compilerOptions: {
      ...{ rootDir: '/', noUnusedLocals: false, paths: Object.fromEntries(paths) },
      typeRoots: [packagePath('node_modules', '@types')],
    },
    include: ['*.mts'],
  }
}
