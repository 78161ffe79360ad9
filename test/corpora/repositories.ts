// Small source trees, plain and in git, for tests that mine.

import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { temporaryFolder } from './samples.ts'

export type Files = Readonly<Record<string, string | Buffer>>

export function writeFiles(folder: string, files: Files): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

/** Run git with settings that do not depend on the user's. @returns what it prints */
export function git(folder: string, ...args: string[]): string {
  const author = ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'commit.gpgsign=false']
  return execFileSync('git', ['-C', folder, ...author, ...args], { stdio: 'pipe', encoding: 'utf8' }).trim()
}

/** A checkout with one commit of these files. */
export function gitRepository(files: Files): string {
  const folder = writeFiles(temporaryFolder(), files)
  git(folder, 'init', '-q')
  git(folder, 'add', '.')
  git(folder, 'commit', '-q', '-m', 'one')
  return folder
}
