import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { corporaCommands } from '../../cli/commands/corpora/index.ts'
import { runCli } from '../../cli/program.ts'
import { readSourceManifest, sourcesFile } from '../../corpora/index.ts'
import { packagePath } from '../../kernels/index.ts'
import { type Files, git, gitRepository } from '../corpora/repositories.ts'
import { temporaryFolder } from '../corpora/samples.ts'
import { memoryIo } from './memory-io.ts'

interface Outcome {
  readonly exitCode: number
  readonly out: readonly string[]
  readonly err: readonly string[]
}

async function run(...args: string[]): Promise<Outcome> {
  const io = memoryIo()
  return { exitCode: await runCli(['corpora', ...args], [corporaCommands], io), out: io.outLines, err: io.errLines }
}

/** A repository at `server/repository`. @returns its commit */
function publish(server: string, repository: string, files: Files): string {
  mkdirSync(join(server, repository, '..'), { recursive: true })
  renameSync(gitRepository(files), join(server, repository))
  return git(join(server, repository), 'rev-parse', 'HEAD')
}

const licence = 'Permission is hereby granted, free of charge, to any person …'
const xor = 'kernel void xor(global int *x, int k) { x[get_global_id(0)] ^= k; }\n'
const scale = '__kernel void scale(__global float *x) { x[get_global_id(0)] *= 2.0f; }\n'
const held = 'kernel void held(global int *x) { x[get_local_id(0)] = 77; }\n'
const broken = 'kernel void broken(global int* x) { x[0] = missing_function(1); }\n'

describe('corpora mine --manifest', () => {
  it('mines what it can fetch, reports, goes on where it stopped, and is written again by corpora manifest', async () => {
    const folder = temporaryFolder()
    const at = (name: string): string => join(folder, name)
    const [a, b] = [
      publish(at('server'), 'me/a', { LICENSE: licence, 'a.cl': xor, 'b.cl': scale, 'rodinia/c.cl': held }),
      publish(at('server'), 'me/b', { LICENSE: licence, 'a.cl': xor, 'd.cl': broken }),
    ]
    const sources = [
      { repository: 'me/a', commit: a, licence: 'MIT' },
      { repository: 'me/b', commit: b, licence: 'MIT', kernels: 2 },
      { repository: 'me/gone', commit: a, licence: 'MIT' },
    ]
    writeFileSync(at('sources.json'), JSON.stringify({ sources }))
    const where = ['--mirrors', at('mirrors'), '--url', `file://${at('server')}/{repository}`, '-c', at('corpus.db')]
    const mine = (): Promise<Outcome> =>
      run('mine', '--manifest', at('sources.json'), ...where, '--report', at('report.json'))

    const mined = await mine()
    expect(mined.exitCode).toBe(1)
    expect(mined.err[0]).toBe('[1/3] me/a: 3 kernels in 3 units, 3 new, 0 known, 0 with known IR, 1 held out (MIT)')
    expect(mined.err[1]).toMatch(/^\[2\/3\] me\/b: 1 kernels in 2 units, 0 new, 1 known/)
    expect(mined.err[2]).toMatch(/^\[3\/3\] me\/gone: git fetch failed in /)
    expect(mined.out).toEqual([
      'repository  units  kernels  new  held out  licence',
      'me/a            3        3    3         1  MIT',
      'me/b            2        1    0         0  MIT      manifest: 2 kernels',
      ...['', 'losses:', expect.stringMatching(/^ +1 {2}kernel: compile: /)],
      ...['', '1 sources could not be mined:', expect.stringMatching(/^ {2}me\/gone: git fetch failed in /), ''],
      `${at('corpus.db')}: 2 kernels fit for training, 2 sources`,
    ])
    const report = readFileSync(at('report.json'), 'utf8')
    expect(JSON.parse(report)).toMatchObject({
      sources: [
        { repository: 'me/a', commit: a, units: 3, kernels: 3, added: 3, heldOut: 1, licence: 'MIT', losses: {} },
        { repository: 'me/b', kernels: 1, added: 0, expected: 2 },
      ],
      failures: [{ source: 'me/gone' }],
    })

    const again = await mine()
    expect(again.err.slice(0, 2)).toEqual(['[1/3] me/a: in the corpus already', '[2/3] me/b: in the corpus already'])
    expect(again.out).toEqual(mined.out)
    expect(readFileSync(at('report.json'), 'utf8')).toBe(report)

    await run('mine', at('server'), '-c', at('corpus.db'))
    const { out } = await run('manifest', '-c', at('corpus.db'), '-o', at('again.json'))
    expect(out[0]).toMatch(/^2 sources written to .*; 1 left out that are no commit of an owner\/name$/)
    expect(JSON.parse(readFileSync(at('again.json'), 'utf8'))).toEqual({
      sources: [
        { ...sources[0], kernels: 3 },
        { ...sources[1], kernels: 1 },
      ],
    })
    const rerun = await run('mine', '--manifest', at('again.json'), ...where.slice(0, -1), at('other.db'))
    expect(rerun.exitCode).toBe(0)
    expect(rerun.out.join('\n')).not.toContain('manifest:')
  })

  it('mines what comes with benchsteer where no file is named, and stops when told', async () => {
    const folder = temporaryFolder()
    const stop = new AbortController()
    const { errLines, ...io } = memoryIo(stop.signal)
    const where = ['--mirrors', folder, '--url', `file://${folder}/none/{repository}`, '-c', join(folder, 'corpus.db')]
    const err = (line: string): void => {
      io.err(line)
      stop.abort(new Error('enough'))
    }
    expect(await runCli(['corpora', 'mine', '--manifest', ...where], [corporaCommands], { ...io, err })).toBe(0)
    const [{ repository }, ...others] = readSourceManifest(packagePath(sourcesFile))
    expect(errLines).toEqual([expect.stringContaining(`[1/${others.length + 1}] ${repository}: git fetch failed`)])
  })

  it('refuses a manifest and an address that cannot be right', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'sources.json')
    writeFileSync(path, JSON.stringify({ sources: [{ repository: 'me/a', commit: 'main', licence: 'MIT' }] }))
    const corpus = join(folder, 'corpus.db')
    const malformed = await run('mine', '--manifest', path, '-c', corpus)
    expect(malformed.exitCode).toBe(2)
    expect(malformed.err).toEqual([
      `benchsteer: manifest ${path}: sources[0].commit: expected 40 lower-case hex digits, received "main"`,
    ])
    const elsewhere = await run('mine', '--manifest', path, '--url', 'https://example.org', '-c', corpus)
    expect(elsewhere.exitCode).toBe(2)
    expect(elsewhere.err.join('\n')).toContain("{repository} in it, received 'https://example.org'")
  })
})
