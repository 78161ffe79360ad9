import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { irFlags } from '../../kernels/index.ts'

afterEach(() => vi.unstubAllEnvs())

/** As a process does that has not asked yet. */
async function firstHeader(cacheHome: string): Promise<string> {
  vi.stubEnv('XDG_CACHE_HOME', cacheHome)
  vi.resetModules()
  const { defaultHeader } = await import('../../kernels/clang-tools.ts')
  return defaultHeader(irFlags)
}

describe('defaultHeader', () => {
  it.each(['', 'relative/folder'])('takes no notice of XDG_CACHE_HOME=%j', async (cacheHome) => {
    const header = await firstHeader(cacheHome)
    expect(dirname(header)).toBe(join(homedir(), '.cache', 'benchsteer'))
    expect(existsSync(header)).toBe(true)
  })

  it('makes one file below XDG_CACHE_HOME, once', async () => {
    const cacheHome = mkdtempSync(join(tmpdir(), 'benchsteer-cache-'))
    try {
      const header = await firstHeader(cacheHome)
      expect(await firstHeader(cacheHome)).toBe(header)
      const folder = join(cacheHome, 'benchsteer')
      expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([header])
    } finally {
      rmSync(cacheHome, { recursive: true })
    }
  })
})
