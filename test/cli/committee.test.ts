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
