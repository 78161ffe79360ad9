import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type MineIntoOptions, mineInto, minePinned, type PinnedSource, Store } from '../../corpora/index.ts'
import { git, gitRepository } from './repositories.ts'
import { temporaryFolder } from './samples.ts'

const scale = '__kernel void scale(__global float *x) { x[get_global_id(0)] *= 2.0f; }\n'
const renamed = '/* the same */ kernel void twice(global float* data) {\n  data[get_global_id(0)] *= 2.0f;\n}\n'
const sameIr = 'kernel void add(global float* d) { size_t i = get_global_id(0); d[i] = d[i] * 2.0f; }\n'
const broken = 'kernel void broken(global float* d) { d[0] = undeclared_function(1); }\n'
const suite = 'kernel void suite(global int* d) { d[get_global_id(0)] ^= 12345; }\n'

const options: MineIntoOptions = { nowMs: 1, toolchain: 'clang', heldOutShingles: new Set() }

function writeFiles(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

function commitAll(folder: string): void {
  const git = (...args: string[]): unknown => execFileSync('git', ['-C', folder, ...args], { stdio: 'pipe' })
  git('init', '-q')
  git('add', '.')
  git('-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'commit.gpgsign=false', 'commit', '-q', '-m', 'one')
}

const newStore = (): Store => Store.open(join(temporaryFolder(), 'corpus.db'))

describe('mineInto', () => {
  it('files each normal form once, marks equal IR and held-out suites, and counts the losses', async () => {
    const files = { 'a.cl': scale, 'b/renamed.cl': renamed, 'c.cl': sameIr, 'd.cl': broken, 'rodinia/s.cl': suite }
    const folder = writeFiles(temporaryFolder(), files)
    using store = newStore()
    const report = await mineInto(store, folder, options)
    expect(report).toMatchObject({ added: 2, duplicates: 1, known: 0, heldOut: 1 })
    expect(report.source).toMatchObject({ units: 5, kernels: 3 })
    const kept = Array.from(store.kernels.list(), ({ path, kernelName, origin }) => ({ path, kernelName, origin }))
    expect(kept).toEqual([{ path: 'a.cl', kernelName: 'scale', origin: 'mined' }])
    expect(store.sources.list()).toMatchObject([{ kernels: 3, minedAtMs: 1 }])
    expect(Object.values(store.sources.list()[0].losses).reduce((a, b) => a + b)).toBeGreaterThan(0)
  })

  it('skips a commit that is complete, unless forced', async () => {
    const folder = writeFiles(temporaryFolder(), { 'a.cl': scale })
    commitAll(folder)
    using store = newStore()
    expect((await mineInto(store, folder, options)).added).toBe(1)
    expect(await mineInto(store, folder, options)).toEqual({
      ...{ source: undefined, added: 0, duplicates: 0, known: 0, heldOut: 0 },
    })
    expect(await mineInto(store, folder, { ...options, force: true })).toMatchObject({ added: 0, known: 1 })
    expect(store.sources.list()).toHaveLength(1)
  })

  it('keeps what it found when stopped, and goes on next time', async () => {
    const kernels = Array.from({ length: 98 }, (_, i) => [`k${i}.cl`, scale.replace('2.0f', `${i}.5f`)])
    const folder = writeFiles(temporaryFolder(), Object.fromEntries(kernels))
    commitAll(folder)
    using store = newStore()
    const stop = new AbortController()
    const onProgress = (): void => stop.abort(new Error('enough'))
    await expect(mineInto(store, folder, { ...options, onProgress, signal: stop.signal })).rejects.toThrow('enough')
    const found = store.kernels.count()
    expect(found).toBeGreaterThan(0)
    expect(found).toBeLessThan(98)
    expect(store.sources.list()).toEqual([])
    expect(await mineInto(store, folder, options)).toMatchObject({ added: 98 - found, known: found })
  })

  it('records our own kernels under our own name', async () => {
    const attribution = {
      origin: 'seed',
      repository: 'benchsteer',
      licence: 'Apache-2.0',
      licenceClass: 'permissive',
    } as const
    using store = newStore()
    await mineInto(store, writeFiles(temporaryFolder(), { 'a.cl': scale }), { ...options, attribution })
    expect(Array.from(store.kernels.list())).toMatchObject([attribution])
    expect(store.sources.list()).toMatchObject([{ repository: 'benchsteer', licence: 'Apache-2.0' }])
  })

  it('says when there is nothing to read', async () => {
    using store = newStore()
    const mining = mineInto(store, join(temporaryFolder(), 'none'), options)
    await expect(mining).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' })
  })
})

describe('minePinned', () => {
  const pin = (path: string, licence = 'MIT'): PinnedSource => {
    return { repository: 'owner/name', commit: git(path, 'rev-parse', 'HEAD'), licence }
  }

  it('mines the commit it is told, and does not even look for one that is in the corpus', async () => {
    const path = gitRepository({ 'a.cl': scale })
    const source = pin(path)
    writeFiles(path, { 'a.cl': suite })
    git(path, 'commit', '-q', '-a', '-m', 'two')
    using store = newStore()
    const report = await minePinned(store, source, { folder: temporaryFolder(), url: `file://${path}` }, options)
    expect(report).toMatchObject({ added: 1, source: { repository: 'owner/name', commit: source.commit } })
    expect(Array.from(store.kernels.list())).toMatchObject([{ kernelName: 'scale', repository: 'owner/name' }])
    const nowhere = { folder: temporaryFolder(), url: 'file:///none/{repository}' }
    expect(await minePinned(store, source, nowhere, options)).toMatchObject({ source: undefined, added: 0 })
    const forced = minePinned(store, source, nowhere, { ...options, force: true })
    await expect(forced).rejects.toThrow('git fetch failed')
  })

  it('takes the licence of the files, else that of the manifest', async () => {
    const lesser = 'GNU LESSER GENERAL PUBLIC LICENSE'
    using store = newStore()
    for (const path of [gitRepository({ 'a.cl': scale }), gitRepository({ 'a.cl': scale, COPYING: lesser })]) {
      const mirrors = { folder: temporaryFolder(), url: `file://${path}` }
      await minePinned(store, pin(path, 'BSD + MIT'), mirrors, options)
    }
    const licences = store.sources.list().map(({ licence, licenceClass }) => `${licence}: ${licenceClass}`)
    expect(licences.sort()).toEqual(['BSD + MIT: permissive', 'LGPL: copyleft'])
  })
})
