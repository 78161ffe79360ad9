// The files of a source of kernels: a directory, or one commit of a git checkout or bare git mirror, read without
// touching it. Only text that can matter to OpenCL is loaded: kernel files, headers, host sources.

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, extname, join, relative, resolve } from 'node:path'
import { BenchError } from '../kernels/index.ts'
import { findGitFolder, git } from './git.ts'

/** One commit of a repository. */
export interface Pin {
  /** `owner/name`. */
  readonly repository: string
  /** Full hash. */
  readonly commit: string
}

/** The files of one source that matter to OpenCL. */
export interface SourceTree {
  /** `owner/name` where it can be told, else the folder's name. */
  readonly repository: string
  /** Commit hash, or `directory` for plain folders. */
  readonly commit: string
  /** The git remote's address without credentials, or null. */
  readonly url: string | null
  /** Text by path relative to the root. */
  readonly files: ReadonlyMap<string, string>
}

const kernelExtensions = new Set(['.cl', '.ocl', '.opencl', '.clh', '.clc'])
const headerExtensions = new Set(['.h', '.hpp', '.hh', '.inc', '.def', '.in', '.tpl', '.macro'])
const hostExtensions = new Set([
  '.c',
  '.cc',
  '.cpp',
  '.cxx',
  '.py',
  '.java',
  '.js',
  '.rs',
  '.go',
  '.cs',
  '.jl',
  '.scala',
  '.kt',
])
const fileLimitBytes = 1 << 20

/** OpenCL C files. */
export function isKernelFile(path: string): boolean {
  return kernelExtensions.has(extname(path).toLowerCase())
}

/** Files that may carry kernels in string literals. */
export function isHostFile(path: string): boolean {
  const extension = extname(path).toLowerCase()
  return hostExtensions.has(extension) || headerExtensions.has(extension)
}

function isWanted(path: string): boolean {
  return isKernelFile(path) || isHostFile(path) || isLicenceFile(path)
}

/** Licence files at the root of a repository. */
export function isLicenceFile(path: string): boolean {
  return /^(?:licen[cs]e|copying|unlicense|notice)[^/]*$/i.test(path)
}

/**
 * @param pin - what to read, under which name, instead of HEAD of whatever the location is called
 * @throws {BenchError} SOURCE_UNREADABLE, GIT_FAILED
 */
export function readSourceTree(location: string, pin?: Pin): SourceTree {
  const root = resolve(location)
  if (!existsSync(root)) throw new BenchError('SOURCE_UNREADABLE', `no such directory or git repository: ${location}`)
  if (!statSync(root).isDirectory()) throw new BenchError('SOURCE_UNREADABLE', `not a directory: ${location}`)
  const gitFolder = findGitFolder(root)
  if (gitFolder !== undefined) return readGit(gitFolder, root, pin)
  if (pin !== undefined) throw new BenchError('SOURCE_UNREADABLE', `not a git repository: ${location}`)
  return readFolder(root)
}

function readFolder(root: string): SourceTree {
  const files = new Map<string, string>()
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = relative(root, path)
    if (!entry.isFile() || !isWanted(name) || /(?:^|\/)(?:\.git|node_modules)\//.test(name)) continue
    if (statSync(path).size <= fileLimitBytes) files.set(name, withoutMark(readFileSync(path, 'latin1')))
  }
  return { repository: basename(root), commit: 'directory', url: null, files }
}

function readGit(gitFolder: string, root: string, pin: Pin | undefined): SourceTree {
  const commit = git(gitFolder, ['rev-parse', `${pin?.commit ?? 'HEAD'}^{commit}`]).trim()
  const withKernels = new Set(
    spawnSync(
      'git',
      ['--git-dir', gitFolder, 'grep', '-l', '-z', '-I', '-E', String.raw`\b(__)?kernel\s+(void|__attribute)`, commit],
      {
        encoding: 'latin1',
        maxBuffer: 1 << 28,
      },
    )
      .stdout.split('\0')
      .map((name) => name.slice(name.indexOf(':') + 1)),
  )
  const wanted: { path: string; object: string }[] = []
  for (const line of git(gitFolder, ['ls-tree', '-r', '-l', '-z', commit]).split('\0')) {
    const match = /^\d+ blob (\w+)\s+(\d+)\t([\s\S]+)$/.exec(line)
    if (match === null || Number(match[2]) > fileLimitBytes) continue
    const [, object, , path] = match
    const isPlainHost = hostExtensions.has(extname(path).toLowerCase()) && !withKernels.has(path)
    if (isWanted(path) && !isPlainHost) wanted.push({ path, object })
  }
  const url = remoteUrl(gitFolder)
  const repository = pin?.repository ?? repositoryName(url, root)
  return { repository, commit, url, files: readBlobs(gitFolder, wanted) }
}

/** Without the byte order mark of UTF-8, as which some editors begin a file: included, it stands before code. */
function withoutMark(text: string): string {
  return text.startsWith('\xef\xbb\xbf') ? text.slice(3) : text
}

function remoteUrl(gitFolder: string): string | null {
  const { stdout } = spawnSync('git', ['--git-dir', gitFolder, 'config', 'remote.origin.url'], { encoding: 'utf8' })
  const url = stdout.trim().replace(/^(https?:\/\/)[^/]*@/, '$1')
  return url === '' ? null : url
}

/** From the remote's address, else from a mirror folder named `owner+name`, else the folder's name. */
function repositoryName(url: string | null, root: string): string {
  const fromRemote = /[/:]([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(url ?? '')
  if (fromRemote !== null) return fromRemote[1]
  const fromFolder = /([\w.-]+)\+([\w.-]+)/.exec(root)
  return fromFolder === null ? basename(root).replace(/\.git$/, '') : `${fromFolder[1]}/${fromFolder[2]}`
}

function readBlobs(gitFolder: string, entries: readonly { path: string; object: string }[]): Map<string, string> {
  const files = new Map<string, string>()
  for (let start = 0; start < entries.length; start += 2000) {
    const batch = entries.slice(start, start + 2000)
    const output = execFileSync('git', ['--git-dir', gitFolder, 'cat-file', '--batch'], {
      input: batch.map(({ object }) => `${object}\n`).join(''),
      maxBuffer: 2 ** 31 - 1,
    })
    let position = 0
    for (const { path } of batch) {
      const headerEnd = output.indexOf(10, position)
      const header = output.toString('latin1', position, headerEnd)
      position = headerEnd + 1
      if (header.endsWith('missing')) continue
      const size = Number(header.split(' ')[2])
      files.set(path, withoutMark(output.toString('latin1', position, position + size)))
      position += size + 1
    }
  }
  return files
}
