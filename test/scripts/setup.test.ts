import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { packagePath } from '../../kernels/index.ts'
import { hasDependencies, installLine, missingNeeds, testNeeds } from '../../scripts/setup.mjs'

const script = packagePath('scripts', 'setup.mjs')
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A folder with these files; programs are executable. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-setup-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
    chmodSync(join(folder, name), 0o755)
  }
  return folder
}

function systemWith(files: readonly string[], icd: string, packages: readonly string[] = []) {
  const root = folderWith({ ...Object.fromEntries(files.map((file) => [file, ''])), 'vendors/pocl.icd': icd })
  return {
    binaries: [join(root, 'bin')],
    libraries: [join(root, 'lib')],
    vendors: join(root, 'vendors'),
    hasPackage: (name: string) => packages.includes(name),
  }
}

const complete = ['bin/clang-14', 'bin/oclgrind', 'lib/libOpenCL.so.1', 'lib/libpocl.so.2']

describe('missingNeeds', () => {
  const names = (system: ReturnType<typeof systemWith>) => missingNeeds(system).map(({ name }) => name)

  it('is satisfied by programs and libraries, wherever they come from', () => {
    expect(names(systemWith(complete, 'libpocl.so.2\n'))).toEqual([])
  })

  it('names each thing that is not there', () => {
    expect(names(systemWith([], ''))).toEqual(['clang', 'OpenCL loader', 'PoCL', 'Oclgrind'])
  })

  it('asks for what only tests use where tests are to run', () => {
    const missing = (files: readonly string[]) => missingNeeds(systemWith(files, ''), testNeeds).map(({ name }) => name)
    expect(missing([])).toEqual(['Chromium'])
    expect(missing(['bin/chromium'])).toEqual([])
  })

  it('does not trust a driver entry whose library is gone', () => {
    expect(names(systemWith(complete, '/gone/libpocl.so.2'))).toEqual(['PoCL'])
  })

  it('takes another clang only where clang 14 is not to be had', () => {
    const files = complete.map((file) => file.replace('clang-14', 'clang-15'))
    expect(names(systemWith(files, 'libpocl.so.2', ['clang-14']))).toEqual(['clang'])
    expect(names(systemWith(files, 'libpocl.so.2', []))).toEqual([])
  })
})

describe('hasDependencies', () => {
  const lock = (packages: object) => JSON.stringify({ packages })
  const koffi = { version: '3.3.4', integrity: 'sha512-x' }

  it('compares what is installed with the lock file, not dates', () => {
    const wanted = lock({ '': {}, 'node_modules/koffi': koffi, 'node_modules/win': { ...koffi, optional: true } })
    const installed = (packages: object) =>
      hasDependencies(folderWith({ 'package-lock.json': wanted, 'node_modules/.package-lock.json': lock(packages) }))
    expect(installed({ 'node_modules/koffi': koffi })).toBe(true)
    expect(installed({ 'node_modules/koffi': { ...koffi, version: '3.3.3' } })).toBe(false)
    expect(installed({})).toBe(false)
  })

  it('is false where nothing is installed', () => {
    expect(hasDependencies(folderWith({ 'package-lock.json': lock({}) }))).toBe(false)
  })
})

describe('setup.mjs', () => {
  it('does nothing and says nothing when all is there', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  it('installs through apt-get without questions, refreshing the package lists where they are empty', () => {
    const bin = folderWith({
      'apt-cache': '#!/bin/sh\nexit 100\n',
      'apt-get': '#!/bin/sh\n/bin/echo "apt-get $DEBIAN_FRONTEND $*"\n',
      env: '#!/bin/sh\nexec /usr/bin/env "$@"\n',
    })
    const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8', env: { PATH: bin } })
    if (process.getuid?.() !== 0) return expect(status).toBe(1)
    expect(stderr).toContain('apt-get noninteractive -o DPkg::Lock::Timeout=120 update -q\n')
    expect(stderr).toContain('install -y -q --no-install-recommends clang-14 oclgrind\n')
    // This apt-get installs nothing: setup must notice.
    expect(stderr).toContain(
      `could not install clang, Oclgrind; see above. By hand:\n${installLine(['clang-14', 'oclgrind'])}\n`,
    )
    expect(status).toBe(1)
  })

  it('goes on without what only tests use where it cannot be installed', () => {
    const bin = folderWith({ 'clang-14': '', oclgrind: '' })
    const options = { encoding: 'utf8', env: { PATH: bin } } as const
    const { status, stderr } = spawnSync(process.execPath, [script, '--tests'], options)
    expect(stderr).toContain('setup: missing: Chromium. This system has no apt-get')
    expect(stderr).toContain('setup: the tests that need it will be skipped\n')
    expect(status).toBe(0)
    expect(spawnSync(process.execPath, [script], options)).toMatchObject({ status: 0, stderr: '' })
  })

  it('says so on a system without apt-get', () => {
    const { status, stderr } = spawnSync(process.execPath, [script], {
      encoding: 'utf8',
      env: { PATH: folderWith({}) },
    })
    expect(status).toBe(1)
    expect(stderr).toBe(
      'setup: missing: clang, Oclgrind. This system has no apt-get; install them by its own means, then try again.\n',
    )
  })
})
