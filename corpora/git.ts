// What is asked of git: where a repository keeps its objects, and single commands on it.

import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { BenchError } from '../kernels/index.ts'

/** The git folder of a bare repository, a checkout, a linked worktree or a submodule; undefined for other folders. */
export function findGitFolder(root: string): string | undefined {
  return [root, join(root, '.git'), linkedGitFolder(root)].find(isGitFolder)
}

function isGitFolder(path: string | undefined): path is string {
  // A linked worktree has no objects of its own.
  return (
    path !== undefined &&
    existsSync(join(path, 'HEAD')) &&
    existsSync(join(path, 'objects')) !== existsSync(join(path, 'commondir'))
  )
}

/** Where the `.git` file of a worktree or submodule points to. */
function linkedGitFolder(root: string): string | undefined {
  const path = join(root, '.git')
  if (!existsSync(path) || !statSync(path).isFile()) return undefined
  const link = /^gitdir: (.+)$/m.exec(readFileSync(path, 'utf8'))
  return link === null ? undefined : resolve(root, link[1])
}

/** @returns what git prints, as latin1 @throws {BenchError} GIT_FAILED */
export function git(gitFolder: string, args: readonly string[]): string {
  try {
    return execFileSync('git', ['--git-dir', gitFolder, ...args], {
      encoding: 'latin1',
      maxBuffer: 1 << 28,
      stdio: 'pipe',
    })
  } catch (cause) {
    throw gitError(cause, args[0], gitFolder)
  }
}

/** Git asks nobody for a password, and gives up on a server that is silent for a minute. */
const unattended = ['-c', 'core.askPass=true', '-c', 'http.lowSpeedLimit=1', '-c', 'http.lowSpeedTime=60']

/**
 * Fetch one commit under `refs/pinned/`.
 * @param isShallow - leave out its history
 * @throws {BenchError} GIT_FAILED
 * @throws the signal's reason when aborted
 */
export async function fetchCommit(
  gitFolder: string,
  url: string,
  commit: string,
  { isShallow, signal }: { readonly isShallow: boolean; readonly signal?: AbortSignal },
): Promise<void> {
  const depth = isShallow ? ['--depth', '1'] : []
  const args = ['fetch', '--quiet', '--no-tags', ...depth, '--', url, `${commit}:refs/pinned/${commit}`]
  try {
    await promisify(execFile)('git', ['--git-dir', gitFolder, ...unattended, ...args], { signal })
  } catch (cause) {
    signal?.throwIfAborted()
    throw gitError(cause, 'fetch', gitFolder)
  }
}

function gitError(cause: unknown, command: string, gitFolder: string): BenchError {
  const { code, stderr } = cause as { readonly code?: string | number; readonly stderr?: string }
  const reason =
    code === 'ENOENT' ? 'git is not installed; apt-get install git' : /^fatal: (.*)/m.exec(stderr ?? '')?.[1]
  return new BenchError('GIT_FAILED', `git ${command} failed in ${gitFolder}: ${reason ?? String(cause)}`, { cause })
}
