// `benchsteer sample` with the shipped model and the real compiler.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { commands } from '../../cli/commands/index.ts'
import { runCli } from '../../cli/program.ts'
import { compileAll, packagePath } from '../../kernels/index.ts'
import { memoryIo } from './memory-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-sample-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hasModel = existsSync(packagePath('model', 'model.json'))
if (!hasModel) console.warn('SKIPPED: sample from the command line: model/model.json is missing')

async function sample(...args: readonly string[]) {
  const io = memoryIo()
  const code = await runCli(['sample', ...args], commands, io)
  return { code, out: io.outLines, err: io.errLines.join('\n') }
}

const summary =
  /^sampled (\d+), complete (\d+), parse (\d+), compile (\d+), unique (\d+), of these copies (\d+); \d+\.\d kernels\/s$/m

describe.skipIf(!hasModel)('sample', () => {
  test('prints each different kernel that compiles, and counts the others', async () => {
    const { code, out, err } = await sample('-n', '72', '--seed', '3', '--rewrites', '1')
    expect(code).toBe(0)
    const counts = (summary.exec(err) ?? []).slice(1).map(Number)
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
    expect(counts[0]).toBe(72)
    const kernels = out.map((line) => JSON.parse(line))
    expect(kernels.length).toBe(counts[4] - counts[5])
    expect(kernels.length).toBeGreaterThan(10)
    expect(new Set(kernels.map(({ key }) => key)).size).toBe(kernels.length)
    const outcomes = await compileAll(
      kernels.map(({ text }) => text),
      { checkOnly: true },
    )
    expect(outcomes.every(({ ok }) => ok)).toBe(true)
    expect(kernels[0]).toMatchObject({ compiles: true, seed: 3, tokenCount: expect.any(Number) })
  })

  test('writes every sample to a file with --all, with distances where features were asked for', async () => {
    const path = join(folder, 'all.jsonl')
    const { out } = await sample('-n', '16', '--all', '--space', 'instcount', '--features', 'TotalInsts=30', '-o', path)
    expect(out).toEqual([])
    const kernels = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(kernels.length).toBe(16)
    for (const { compiles, distance, features, log } of kernels) {
      if (compiles) expect(distance).toBeCloseTo(Math.abs(features.TotalInsts - 30))
      else expect(log).toBeTruthy()
    }
  })

  test('writes OpenCL C to read', async () => {
    const { out } = await sample('-n', '16', '--format', 'cl')
    for (const text of out) expect(text).toMatch(/^\/\/ compiles, mean log probability -\d\.\d\d\nkernel void .*\bf0\(/)
  })

  test('keeps what it has on Ctrl-C', async () => {
    const path = join(folder, 'interrupted.jsonl')
    const args = [
      '--import',
      'tsx',
      packagePath('cli', 'main.ts'),
      'sample',
      '-n',
      '1000000',
      '--rewrites',
      '0',
      '--out',
      path,
    ]
    const child = spawn(process.execPath, args, { cwd: packagePath() })
    let err = ''
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString()
    })
    const watch = setInterval(() => {
      if (!existsSync(path) || !readFileSync(path, 'utf8').includes('\n')) return
      clearInterval(watch) // a second signal would end it at once
      child.kill('SIGINT')
    }, 200)
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect(code).toBe(130)
    expect(err.trim().split('\n').at(-1)).toMatch(summary)
    for (const line of readFileSync(path, 'utf8').trim().split('\n')) expect(JSON.parse(line).compiles).toBe(true)
  })

  test('refuses a file that it cannot write', async () => {
    const { code, err } = await sample('-n', '1', '--out', join(folder, 'no', 'where'))
    expect(code).toBe(2)
    expect(err).toMatch(/--out: cannot write .*expected a file in a folder that exists/)
  })
})
