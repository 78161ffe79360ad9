import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { corporaCommands } from '../../cli/commands/corpora/index.ts'
import { runCli } from '../../cli/program.ts'
import { Store } from '../../corpora/index.ts'
import { mined, sampleStore, seed, synthesized } from '../corpora/export/sample-store.ts'
import { sampleBenchmark, sampleKernel, sampleRun, temporaryFolder } from '../corpora/samples.ts'
import { memoryIo } from './memory-io.ts'

interface Outcome {
  readonly exitCode: number
  readonly out: readonly string[]
  readonly err: string
}

async function run(corpus: string, ...args: string[]): Promise<Outcome> {
  const io = memoryIo()
  const exitCode = await runCli(['corpora', 'export', '-c', corpus, ...args], [corporaCommands], io)
  return { exitCode, out: io.outLines, err: io.errLines.join('\n') }
}

const keys = ({ out }: Outcome): string[] => out.map((line) => (JSON.parse(line) as { key: string }).key)

describe('corpora export', () => {
  it('prints benchmarks where there are any, else kernels, as JSON lines', async () => {
    const corpus = sampleStore()
    const benchmarks = await run(corpus)
    expect(benchmarks).toMatchObject({ exitCode: 0, err: '' })
    expect(keys(benchmarks)).toEqual([synthesized, synthesized, seed])
    expect(keys(await run(corpus, '--what', 'kernels'))).toEqual([mined, seed, synthesized])
    const other = join(temporaryFolder(), 'other.db')
    {
      using store = Store.open(other)
      store.kernels.add(sampleKernel('f', { features: {} }))
    }
    expect(keys(await run(other))).toEqual(['f'])
  })

  it('takes every filter', async () => {
    const corpus = sampleStore()
    const kernels = (...args: string[]): Promise<Outcome> => run(corpus, '--what', 'kernels', ...args)
    expect(keys(await run(corpus, '--best', '--space', 'grewe', '--target', 'near'))).toEqual([synthesized])
    expect(keys(await kernels('--origin', 'mined', '--licence', 'permissive'))).toEqual([mined])
    expect((await kernels('--held-out', '--duplicates')).out).toHaveLength(5)
  })

  it('writes files and folders, and says so', async () => {
    const corpus = sampleStore()
    const folder = temporaryFolder()
    const at = (name: string): string => join(folder, name)
    const csv = await run(corpus, '--format', 'csv', '-o', at('x.csv'))
    expect(csv).toEqual({ exitCode: 0, out: [`3 benchmarks written to ${at('x.csv')}`], err: '' })
    expect(readFileSync(at('x.csv'), 'utf8')).toBe(`${(await run(corpus, '--format', 'csv')).out.join('\n')}\n`)
    await run(corpus, '--format', 'parquet', '-o', at('x.parquet'))
    const bytes = new Uint8Array(readFileSync(at('x.parquet')))
    expect(await parquetReadObjects({ file: bytes.buffer, columns: ['target'] })).toHaveLength(3)
    await run(corpus, '--format', 'cl', '-o', at('cl'))
    expect(readdirSync(at('cl')).sort()).toEqual([`${seed}.cl`, `${synthesized}.cl`, 'index.jsonl'])
    expect(readdirSync(folder).sort()).toEqual(['cl', 'x.csv', 'x.parquet'])
  })

  it('replaces what is there only by force', async () => {
    const corpus = sampleStore()
    const out = join(temporaryFolder(), 'x.jsonl')
    await run(corpus, '-o', out)
    const refused = await run(corpus, '-o', out, '--best')
    expect(refused.exitCode).toBe(2)
    expect(refused.err).toContain(`${out} exists and is not empty`)
    expect((await run(corpus, '-o', out, '--best', '--force')).exitCode).toBe(0)
    expect(readFileSync(out, 'utf8').split('\n')).toHaveLength(3)
  })

  it('says which filters left nothing, and writes nothing', async () => {
    const corpus = sampleStore()
    const out = join(temporaryFolder(), 'x.csv')
    const nothing = await run(corpus, '--space', 'grewe', '--origin', 'mined', '--best', '-o', out)
    expect(nothing.exitCode).toBe(2)
    expect(nothing.err).toBe(
      `benchsteer: --corpus: none of the 3 benchmarks in ${corpus} passes --space grewe --origin mined --best`,
    )
    expect(existsSync(out)).toBe(false)
    const held = join(temporaryFolder(), 'held.db')
    {
      using store = Store.open(held)
      expect((await run(held)).err).toContain(`${held} has no kernels`)
      store.kernels.add(sampleKernel('f', { heldOut: 'name: parboil' }))
    }
    expect((await run(held)).err).toContain(`1 kernels in ${held} is fit for training; --held-out would export 1`)
    const killed = join(temporaryFolder(), 'killed.db')
    {
      using store = Store.open(killed)
      store.benchmarks.commit(sampleBenchmark(store.runs.start(sampleRun()), sampleKernel('f')))
    }
    expect((await run(killed)).err).toContain('is what a search ended with; --all would export 1')
    expect(keys(await run(killed, '--all'))).toEqual(['f'])
    const none = await run(corpus, '--what', 'kernels', '--target', 'near')
    expect(none).toMatchObject({ exitCode: 2, err: expect.stringContaining('target: kernels have none') })
  })

  it('asks for a place where it needs one, and names a store and a place that it cannot use', async () => {
    const corpus = sampleStore()
    for (const [format, noun] of [
      ['parquet', 'file'],
      ['cl', 'folder'],
      ['bitcode', 'folder'],
    ]) {
      const { exitCode, err } = await run(corpus, '--format', format)
      expect([exitCode, err]).toEqual([2, `benchsteer: out: ${format} needs a ${noun} to write to`])
    }
    const missing = join(temporaryFolder(), 'none.db')
    expect(await run(missing)).toMatchObject({ exitCode: 1, err: `benchsteer: no such store: ${missing}` })
    expect(existsSync(missing)).toBe(false)
    const within = join(corpus, 'out')
    const unwritable = await run(corpus, '--format', 'cl', '-o', within)
    expect(unwritable).toMatchObject({ exitCode: 1, err: expect.stringContaining(`cannot write ${within}: ENOTDIR`) })
    expect(statSync(corpus).size).toBeGreaterThan(0)
  })
})
