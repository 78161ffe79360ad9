// `benchsteer synth` as a user runs it: real model, real compiler, real device, real signals.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Store } from '../../corpora/index.ts'
import { packagePath } from '../../kernels/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-synth-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hasModel = existsSync(packagePath('model', 'model.json'))
if (!hasModel) console.warn('SKIPPED: synth from the command line: model/model.json is missing')

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function synth(args: readonly string[], interruptAfterMs?: number): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', packagePath('cli', 'main.ts'), 'synth', ...args], {
    cwd: packagePath(),
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  if (interruptAfterMs !== undefined) setTimeout(() => child.kill('SIGINT'), interruptAfterMs)
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}

const target = ['--target', 'rodinia/bfs/BFS_2']

describe.skipIf(!hasModel)('synth', () => {
  test('gives the same files for the same seed and generations', async () => {
    const outs = ['a', 'b'].map((name) => join(folder, name))
    for (const out of outs) {
      const { code, err } = await synth([...target, '--generations', '3', '--seed', '7', '--out', out])
      expect(err).not.toMatch(/error/)
      expect(code).toBe(0)
    }
    const [first, second] = outs.map((out) => readFileSync(join(out, 'manifest.jsonl'), 'utf8'))
    expect(first).toBe(second)
    const lines = first.trim().split('\n')
    expect(lines.length).toBeGreaterThan(3)
    for (const line of lines) {
      const { file, features, target: wanted, lineage, modelHash, device } = JSON.parse(line)
      expect(existsSync(join(outs[0], file))).toBe(true)
      expect(Object.keys(features)).toEqual(['grewe', 'instcount', 'autophase'])
      expect(wanted.name).toBe('rodinia/bfs/BFS_2')
      expect(lineage.length).toBeGreaterThan(0)
      expect(modelHash).toMatch(/^[0-9a-f]{16}$/)
      expect(device).toBeTruthy()
    }
  })

  test('saves what it has on Ctrl-C', async () => {
    const out = join(folder, 'interrupted')
    const args = ['--space', 'instcount', '--target', 'rodinia/lud/lud_diagonal', '--budget', '10m', '--out', out]
    const { code } = await synth(args, 8000)
    expect(code).toBe(130)
    expect(readFileSync(join(out, 'manifest.jsonl'), 'utf8').trim().split('\n').length).toBeGreaterThan(0)
    using store = Store.open(join(out, 'benchsteer.db'), { mustExist: true })
    expect(store.integrityCheck()).toEqual([])
    expect(store.runs.list().map(({ status }) => status)).toEqual(['stopped'])
  })

  test('suggests the nearest targets for an unknown one', async () => {
    const { code, err } = await synth(['--target', 'rodinia/bfs/BFS_9', '--out', join(folder, 'none')])
    expect(code).toBe(2)
    expect(err).toMatch(/rodinia\/bfs\/BFS_1/)
  })
})
