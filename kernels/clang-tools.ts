// Finds clang and keeps its default OpenCL header precompiled in the user's cache folder.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { BenchError } from './errors.ts'

/** A clang found on PATH. */
export interface Clang {
  readonly path: string
  /** `14.0.6`; IR, and so IR features, differ between versions. */
  readonly version: string
  /** Folder of clang's own headers. */
  readonly resources: string
}

const names = ['clang-14', 'clang', 'clang-15', 'clang-16', 'clang-17', 'clang-18', 'clang-19']
let cachedClang: Clang | undefined
const cachedHeaders = new Map<string, string>()

/** The clang in use: 14 where there is one, the reference for IR features. @throws {BenchError} CLANG_MISSING */
export function findClang(): Clang {
  cachedClang ??= searchClang()
  return cachedClang
}

function searchClang(): Clang {
  for (const path of names) {
    const result = spawnSync(path, ['--version'], { encoding: 'utf8' })
    const version = /version (\d+\.\d+\.\d+)/.exec(result.stdout ?? '')
    if (version === null) continue
    const resources = spawnSync(path, ['-print-resource-dir'], { encoding: 'utf8' }).stdout.trim()
    return { path, version: version[1], resources }
  }
  throw new BenchError('CLANG_MISSING', 'no clang on PATH; run `npm start` once, or: apt-get install clang-14')
}

/**
 * Path of `opencl-c.h` precompiled under these flags, made on first use (0.3 s, 2.3 MB).
 * @throws {BenchError} CLANG_MISSING where clang comes without its OpenCL header
 */
export function defaultHeader(flags: readonly string[]): string {
  const id = createHash('sha256').update(flags.join(' ')).digest('hex').slice(0, 12)
  const known = cachedHeaders.get(id)
  if (known !== undefined) return known
  const { path, version, resources } = findClang()
  const folder = join(userCacheFolder(), 'benchsteer')
  const header = join(folder, `opencl-c-${version}-${id}.pch`)
  if (!existsSync(header)) {
    mkdirSync(folder, { recursive: true })
    const draft = `${header}.${process.pid}`
    const include = join(resources, 'include')
    const args = ['-cc1', '-emit-pch', ...flags, '-resource-dir', resources, '-internal-isystem', include]
    const result = spawnSync(path, [...args, join(include, 'opencl-c.h'), '-o', draft], { encoding: 'utf8' })
    if (result.status !== 0) {
      throw new BenchError('CLANG_MISSING', `cannot precompile ${include}/opencl-c.h: ${result.stderr.split('\n')[0]}`)
    }
    renameSync(draft, header)
  }
  cachedHeaders.set(id, header)
  return header
}

/**
 * Read from the environment here, not in cli/: like PATH and HOME it says where the user's system keeps things, no
 * setting of ours. A relative or empty value does not count (XDG Base Directory Specification).
 */
function userCacheFolder(): string {
  const { XDG_CACHE_HOME: folder = '' } = process.env
  return isAbsolute(folder) ? folder : join(homedir(), '.cache')
}
