// What becomes of `benchsteer synth` where the disk or the model fails it: a clear error, and nothing lost. The disks are
// real file systems of a few hundred kilobytes; where none may be mounted, those tests are skipped.

import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Store } from '../../corpora/index.ts'
import { packagePath } from '../../kernels/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-broken-'))
const mounted: string[] = []
afterAll(() => {
  for (const path of mounted) spawnSync('umount', ['-l', path])
  rmSync(folder, { recursive: true, force: true })
})

function mount(name: string, options: string): string | undefined {
  const path = join(folder, name)
  mkdirSync(path)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]).status !== 0) return undefined
  mounted.push(path)
  return path
}

const full = mount('full', 'size=420k')
const fixed = mount('fixed', 'ro')
if (full === undefined || fixed === undefined) console.warn('SKIPPED: full and read-only disks: cannot mount tmpfs')
const hasModel = existsSync(packagePath('model', 'model.json'))
if (!hasModel) console.warn('SKIPPED: synth on broken ground: model/model.json is missing')

interface Ended {
  readonly code: number | null
  readonly err: string
}

/** @param onOutput - called once, at the first line of output: with --quiet, when the first search is done */
function synth(args: readonly string[], onOutput: () => void = () => {}): Promise<Ended> {
  const small = ['--width', '8', '--holes', '1', '--samples', '4', '--edits', '1']
  const search = ['--space', 'instcount', '--target', 'rodinia/srad/srad_kernel', ...small, ...args]
  const child = spawn(process.execPath, ['--import', 'tsx', packagePath('cli', 'main.ts'), 'synth', ...search], {
    cwd: packagePath(),
    timeout: 60_000,
    killSignal: 'SIGKILL',
  })
  let err = ''
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  child.stdout.once('data', onOutput)
  child.stdout.resume()
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, err })))
}

describe.skipIf(!hasModel)('synth', () => {
  test.skipIf(full === undefined)('ends where the disk is full, and what was committed stays', async () => {
    const out = join(full ?? '', 'out')
    const { code, err } = await synth(['--generations', '1', '--out', out])
    expect(err).toContain('the disk is full; what was committed before is safe')
    expect(code).toBe(1)
    expect(spawnSync('mount', ['-o', 'remount,size=20m', full ?? '']).status).toBe(0)
    {
      using store = Store.open(join(out, 'benchsteer.db'), { mustExist: true })
      expect(store.integrityCheck()).toEqual([])
    }
    const again = await synth(['--generations', '1', '--out', out])
    expect(again.err).not.toContain('benchsteer:')
    expect(again.code).toBe(0)
    using store = Store.open(join(out, 'benchsteer.db'), { mustExist: true })
    expect(store.runs.list().map(({ status }) => status)).toEqual(['finished'])
    expect(store.benchmarks.count()).toBeGreaterThan(2)
  })

  test.skipIf(fixed === undefined)('refuses a folder that cannot be written before it searches', async () => {
    const { code, err } = await synth(['--generations', '1', '--out', join(fixed ?? '', 'out')])
    expect(err).toMatch(/^benchsteer: --out: cannot write to .*fixed\/out \(.*\); expected a folder/)
    expect(code).toBe(2)
  })

  test('names the model that is not there, and files nothing', async () => {
    const out = join(folder, 'none')
    const { code, err } = await synth(['--generations', '1', '--model', join(folder, 'no-model'), '--out', out])
    expect(err).toMatch(/^benchsteer: model file missing: .*no-model\/model\.json; name a complete model folder/)
    expect(code).toBe(1)
    expect(existsSync(out)).toBe(false)
  })

  test('keeps what it has where the model vanishes meanwhile', async () => {
    const [model, out] = [join(folder, 'model'), join(folder, 'vanished')]
    cpSync(packagePath('model'), model, { recursive: true })
    const args = ['--rounds', '3', '--generations', '2', '--quiet', '--model', model, '--out', out]
    const { code, err } = await synth(args, () => rmSync(model, { recursive: true }))
    expect(err).toMatch(/benchsteer: (?:model file missing|cannot load the model).*; name a complete model folder/)
    expect(code).toBe(1)
    using store = Store.open(join(out, 'benchsteer.db'), { mustExist: true })
    expect(store.integrityCheck()).toEqual([])
    expect(store.runs.list()[0]).toMatchObject({ status: 'finished' })
    expect(store.benchmarks.count()).toBeGreaterThan(2)
  })
})
