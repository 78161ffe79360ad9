import { mkdirSync, readdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findGitFolder } from '../../corpora/git.ts'
import { openMirror } from '../../corpora/mirror.ts'
import type { Pin } from '../../corpora/source-tree.ts'
import { git, gitRepository, writeFiles } from './repositories.ts'
import { temporaryFolder } from './samples.ts'

/** A repository with two commits. @returns `[path, first, second]` */
function twoCommits(): [path: string, first: string, second: string] {
  const path = gitRepository({ 'a.cl': 'one' })
  const first = git(path, 'rev-parse', 'HEAD')
  return [path, first, commitMore(path, 'two')]
}

function commitMore(path: string, text: string): string {
  writeFiles(path, { 'a.cl': text })
  git(path, 'commit', '-q', '-a', '-m', text)
  return git(path, 'rev-parse', 'HEAD')
}

const pin = (commit: string): Pin => ({ repository: 'owner/name', commit })
const nowhere = 'file:///none/{repository}'

describe('openMirror', () => {
  it.each(['owner+name', 'owner+name.git', 'owner/name', 'owner/name.git', 'owner+name/repo'])(
    'finds a commit that is at %s',
    async (place) => {
      const [path, commit] = twoCommits()
      const folder = temporaryFolder()
      mkdirSync(dirname(join(folder, place)), { recursive: true })
      renameSync(path, join(folder, place))
      expect(await openMirror(pin(commit), { folder, url: nowhere })).toBe(findGitFolder(join(folder, place)))
    },
  )

  it('fetches the one commit that no mirror has, and what is asked for later too', async () => {
    const [path, ...commits] = twoCommits()
    const folder = join(temporaryFolder(), 'new')
    const url = `file://${path}`
    for (const commit of commits) {
      const mirror = await openMirror(pin(commit), { folder, url })
      expect(mirror).toBe(join(folder, 'owner+name'))
      expect(git(mirror, 'ls-tree', '--name-only', commit)).toBe('a.cl')
      expect(git(mirror, 'rev-list', commit)).toBe(commit)
      expect(git(mirror, 'config', 'remote.origin.url')).toBe(url)
    }
    expect(readdirSync(folder)).toEqual(['owner+name'])
  })

  it('leaves the history of a complete mirror whole', async () => {
    const [path] = twoCommits()
    const folder = temporaryFolder()
    git(folder, 'clone', '-q', '--bare', path, 'owner+name')
    const third = commitMore(path, 'three')
    const mirror = await openMirror(pin(third), { folder, url: `file://${path}` })
    expect(git(mirror, 'rev-list', '--count', third)).toBe('3')
  })

  it('says what cannot be fetched, and leaves nothing behind', async () => {
    const [path, commit] = twoCommits()
    const folder = temporaryFolder()
    const missing = openMirror(pin('0'.repeat(40)), { folder, url: `file://${path}` })
    await expect(missing).rejects.toThrow(/^git fetch failed in .*not our ref 0{40}/)
    await expect(openMirror(pin(commit), { folder, url: nowhere })).rejects.toMatchObject({ code: 'GIT_FAILED' })
    const stopped = openMirror(pin(commit), { folder, url: nowhere }, AbortSignal.abort(new Error('enough')))
    await expect(stopped).rejects.toThrow('enough')
    expect(readdirSync(folder)).toEqual([])
    writeFiles(folder, { 'owner+name/a.cl': 'no git' })
    const taken = openMirror(pin(commit), { folder, url: `file://${path}` })
    await expect(taken).rejects.toThrow(`not a git repository: ${join(folder, 'owner+name')}`)
  })
})
