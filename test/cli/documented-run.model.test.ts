// The README's example of the library, run as it stands.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packagePath } from '../../kernels/index.ts'
import { documents } from './documents.ts'
import { findSnippets, writeSnippets } from './snippets.ts'

const hasModel = existsSync(packagePath('model', 'model.json'))
if (!hasModel) console.warn('SKIPPED: the example of the README: model/model.json is missing')

test.skipIf(!hasModel)('the example of the README prints kernels and how near they are', () => {
  const snippets = findSnippets(documents[0]).filter(({ code }) => code.includes('synthesize('))
  expect(snippets).toHaveLength(1)
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-readme-'))
  try {
    writeSnippets(folder, snippets)
    const args = ['--import', 'tsx', join(folder, `${snippets[0].name}.mts`)]
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: packagePath(),
      encoding: 'utf8',
      env: { ...process.env, TSX_TSCONFIG_PATH: join(folder, 'tsconfig.json') },
    })
    expect(stderr).toBe('')
    expect(status).toBe(0)
    const kernels = stdout.match(/^[\d.]+ (?=typedef |kernel void f0\()/gm) ?? []
    expect(kernels[0]).toBe('100 ')
    expect(kernels.length).toBeGreaterThan(3)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
