import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatCsv } from '../../active-learning/grewe/data/write-rows.ts'
import { committeeCommands } from '../../cli/commands/committee.ts'
import { runCli } from '../../cli/program.ts'
import { modelledRows } from '../active-learning/modelled.ts'
import { temporaryFolder } from '../corpora/samples.ts'
import { memoryIo } from './memory-io.ts'

async function run(...args: string[]) {
  const io = memoryIo()
  const exitCode = await runCli(['committee', ...args], [committeeCommands], io)
  return { exitCode, out: io.outLines, err: io.errLines.join('\n') }
}

describe('committee', () => {
  it('trains, saves the same for the same seed, and can be looked into and asked', async () => {
    const folder = temporaryFolder()
    const [data, first, second] = ['data.csv', 'a.json', 'b.json'].map((name) => join(folder, name))
    writeFileSync(data, formatCsv(modelledRows(24, 1), 'own'))
    const trained = await run('train', data, '--seed', '3', '-o', first)
    expect(trained).toMatchObject({ exitCode: 0, out: [`12 members trained on 72 rows: ${first}`] })
    await run('train', data, '--seed', '3', '-o', second)
    expect(readFileSync(second, 'utf8')).toBe(readFileSync(first, 'utf8'))

    const shown = await run('show', first, '--data', data)
    expect(shown.out).toHaveLength(14)
    expect(shown.out[1]).toMatch(/^mlp .* 4-8-1, 60 epochs$/)
    const { members } = JSON.parse((await run('show', first, '--data', data, '--json')).out[0])
    expect(members).toHaveLength(12)

    const polls = (await run('poll', first, '--data', data)).out.map((line) => JSON.parse(line))
    expect(polls).toHaveLength(72)
    for (const { entropy, gpuVotes, opinion } of polls) {
      expect(entropy === 0).toBe(gpuVotes === 0 || gpuVotes === 12)
      expect(opinion).toBe(gpuVotes > 6 ? 'GPU' : 'CPU')
    }
  })

  it('goes on from a saved committee to what it would have come to, and saves members by themselves', async () => {
    const folder = temporaryFolder()
    const [data, early, later, atOnce, one] = ['data.csv', 'a.json', 'b.json', 'c.json', 'd.json'].map((name) =>
      join(folder, name),
    )
    writeFileSync(data, formatCsv(modelledRows(24, 1), 'own'))
    const members = ['--members', 'mlp=2,tree=1,k-means=0,k-nn=0,naive-bayes=0']
    await run('train', data, ...members, '--epochs', '5', '-o', early)
    await run('train', data, ...members, '--epochs', '12', '-o', atOnce)
    const resumed = await run('train', data, '--resume', early, '--epochs', '12', '-o', later)
    expect(resumed.out).toEqual([`3 members trained on 72 rows: ${later}`])
    expect(readFileSync(later, 'utf8')).toBe(readFileSync(atOnce, 'utf8'))
    expect(readFileSync(early, 'utf8')).not.toBe(readFileSync(atOnce, 'utf8'))

    expect((await run('train', data, '--resume', later, '--epochs', '12', '-o', one)).err).toContain('more than the 12')
    expect((await run('train', data, '--resume', later, '--seed', '1', '-o', one)).err).toContain(
      'no --seed, --members',
    )
    expect((await run('pick', later, '--members', '3', '-o', one)).out).toEqual([`tree: ${one}`])
    expect((await run('show', one, '--data', data)).out).toHaveLength(3)
    expect((await run('pick', later, '--members', '4', '-o', one)).err).toContain('expected numbers from 1 to 3')
    writeFileSync(data, formatCsv(modelledRows(24, 2), 'own'))
    const other = await run('train', data, '--resume', early, '-o', later)
    expect(other).toMatchObject({ exitCode: 2, err: expect.stringContaining('expected the 72 that the committee was') })
    expect((await run('train', data, '--members', 'svm=1', '-o', one)).err).toContain("received 'svm=1'")
  })

  it('says what it left out of a file', async () => {
    const data = join(temporaryFolder(), 'data.csv')
    const rows = formatCsv(modelledRows(8, 1), 'own').trim().split('\n')
    writeFileSync(data, [...rows, rows[1].replace(/,(?:CPU|GPU),/, ',FPGA,')].join('\n'))
    const { err } = await run('train', data, '-o', join(temporaryFolder(), 'c.json'))
    expect(err).toMatch(/24 rows read, 1 left out; `benchsteer grewe import` lists them/)
  })

  it('refuses what is no committee', async () => {
    const folder = temporaryFolder()
    const data = join(folder, 'data.csv')
    writeFileSync(data, formatCsv(modelledRows(4, 1), 'own'))
    const { exitCode, err } = await run('show', data, '--data', data)
    expect(exitCode).toBe(2)
    expect(err).toMatch(/committee .*data.csv: expected JSON/)
    expect((await run('show', join(folder, 'none'), '--data', data)).err).toMatch(/none: cannot be read/)
  })
})
