// `benchsteer learn` with what is quick and real: kernels of the seed corpus, labels from a cost model.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { GreweRow } from '../../active-learning/data-set.ts'
import { formatCsv } from '../../active-learning/grewe/data/write-rows.ts'
import { type LearnResults, parseCommittee, readGreweCsv } from '../../active-learning/index.ts'
import type { Command } from '../../cli/command.ts'
import { commands } from '../../cli/commands/index.ts'
import { learnCommand } from '../../cli/commands/learn.ts'
import { Interrupted } from '../../cli/io.ts'
import type { LabellerOpener } from '../../cli/learn/labeller.ts'
import { runCli } from '../../cli/program.ts'
import { modelledLabeller, modelledRows } from '../active-learning/modelled.ts'
import { temporaryFolder } from '../corpora/samples.ts'
import { memoryIo } from './memory-io.ts'

const openModelled: LabellerOpener = async () => ({ ...modelledLabeller(), [Symbol.dispose]() {} })
const command = learnCommand(openModelled) as Command

const small = [
  '--devices',
  'cpu,gpu',
  '--arms',
  'nearest',
  '--seeds',
  '2',
  '--batch',
  '2',
  '--candidates',
  '40',
  '--hold-out',
  's0,s1',
]

async function learnWith(args: readonly string[], io = memoryIo()) {
  const exitCode = await runCli(['learn', ...args], [command], io)
  return { exitCode, out: io.outLines.join('\n'), err: io.errLines.join('\n') }
}

/** A base in a file, and a folder for results. */
function prepare(): { base: string; out: string } {
  const folder = temporaryFolder()
  const base = join(folder, 'data.csv')
  writeFileSync(base, formatCsv(modelledRows(32, 1), 'own'))
  return { base, out: join(folder, 'out') }
}

describe('learn', () => {
  it('leaves report, results, rows and committees, and goes on with the same command', async () => {
    const { base, out } = prepare()
    const args = ['--base', base, '--out', out, ...small]
    const first = await learnWith([...args, '--rounds', '1'])
    expect(first.err).not.toContain('benchsteer:')
    expect(first.exitCode).toBe(0)
    expect(first.out).toMatch(/after round 1 \(oracle \d/)
    const again = await learnWith([...args, '--rounds', '2', '--quiet'])
    const steps = again.out.split('\n').map((line) => JSON.parse(line))
    expect(steps.filter(({ kind }) => kind === 'known')).toHaveLength(2 * 2)
    expect(steps.filter(({ kind, round }) => kind === 'labelled' && round === 2)).toHaveLength(2 * 2)
    expect(steps.filter(({ round }) => round === 1).every(({ kind }) => kind === 'known')).toBe(true)

    const html = readFileSync(join(out, 'report.html'), 'utf8')
    expect(html).toContain('rows carry modelled times')
    expect(html.match(/<svg/g)).toHaveLength(3)
    const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as LearnResults
    expect(results.rounds).toBe(2)
    expect(results.folds.map(({ name }) => name)).toEqual(['s0+s1'])
    const rows = readFileSync(join(out, 'added-rows.jsonl'), 'utf8').trim().split('\n')
    expect(rows.map((line) => JSON.parse(line).timeSource)).toEqual(Array(rows.length).fill('modelled'))
    const keys = new Set(rows.map((line) => `${JSON.parse(line).sourceKey}.cl`))
    expect(readdirSync(join(out, 'kernels')).sort()).toEqual([...keys].sort())
    const committees = readdirSync(join(out, 'committees'))
    expect(committees).toEqual(['nearest-s0+s1-0.json', 'nearest-s0+s1-1.json'])
    const [kept, lost] = committees.map((file) => readFileSync(join(out, 'committees', file), 'utf8'))
    for (const text of [kept, lost]) parseCommittee(text, 'committee')
    // As after a SIGKILL between a round's end and its files.
    rmSync(join(out, 'committees', committees[1]))
    await learnWith([...args, '--rounds', '2'])
    expect(readFileSync(join(out, 'committees', committees[1]), 'utf8')).toBe(lost)

    // What was added can be read back, and says the same.
    const added = readdirSync(join(out, 'added-rows'))
    expect(added).toEqual(['nearest-s0_s1-0.csv', 'nearest-s0_s1-1.csv'].map((name) => name.replace('_', '+')))
    const readBack = added.flatMap(
      (name) => readGreweCsv(readFileSync(join(out, 'added-rows', name), 'utf8'), name).rows,
    )
    expect(readBack.map(({ sourceKey }) => sourceKey)).toEqual(rows.map((line) => JSON.parse(line).sourceKey))

    const report = await learnWith(['--base', base, '--out', out, '--hold-out', 's0,s1', '--report-only'])
    expect(report.exitCode).toBe(0)
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toBe(html)
    for (const [other, named] of [
      [['--base', base], 's0, s1, s2, s3 held out'],
      [['--base', base, '--hold-out', 's1,s0'], 's1+s0 held out'],
    ] as const) {
      const refused = await learnWith([...other, '--out', out, '--report-only'])
      expect(refused.err).toMatch(/--hold-out: expected the rows that the run there was given, with s0\+s1 held out/)
      expect(refused.err).toContain(named)
      expect(refused.exitCode).toBe(2)
    }
  })

  it('stops on Ctrl-C with what it has', async () => {
    const { base, out } = prepare()
    const stop = new AbortController()
    const io = memoryIo(stop.signal)
    const pending = learnWith(['--base', base, '--out', out, ...small, '--hours', '1'], io)
    setTimeout(() => stop.abort(new Interrupted('SIGINT')), 400)
    const { exitCode, out: text } = await pending
    expect(exitCode).toBe(130)
    expect(text).toContain('Stopped; the same command goes on.')
    expect(existsSync(join(out, 'learn.db'))).toBe(true)
  })

  it.each([
    [['--rounds', '1'], /required option '--base <file>'/],
    [['--base', 'nowhere.csv', '--rounds', '1'], /--base: cannot read nowhere.csv .*expected a CSV file/],
    [['--base', 'BASE'], /--hours: expected --hours, --rounds, --benchmarks or --until-entropy/],
    [['--base', 'BASE', '--rounds', '1', '--hold-out', 'npb'], /hold-out: expected suites of .* received 'npb'/],
    [['--base', 'BASE', '--rounds', '1', '--arms', 'passive'], /expected a list of active, random/],
    [['--base', 'BASE', '--rounds', '1', '--devices', 'cpu'], /expected two devices, as in cpu,gpu, received 'cpu'/],
    [['--base', 'BASE', '--rounds', '1', '--replay', 'BASE'], /expected --replay or two --devices/],
    [['--base', 'BASE', '--rounds', '1', '--test', 'BASE'], /either --test or --hold-out/],
  ] as [string[], RegExp][])('refuses %j', async (args, message) => {
    const { base, out } = prepare()
    const { exitCode, err } = await learnWith([
      ...small,
      '--out',
      out,
      ...args.map((arg) => (arg === 'BASE' ? base : arg)),
    ])
    expect(err).toMatch(message)
    expect(exitCode).toBe(2)
  })

  it('ends when its time is over', async () => {
    const { base, out } = prepare()
    const { exitCode, out: text } = await learnWith(['--base', base, '--out', out, ...small, '--hours', '0.0002'])
    expect(text).toContain('Stopped; the same command goes on.')
    expect([0, 1]).toContain(exitCode) // 1 where it was not even time for the baseline
  })

  it('chooses among rows that were measured before', async () => {
    const { base, out } = prepare()
    const pool = `${base}.pool.csv`
    const rows = modelledRows(60, 2).map(
      (row): GreweRow => ({
        ...row,
        suite: 'pool',
        program: `pool-${row.program}`,
        sourceKey: null,
      }),
    )
    writeFileSync(pool, formatCsv(rows, 'own'))
    const args = ['--base', base, '--out', out, '--seeds', '1', '--batch', '2', '--rounds', '2', '--hold-out', 's0']
    const io = memoryIo()
    const exitCode = await runCli(['learn', ...args, '--replay', pool], commands, io)
    expect(io.errLines.join()).not.toContain('benchsteer:')
    expect(exitCode).toBe(0)
    const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as LearnResults
    expect(results.curves.map(({ arm }) => arm)).toEqual(['active', 'random', 'undirected'])
    const added = readFileSync(join(out, 'added-rows.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(added).toHaveLength(3 * 2 * 2)
    for (const { runtimeCpuMs, runtimeGpuMs, features } of added) {
      const row = rows.find((own) => own.runtimeCpuMs === runtimeCpuMs && own.runtimeGpuMs === runtimeGpuMs)
      expect(row?.features).toEqual(features)
    }
    const leaky = await learnWith([...args, '--replay', base])
    expect(leaky.err).toMatch(/--replay: expected rows .* received the program of 's\d-p\d+' f0/)
    writeFileSync(pool, formatCsv(rows.with(0, { ...rows[0], sourceKey: 's0-p0' }), 'own'))
    const copied = await learnWith([...args, '--replay', pool])
    expect(copied.err).toMatch(/received the source of 'pool-s0-p0' f0/)
    writeFileSync(pool, formatCsv(rows, 'own'))
    const nearest = await learnWith([...args, '--replay', pool, '--arms', 'nearest'])
    expect(nearest.err).toMatch(/--arms: expected arms that --replay can answer/)
  })

  it('goes on only with what the folder belongs to', async () => {
    const { base, out } = prepare()
    await learnWith(['--base', base, '--out', out, ...small, '--rounds', '0'])
    const { exitCode, err } = await learnWith(['--base', base, '--out', out, ...small, '--rounds', '0', '--seed', '7'])
    expect(err).toMatch(/seeds: expected \[0,1\], as the run in .* has, received \[7,8\]/)
    expect(exitCode).toBe(2)
  })
})
