// `benchsteer evaluate` as a user runs it: killed, resumed, reported, verified.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type EvaluationRun,
  ResultsFolder,
  readReportedRuns,
  readWholeFolder,
  type Verification,
  verifyResults,
} from '../../evaluation/index.ts'
import { packagePath } from '../../kernels/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-evaluate-'))
const out = join(folder, 'out')
const budgetMs = 60_000 // both groups end long before: they are sets
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hasModel = existsSync(packagePath('model', 'model.json'))
if (!hasModel) console.warn('SKIPPED: evaluate from the command line: model/model.json is missing')

const mine = packagePath('corpora', 'seed', 'graphs')
const request = [
  ...['--targets', 'rodinia/bfs/BFS_1', '--spaces', 'grewe', '--groups', 'corpus', '--group', `mine=${mine}`],
  ...['--seeds', '1', '--budget', `${budgetMs}ms`, '--keep', '2', '--out', out],
]

function start(...args: readonly string[]) {
  const command = ['--import', 'tsx', packagePath('cli', 'main.ts'), 'evaluate', ...args]
  const child = spawn(process.execPath, command, { cwd: packagePath() })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  )
  return { child, ended }
}

const linesOf = (name: string): string[] =>
  existsSync(join(out, name)) ? readFileSync(join(out, name), 'utf8').split('\n').filter(Boolean) : []

describe.skipIf(!hasModel)('evaluate', () => {
  let killedAt: string[]
  let resumed: EvaluationRun[]
  let verified: { readonly code: number | null; readonly stderr: string }

  beforeAll(async () => {
    const { child, ended } = start(...request)
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (linesOf('runs.jsonl').length === 0) return
        clearInterval(timer)
        resolve()
      }, 20)
    })
    child.kill('SIGKILL')
    await ended
    killedAt = linesOf('runs.jsonl')
    const again = await start(...request, '--quiet', '--verify').ended
    resumed = again.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as EvaluationRun)
    verified = again
  })

  it('goes on after SIGKILL with what is missing, and only that', () => {
    expect(killedAt).toHaveLength(1)
    expect(resumed.map(({ group }) => group)).toEqual(['mine'])
    expect(linesOf('runs.jsonl')).toEqual([killedAt[0], JSON.stringify(resumed[0])])
  })

  it('counts start-up and hands over kernels with their place', () => {
    const runs = linesOf('runs.jsonl').map((line) => JSON.parse(line) as EvaluationRun)
    expect(runs.map(({ group, target }) => `${group} ${target}`)).toEqual(['corpus bfs/BFS_1', 'mine bfs/BFS_1'])
    for (const { trace, best, wallMs } of runs) {
      expect(wallMs).toBeLessThan(budgetMs)
      expect(trace[0].ms).toBeGreaterThan(100) // a process cannot have loaded anything before
      expect(trace.at(-1)?.distance).toBe(best[0].distance)
    }
    const kernels = new ResultsFolder(out).kernels
    for (const { kernel } of runs[1].best) {
      expect(kernels.get(kernel)).toMatchObject({ group: 'mine', foreign: true, source: null })
      expect(new ResultsFolder(out).sourceOf(kernel)).toMatch(/^kernel void f0/m)
      expect(Object.keys(kernels.get(kernel)?.vectors ?? {})).toEqual(['grewe', 'instcount', 'autophase'])
    }
    expect(runs[0].best.every(({ kernel }) => kernels.get(kernel)?.source === null)).toBe(true)
  })

  it('writes a report and verifies it', () => {
    expect(verified.stderr).toMatch(/verified: \d+ figures of 2 runs from \d+ raw kernels, all as recorded/)
    expect(verified.code).toBe(0)
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('bfs/BFS_1')
  })

  it('finds a distance, vector, text or figure of the report that is not what it was, and a late kernel', async () => {
    const results = readWholeFolder(new ResultsFolder(out), budgetMs)
    const texts = new ResultsFolder(out)
    const verify = (changed: typeof results, sourceOf = (id: string) => texts.sourceOf(id)): Promise<Verification> =>
      verifyResults(changed, { sample: 9, seed: 1, sourceOf })
    const given = results.runs[1]
    const [best, ...rest] = given.best
    const withRun = (run: EvaluationRun): typeof results => ({ ...results, runs: [results.runs[0], run] })
    const nearer = await verify(withRun({ ...given, best: [{ ...best, distance: best.distance / 2 }, ...rest] }))
    expect(nearer.differences.map(({ figure }) => figure)).toContain(`distance of ${best.kernel.slice(0, 12)}`)
    const late = await verify(withRun({ ...given, best: [{ ...best, foundMs: 2 * budgetMs }, ...rest] }))
    expect(late.differences).toEqual([expect.objectContaining({ figure: 'kernels', recorded: 'late' })])
    const kernel = results.kernels.get(best.kernel)
    if (kernel === undefined) throw new Error('no kernel')
    const vectors = { ...kernel.vectors, instcount: kernel.vectors.instcount.map((value) => value + 1) }
    const moved = await verify({
      ...results,
      kernels: new Map([...results.kernels, [kernel.id, { ...kernel, vectors }]]),
    })
    expect(moved.differences.map(({ figure }) => figure)).toEqual(['instcount vector'])
    const reported = readReportedRuns(out)
    const [key = ''] = [...(reported ?? [])].find(([, { kernel }]) => kernel === best.kernel) ?? []
    const said = new Map([
      ...(reported ?? []),
      ...[...(reported ?? [])].flatMap(([own, run]) =>
        own === key ? [[own, { ...run, proximity: 99 }] as const] : [],
      ),
    ])
    const sourceOf = (id: string): string | undefined => texts.sourceOf(id)
    const wrong = await verifyResults(results, { sample: 9, seed: 1, sourceOf, reported: said })
    expect(wrong.differences).toEqual([expect.objectContaining({ figure: 'proximity in the report', recorded: '99' })])
    const other = await verify(results, (id) => texts.sourceOf(id)?.replace('{', '{ int v99 = 1; '))
    expect(other.differences.some(({ figure }) => figure === 'id')).toBe(true)
  })

  it('holds the report that is there against the records before it writes another', async () => {
    const verify = (): Promise<{ readonly code: number | null; readonly stderr: string }> =>
      start('--out', out, '--budget', `${budgetMs}ms`, '--report-only', '--keep', '2', '--quiet', '--verify').ended
    const sound = await verify()
    expect(sound.stderr).toMatch(/the report that was there: \d+ figures, all as the records say/)
    expect(sound.code).toBe(0)
    const path = join(out, 'data', 'verdicts-nearest.json')
    const text = readFileSync(path, 'utf8')
    const { columns, rows } = JSON.parse(text) as { readonly columns: string[]; readonly rows: unknown[][] }
    const difference = String(rows[0][columns.indexOf('difference')])
    writeFileSync(path, text.replaceAll(difference, '-1'))
    const altered = await verify()
    expect(altered.stderr).toMatch(/differs: data\/verdicts-nearest\.json: row 1, difference: recorded -1, recomputed/)
    expect(altered.code).toBe(1)
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it('says which runs it does again, and that options name nothing that is there', async () => {
    const again = await start(...request.map((word, i) => (request[i - 1] === '--keep' ? '3' : word)), '--quiet').ended
    expect(again.stderr).toMatch(/2 runs of .* were made with --keep 2: they are done again, the old lines stay/)
    expect(linesOf('runs.jsonl')).toHaveLength(4)
    const subject = await start(...request, '--subject', 'full').ended
    expect(subject.stderr).toContain("--subject: expected one of corpus, mine, received 'full'")
    const corpus = await start(...request, '--corpus', 'nope.db').ended
    expect(corpus.stderr).toMatch(/--corpus: expected the file of a mined store, found none at '.*nope\.db'/)
    expect(linesOf('runs.jsonl')).toHaveLength(4)
  })

  it('refuses a group that cannot run before anything runs', async () => {
    const { code, stderr } = await start('--groups', 'full,clsmith', '--out', join(folder, 'none')).ended
    expect(code).not.toBe(0)
    expect(stderr).toContain('--clsmith: expected the CLSmith executable')
    expect(linesOf('../none/runs.jsonl')).toEqual([])
  })
})
