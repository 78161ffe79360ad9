import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSourceTree, type SourceTree } from '../../corpora/source-tree.ts'
import { git, gitRepository, writeFiles } from './repositories.ts'
import { temporaryFolder } from './samples.ts'

const kernel = '__kernel void f(__global int* a) { a[0] = 1; }\n'
const files = {
  LICENSE: 'MIT',
  'a.cl': kernel,
  'deep/folder/b.OCL': kernel,
  'include/h.h': '#define N 1\n',
  'host with space.cpp': 'auto s = "__kernel void g() {}";\n',
  'plain.cpp': 'int main() {}\n',
  'README.md': kernel,
  'big.cl': Buffer.alloc((1 << 20) + 1, 32),
}
const wanted = ['LICENSE', 'a.cl', 'deep/folder/b.OCL', 'host with space.cpp', 'include/h.h']

const pathsOf = (tree: SourceTree): string[] => [...tree.files.keys()].sort()

describe('readSourceTree', () => {
  it('reads a plain folder, without links, .git and node_modules', () => {
    const folder = writeFiles(temporaryFolder(), { ...files, 'node_modules/x/c.cl': kernel, 'a/.git/d.cl': kernel })
    symlinkSync(join(folder, 'a.cl'), join(folder, 'link.cl'))
    const tree = readSourceTree(folder)
    expect(tree).toMatchObject({ repository: basename(folder), commit: 'directory' })
    expect(pathsOf(tree)).toEqual([...wanted, 'plain.cpp'])
    expect(tree.files.get('a.cl')).toBe(kernel)
  })

  it('reads the last commit of a git checkout, not its work tree', () => {
    const folder = gitRepository(files)
    writeFileSync(join(folder, 'a.cl'), 'changed')
    writeFileSync(join(folder, 'new.cl'), kernel)
    const tree = readSourceTree(folder)
    expect(tree).toMatchObject({ repository: basename(folder), commit: git(folder, 'rev-parse', 'HEAD') })
    expect(pathsOf(tree)).toEqual(wanted)
    expect(tree.files.get('a.cl')).toBe(kernel)
    expect(tree.files.get('LICENSE')).toBe('MIT')
  })

  it('reads a bare mirror, named after its folder or its remote', () => {
    const source = gitRepository(files)
    const folder = join(temporaryFolder(), 'owner+name')
    mkdirSync(folder)
    const mirror = join(folder, '0a1b.git')
    git(source, 'clone', '-q', '--mirror', source, mirror)
    git(mirror, 'config', '--unset', 'remote.origin.url')
    const tree = readSourceTree(mirror)
    expect(tree).toMatchObject({ repository: 'owner/name', commit: git(source, 'rev-parse', 'HEAD'), url: null })
    expect(pathsOf(tree)).toEqual(wanted)
    for (const url of ['https://github.com/me/it.git', 'git@github.com:me/it.git', 'https://github.com/me/it/']) {
      git(mirror, 'config', 'remote.origin.url', url)
      expect(readSourceTree(mirror)).toMatchObject({ repository: 'me/it', url })
    }
  })

  it('reads the commit that it is told, under the name that it is told', () => {
    const folder = gitRepository(files)
    const commit = git(folder, 'rev-parse', 'HEAD')
    git(folder, 'rm', '-q', '-r', '.')
    git(folder, 'commit', '-q', '-m', 'gone')
    const tree = readSourceTree(folder, { repository: 'owner/name', commit })
    expect(tree).toMatchObject({ repository: 'owner/name', commit })
    expect(pathsOf(tree)).toEqual(wanted)
    const other = { repository: 'owner/name', commit: commit.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }
    expect(() => readSourceTree(folder, other)).toThrow('git rev-parse failed')
    const plain = writeFiles(temporaryFolder(), files)
    expect(() => readSourceTree(plain, other)).toThrow('not a git repository')
  })

  it('keeps credentials of the remote to itself', () => {
    const folder = gitRepository(files)
    git(folder, 'config', 'remote.origin.url', 'https://me:secret@example.org/me/it')
    expect(readSourceTree(folder).url).toBe('https://example.org/me/it')
  })

  it('reads a linked worktree', () => {
    const source = gitRepository(files)
    const folder = join(temporaryFolder(), 'tree')
    git(source, 'worktree', 'add', '-q', '--detach', folder)
    expect(readSourceTree(folder)).toMatchObject({ commit: git(source, 'rev-parse', 'HEAD') })
    expect(pathsOf(readSourceTree(folder))).toEqual(wanted)
  })

  it('takes a folder with a file HEAD for what it is', () => {
    expect(readSourceTree(writeFiles(temporaryFolder(), { HEAD: 'x', 'a.cl': kernel })).commit).toBe('directory')
  })

  it('says what it cannot read', () => {
    const folder = writeFiles(temporaryFolder(), { 'a.cl': kernel })
    expect(() => readSourceTree(join(folder, 'none'))).toThrow('no such directory or git repository')
    expect(() => readSourceTree(join(folder, 'a.cl'))).toThrow('not a directory')
    git(folder, 'init', '-q')
    expect(() => readSourceTree(folder)).toThrow('git rev-parse failed')
  })
})
