// Repositories that a manifest names: found among the git mirrors on this machine, else fetched there, without history.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { BenchError } from '../kernels/index.ts'
import { fetchCommit, findGitFolder, git } from './git.ts'
import type { Pin } from './source-tree.ts'

/** Where repositories are found, and where those that are missing come from. */
export interface Mirrors {
  /** Holds them as `owner+name` or `owner/name`, with or without `.git`, or one level below such a folder. */
  readonly folder: string
  /** Address to fetch from, with `{repository}` for `owner/name`; default GitHub. */
  readonly url?: string
}

/** Default of `Mirrors.url`. */
export const githubUrl = 'https://github.com/{repository}.git'

/**
 * @returns the git folder of a repository that has the commit
 * @throws {BenchError} SOURCE_UNREADABLE, GIT_FAILED where it can neither be found nor fetched
 * @throws the signal's reason when aborted
 */
export async function openMirror(
  pin: Pin,
  { folder, url = githubUrl }: Mirrors,
  signal?: AbortSignal,
): Promise<string> {
  const known = findMirrors(pin.repository, folder)
  const complete = known.find((gitFolder) => hasCommit(gitFolder, pin.commit))
  if (complete !== undefined) return complete
  const address = url.replaceAll('{repository}', pin.repository)
  if (known.length === 0) return await createMirror(pin, address, folder, signal)
  // Depth would cut the history of a complete mirror.
  const isShallow = existsSync(join(known[0], 'shallow'))
  await fetchCommit(known[0], address, pin.commit, { isShallow, signal })
  return known[0]
}

function findMirrors(repository: string, folder: string): string[] {
  const names = [repository.replace('/', '+'), repository].flatMap((name) => [name, `${name}.git`])
  return names.flatMap((name) => {
    const root = join(folder, name)
    if (!existsSync(root)) return []
    const own = findGitFolder(root)
    const folders = own === undefined ? foldersIn(root).map((path) => findGitFolder(path)) : [own]
    return folders.filter((path) => path !== undefined)
  })
}

function foldersIn(root: string): string[] {
  const entries = readdirSync(root, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(root, name))
}

function hasCommit(gitFolder: string, commit: string): boolean {
  return spawnSync('git', ['--git-dir', gitFolder, 'cat-file', '-e', `${commit}^{tree}`]).status === 0
}

/** A bare repository with one commit; it appears under its name when it is complete. */
async function createMirror(pin: Pin, url: string, folder: string, signal?: AbortSignal): Promise<string> {
  const path = join(folder, pin.repository.replace('/', '+'))
  if (existsSync(path)) throw new BenchError('SOURCE_UNREADABLE', `not a git repository: ${path}`)
  const part = `${path}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  try {
    git(part, ['init', '--quiet', '--bare', '--template='])
    git(part, ['config', 'remote.origin.url', url])
    await fetchCommit(part, url, pin.commit, { isShallow: true, signal })
    renameSync(part, path)
  } finally {
    rmSync(part, { recursive: true, force: true })
  }
  return path
}
