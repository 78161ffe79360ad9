// TypeScript in the documents compiles against the sources. TypeScript 7 has no stable API yet, so tsc does it.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packagePath } from '../../kernels/index.ts'
import { documents } from './documents.ts'
import { findSnippets, type Snippet, writeSnippets } from './snippets.ts'

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

/** What tsc says, a line each. */
function complaints(checked: readonly Snippet[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-docs-'))
  try {
    writeSnippets(folder, checked)
    const tsc = packagePath('node_modules', 'typescript', 'bin', 'tsc')
    const options = { cwd: folder, encoding: 'utf8' } as const
    const { stdout, stderr } = spawnSync(process.execPath, [tsc, '--pretty', 'false'], options)
    return stdout + stderr
  } finally {
    rmSync(folder, { recursive: true })
  }
}
