// `benchsteer synth` as a user runs it: real model, real compiler, real device, real signals.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Store } from '../../corpora/index.ts'
import { grewe } from '../../features/index.ts'
import { packagePath } from '../../kernels/index.ts'
import { type Benchmark, readModelInfo, resolveTarget, synthesize } from '../../synth/index.ts'
import { killChildren } from '../synth/kill-children.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-synth-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hasModel = existsSync(packagePath('model', 'model.json'))
if (!hasModel) console.warn('SKIPPED: synth from the command line: model/model.json is missing')

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function synth(
  args: readonly string[],
  stop?: { readonly signal: NodeJS.Signals; readonly afterMs: number },
  /** Called every 100 ms with the id of the process. */
  disturb: (pid: number | undefined) => void = () => {},
): Promise<Ended> {
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
  const timer = stop && setTimeout(() => child.kill(stop.signal), stop.afterMs)
  const disturbance = setInterval(() => disturb(child.pid), 100)
  return new Promise((resolve) =>
    child.on('close', (code) => {
      clearTimeout(timer)
      clearInterval(disturbance)
      resolve({ code, out, err })
    }),
  )
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
    expect(readFileSync(join(outs[0], 'summary.html'), 'utf8')).toContain('rodinia/bfs/BFS_2')
    using store = Store.open(join(outs[0], 'benchsteer.db'), { mustExist: true })
    const [{ trace }] = store.runs.list()
    expect(trace[0].generation).toBe(0)
    expect(trace.at(-1)?.proximity).toBeGreaterThan(50)
    const lines = first.trim().split('\n')
    expect(lines.length).toBeGreaterThan(3)
    const ended: Benchmark[] = []
    const wanted = await resolveTarget('rodinia/bfs/BFS_2', grewe)
    const search = synthesize(readModelInfo(packagePath('model')), wanted, { seed: 7, generations: 3 })
    for await (const benchmark of search) ended.push(benchmark)
    ended.sort((a, b) => a.distance - b.distance) // equal ones stay in the order of the search
    expect(lines.map((line) => JSON.parse(line).key)).toEqual(ended.map(({ key }) => key))
    for (const line of lines) {
      const {
        file,
        features,
        target: { name },
        lineage,
        modelHash,
        device,
        validated,
      } = JSON.parse(line)
      expect(existsSync(join(outs[0], file))).toBe(true)
      expect(Object.keys(features)).toEqual(['grewe', 'instcount', 'autophase'])
      expect(name).toBe('rodinia/bfs/BFS_2')
      expect(lineage.length).toBeGreaterThan(0)
      expect(modelHash).toMatch(/^[0-9a-f]{16}$/)
      expect(device).toBeTruthy()
      expect(validated).toBeNull()
    }
  })

  test('keeps only what runs well, if asked to, and says what it refused', async () => {
    const out = join(folder, 'validated')
    const { code, out: printed } = await synth([...target, '--generations', '2', '--validate', 'quick', '--out', out])
    expect(code).toBe(0)
    const lines = readFileSync(join(out, 'manifest.jsonl'), 'utf8').trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).validated)).toEqual(lines.map(() => 'quick'))
    using store = Store.open(join(out, 'benchsteer.db'), { mustExist: true })
    expect(store.validations.countOutcomes()).toEqual({ accepted: expect.any(Number) })
    expect(printed).toMatch(/kernels kept/)
  })

  test('saves what it has on Ctrl-C', async () => {
    const out = join(folder, 'interrupted')
    const args = ['--space', 'instcount', '--target', 'rodinia/lud/lud_diagonal', '--budget', '10m', '--out', out]
    const { code } = await synth(args, { signal: 'SIGINT', afterMs: 8000 })
    expect(code).toBe(130)
    expect(readFileSync(join(out, 'manifest.jsonl'), 'utf8').trim().split('\n').length).toBeGreaterThan(0)
    using store = Store.open(join(out, 'benchsteer.db'), { mustExist: true })
    expect(store.integrityCheck()).toEqual([])
    expect(store.runs.list().map(({ status }) => status)).toEqual(['stopped'])
  })

  test('ends when its hours are over, and saves what it has', async () => {
    const out = join(folder, 'hours')
    const args = ['--space', 'instcount', '--target', 'rodinia/lud/lud_diagonal', '--budget', '10m', '--out', out]
    const { code, err } = await synth([...args, '--hours', '0.002'])
    expect(err).not.toMatch(/error/)
    expect(code).toBe(0)
    using store = Store.open(join(out, 'benchsteer.db'), { mustExist: true })
    expect(store.runs.list().map(({ status }) => status)).toEqual(['stopped'])
    expect(store.benchmarks.count()).toBeGreaterThan(0)
  })

  test('goes on after SIGKILL where it was, and ends with what an undisturbed run has', {
    timeout: 400_000,
  }, async () => {
    const args = ['--targets', 'rodinia/bfs', '--spaces', 'grewe,instcount', '--generations', '2', '--workers', '2']
    const [calm, disturbed] = ['calm', 'disturbed'].map((name) => join(folder, name))
    expect((await synth([...args, '--out', calm])).code).toBe(0)
    let kills = 0
    for (let afterMs = 5000; ; afterMs += 2000) {
      const { code, err } = await synth([...args, '--quiet', '--out', disturbed], { signal: 'SIGKILL', afterMs })
      if (code !== null) {
        expect(err).toBe('')
        expect(code).toBe(0)
        break
      }
      kills++
      if (!existsSync(join(disturbed, 'benchsteer.db'))) continue
      using store = Store.open(join(disturbed, 'benchsteer.db'), { mustExist: true })
      expect(store.integrityCheck()).toEqual([])
    }
    expect(kills).toBeGreaterThan(0)
    const [first, second] = [calm, disturbed].map((out) => readFileSync(join(out, 'manifest.jsonl'), 'utf8'))
    expect(second).toBe(first)
    using store = Store.open(join(disturbed, 'benchsteer.db'), { mustExist: true })
    expect(store.runs.list().map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'finished'))
    const again = await synth([...args, '--out', disturbed])
    expect(again.out).toMatch(/done before/)
  })

  test("steers to ranges in several spaces, one of them the user's own", async () => {
    const out = join(folder, 'joint')
    const own = './test/features/fixtures/line-count.mjs'
    const args = [
      '--space',
      `grewe,${own}=0.5`,
      '--target',
      'comp=5..,lines=40..60',
      '--generations',
      '2',
      '--out',
      out,
    ]
    const { code, err } = await synth([...args, '--without', 'combinations,fusion'])
    expect(err).not.toMatch(/error/)
    expect(code).toBe(0)
    const lines = readFileSync(join(out, 'manifest.jsonl'), 'utf8').trim().split('\n')
    for (const line of lines) {
      const { space, features, target, proximity, lineage } = JSON.parse(line)
      expect(space).toBe('grewe+line-count')
      expect(target.values).toEqual({ 'grewe:comp': [5, null], 'line-count:lines': [40, 60] })
      const isInside =
        features.grewe.comp >= 5 && features['line-count'].lines >= 40 && features['line-count'].lines <= 60
      expect(proximity === 100).toBe(isInside)
      expect(lineage.map(({ proposal }: { proposal: string }) => proposal).join()).not.toMatch(/ \+ |fused/)
    }
  })

  test('refuses a target that contradicts itself, unless the nearest will do', async () => {
    const out = join(folder, 'infeasible')
    const args = ['--target', 'comp=3,mem=4,F4:comp/mem=0.5', '--generations', '1', '--out', out]
    const refused = await synth(args)
    expect(refused.code).toBe(2)
    expect(refused.err).toMatch(
      /F4:comp\/mem is 0.5, comp is 3, mem is 4\nnearest consistent point: F4:comp\/mem=0.750/,
    )
    expect(existsSync(out)).toBe(false)
    const { code, err } = await synth([...args, '--nearest'])
    expect(err).toMatch(/going on with F4:comp\/mem=0.750/)
    expect(code).toBe(0)
    const [line] = readFileSync(join(out, 'manifest.jsonl'), 'utf8').split('\n')
    expect(JSON.parse(line).target.values).toEqual({ comp: 3, mem: 4, 'F4:comp/mem': 0.75 })
  })

  test('says that all searches failed, with exit code 1, and begins them again the next time', async () => {
    const out = join(folder, 'failed')
    const args = [...target, '--generations', '3', '--workers', '1', '--out', out]
    const failed = await synth(args, undefined, (pid) => killChildren('search-worker', pid))
    expect(failed.out).toContain('The search failed, as said above; the same command begins them again.')
    expect(failed.out).not.toContain('done before')
    expect(failed.code).toBe(1)
    const quiet = await synth([...args, '--quiet'], undefined, (pid) => killChildren('search-worker', pid))
    expect(JSON.parse(quiet.out)).toMatchObject({ target: 'rodinia/bfs/BFS_2', seed: 0, status: 'failed' })
    expect(quiet.code).toBe(1)
    const { code, out: printed } = await synth(args)
    expect(printed).toContain('Relative proximity')
    expect(code).toBe(0)
  })

  test.each([
    [['--target', 'comp=1', '--targets', 'rodinia'], 'expected either --target or --targets'],
    [[], 'expected either --target or --targets'],
    [['--target', 'comp=1', '--space', 'grewe', '--spaces', 'all'], 'expected either --space'],
    [['--target', 'comp=1', '--without', 'luck'], 'expected a list of surrogate, combinations'],
    [
      ['--target', 'comp=1', '--width', '4', '--keep', '8'],
      'benchsteer: keep: expected a number from 1 to 4, received 8',
    ],
    [['--targets', 'grid:comp=0.5..0.5'], "'grid:comp=0.5..0.5' has no target that a kernel can be at in grewe"],
  ])('says what is wrong with %j', async (args, message) => {
    const { code, err } = await synth([...args, '--out', join(folder, 'none')])
    expect(code).toBe(2)
    expect(err).toContain(message)
    expect(existsSync(join(folder, 'none'))).toBe(false)
  })

  test('suggests the nearest targets for an unknown one', async () => {
    const { code, err } = await synth(['--target', 'rodinia/bfs/BFS_9', '--out', join(folder, 'none')])
    expect(code).toBe(2)
    expect(err).toMatch(/rodinia\/bfs\/BFS_1/)
  })
})
