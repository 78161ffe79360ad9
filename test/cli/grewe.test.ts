import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatCsv } from '../../active-learning/index.ts'
import { greweCommands } from '../../cli/commands/grewe/index.ts'
import { runCli } from '../../cli/program.ts'
import { grewe } from '../../features/index.ts'
import { resolveTargets } from '../../synth/index.ts'
import { modelledRows, sampleRow } from '../active-learning/grewe/rows.ts'
import { memoryIo } from './memory-io.ts'

interface Outcome {
  readonly exitCode: number
  readonly out: readonly string[]
  readonly err: string
}

async function run(...args: string[]): Promise<Outcome> {
  const io = memoryIo()
  const exitCode = await runCli(['grewe', ...args], [greweCommands], io)
  return { exitCode, out: io.outLines, err: io.errLines.join('\n') }
}

const parsed = ({ out }: Outcome): Record<string, unknown>[] => out.map((line) => JSON.parse(line))

describe('benchsteer grewe', () => {
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-grewe-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const at = (name: string): string => join(folder, name)
  const [data, more, aliases] = [at('data.csv'), at('more.csv'), at('aliases.csv')]

  beforeAll(() => {
    const other = modelledRows(30, 2).map((row) => ({ ...row, suite: 'new-2.0', program: `new-2.0-${row.program}` }))
    writeFileSync(data, formatCsv([...modelledRows(60, 1), ...other], 'own'))
    writeFileSync(
      more,
      formatCsv(
        modelledRows(90, 3).map((row) => ({ ...row, program: `m-${row.program}` })),
        'own',
      ),
    )
    writeFileSync(
      aliases,
      formatCsv([sampleRow({ kernel: 'a' }), sampleRow({ kernel: 'b', runtimeGpuMs: 5 })], 'benchmarks'),
    )
  })

  it('import says what a file holds, in lines or as JSON', async () => {
    const text = await run('import', aliases)
    expect(text.exitCode).toBe(0)
    expect(
      text.out.some((line) => /^line 2 +note +conflict +F1 to F4 = .*CPU in line 3; GPU in line 2$/.test(line)),
    ).toBe(true)
    const lines = parsed(await run('import', aliases, '--json'))
    expect(lines.at(-1)).toMatchObject({ rows: 2, kernels: 2, aliasedPoints: 1, findings: { 'note conflict': 1 } })
  })

  it('import ends with 1 where rows are left out, and names them', async () => {
    writeFileSync(at('bad.csv'), readFileSync(aliases, 'utf8').replace(',600,', ',x,'))
    const bad = await run('import', at('bad.csv'))
    expect(bad.exitCode).toBe(1)
    expect(bad.out[0]).toMatch(/^line 2 +error +type +transfer: expected an integer, received 'x'$/)
  })

  it('import writes other formats and never over a file', async () => {
    const written = await run('import', data, '--format', 'parquet', '-o', at('data.parquet'))
    expect(written).toMatchObject({ exitCode: 0, out: [`written to ${at('data.parquet')}`] })
    expect(readFileSync(at('data.parquet')).subarray(0, 4).toString()).toBe('PAR1')
    const again = await run('import', data, '--format', 'csv', '-o', at('data.parquet'))
    expect(again).toMatchObject({ exitCode: 2, err: expect.stringContaining('--out: ') })
    const printed = await run('import', data, '--format', 'csv')
    expect(`${printed.out.join('\n')}\n`).toBe(readFileSync(data, 'utf8'))
  })

  it('train, predict and show work on one model', async () => {
    const trained = await run('train', `${data}@toy-1.0`, '-o', at('m.json'), '--max-depth', '3')
    expect(trained.out[0]).toMatch(/^tree of \d leaves, depth [1-3], written to /)
    expect(trained.out[1]).toMatch(/^[01]\.\d{3} of the 60 rows it learned are right$/)
    const [summary] = parsed(
      await run('train', data, '-o', at('m2.json'), '--kind', 'forest', '--trees', '3', '--json'),
    )
    expect(summary).toMatchObject({ kind: 'forest', rows: 90, programs: 30, out: at('m2.json') })
    const predicted = parsed(await run('predict', '-m', at('m.json'), `${data}@new-2.0`, '--json'))
    expect(predicted).toHaveLength(30)
    expect(predicted.filter(({ predicted: device, label }) => device === label).length).toBeGreaterThan(20)
    const point = await run('predict', '-m', at('m.json'), '--point', 'comp=9,mem=3,transfer=4000000,wgsize=64')
    expect(point.out[1]).toMatch(/^point 1 +[\d.]+ +GPU$/)
    expect((await run('show', '-m', at('m.json'))).out[0]).toContain('F1:transfer/(comp+mem) <=')
    for (const [format, start] of [
      ['svg', '<svg '],
      ['dot', 'digraph '],
      ['c', '/* Which'],
      ['json', '{"model"'],
    ]) {
      const path = at(`tree.${format}`)
      expect((await run('show', '-m', at('m.json'), '--format', format, '-o', path)).exitCode).toBe(0)
      expect(readFileSync(path, 'utf8').startsWith(start)).toBe(true)
    }
  })

  it('evaluate prints scores, intervals, the legacy figure by its name, and a comparison', async () => {
    const args = [
      'evaluate',
      '--train',
      `${data},${more}`,
      '--test',
      data,
      '--resamples',
      '100',
      '--cv',
      'leave-one-suite-out',
    ]
    const { out, exitCode } = await run(...args)
    expect(exitCode).toBe(0)
    const text = out.join('\n')
    expect(text).toContain('90 rows of 30 programs; leave-one-suite-out, 10 seeds')
    expect(text).toMatch(/speedup, geometric mean +\d\.\d{3} +\d\.\d{3} to \d\.\d{3}/)
    expect(text).toMatch(/legacy +\d+\.\d{3} +CGO 2017/)
    expect(text).toContain(`${data} + ${more} against ${data}`)
    const [report] = parsed(await run(...args, '--json'))
    expect(report).toMatchObject({ seeds: 10, testRows: 90, comparisons: [{ programs: 30 }] })
  })

  it('evaluate fails where a program is learned and tested', async () => {
    const leaking = await run('evaluate', '--train', data, '--cv', 'none')
    expect(leaking.exitCode).toBe(2)
    expect(leaking.err).toContain('leaks: 90 test rows have their program among the training rows')
  })

  it('alias lists points, numbers that would part them, and pairs of targets', async () => {
    const { out } = await run('alias', aliases, '--pairs', '2')
    expect(out[0]).toBe(
      '1 points have rows of both labels: 2 of 2 rows, of which 1 are wrong whatever a model over F1 to F4 says',
    )
    expect(out.join('\n')).toContain('comp=4,rational=1,mem=2,localmem=0,coalesced=2,atomic=0')
    const kinds = parsed(await run('alias', aliases, '--pairs', '2', '--json')).map(({ kind }) => kind)
    expect(kinds).toEqual(['point', 'pair', 'pair'])
  })

  it('alias writes targets that synth takes', async () => {
    const path = at('pairs.jsonl')
    const { err, exitCode } = await run('alias', aliases, '--pairs', '2', '--targets', path)
    expect([exitCode, err]).toEqual([0, `4 targets written to ${path}`])
    const targets = await resolveTargets(path, grewe)
    expect(targets.map(({ name }) => name)).toEqual(['pair-2-a', 'pair-1-b', 'pair-2-b']) // both pairs begin alike
    expect([...targets[1].values]).toEqual([8, 1, 4, 0, 4, 0, 1, 2])
    expect((await run('alias', aliases, '--pairs', '2', '--targets', path)).exitCode).toBe(2)
  })

  it('names what is wrong with what it is given', async () => {
    expect((await run('train', at('none.csv'), '-o', at('x.json'))).err).toContain('none.csv: cannot be read')
    expect((await run('evaluate', '--train', `${data}@npb-3.3`)).err).toContain('--train: expected suites of')
    expect((await run('show', '-m', data)).err).toContain('expected a model of grewe train')
    expect((await run('predict', '-m', data)).exitCode).toBe(2)
    expect((await run('evaluate', '--train', data, '--seeds', '3')).err).toContain('from 10')
    expect(existsSync(at('x.json'))).toBe(false)
  })
})
