import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { preprocess } from '../../kernels/index.ts'

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const expand = async (...args: Parameters<typeof preprocess>): Promise<string> => {
  const outcome = await preprocess(...args)
  return outcome.ok ? outcome.source.trim() : `${outcome.stage}: ${outcome.log}`
}

describe('preprocess', () => {
  it('expands macros, drops comments and line markers, keeps pragmas', async () => {
    const source = '#define N 4 // four\n/* c */\n#pragma unroll N\nint a[N];\n'
    expect(await expand(source)).toBe('#pragma unroll N\nint a[4];')
  })

  it('takes defines and include paths, and looks beside the file first', async () => {
    const folder = folderWith({ 'a/near.h': 'int near;', 'b/near.h': 'int far;', 'b/other.h': 'int other;' })
    const source = '#include "near.h"\n#include "other.h"\nint x = N;\nint y = FLAG;'
    const options = { path: join(folder, 'a', 'k.cl'), includePaths: [join(folder, 'b')], defines: ['N=3', 'FLAG'] }
    expect(await expand(source, options)).toBe('int near;\nint other;\nint x = 3;\nint y = 1;')
  })

  it("offers the shim's macros, and lets a source's own win", async () => {
    expect(await expand('float a = M_PI; int b[BLOCK_SIZE];', { shim: true })).toMatch(/3\.14.*\[16\]/)
    expect(await expand('int b[BLOCK_SIZE];', { shim: true, defines: ['BLOCK_SIZE=7'] })).toMatch(/\[7\]/)
    expect(await expand('#ifndef BLOCK_SIZE\nint none;\n#endif')).toBe('int none;')
  })

  it.each([
    ['an include of nothing', '#include "missing.h"\nint a;', /^preprocess: 1:10: 'missing\.h' file not found$/],
    ['an #error', 'int a;\n#error no way', /^preprocess: 2:2: no way$/],
    ['an include of a device', '  # include </dev/zero>', /^limits: include of a device: \/dev\/zero$/],
    ['an include of its own input', '#include "/proc/self/fd/0"', /^limits: include of a device/],
    ['binary junk', '\u007fELF\u0002\u0000', /^limits: not text/],
    ['a 5 MB line', 'a'.repeat(5_000_000), /^limits: source has 5000000 characters/],
    ['10,000 nested parentheses', '('.repeat(10_000), /^limits: brackets nest deeper than 200/],
  ])('rejects %s', async (_, source, expected) => {
    expect(await expand(source)).toMatch(expected)
  })

  it('stops at macros that grow without bound', async () => {
    const doubling = Array.from({ length: 40 }, (_, i) => `#define A${i + 1} A${i} A${i}`).join('\n')
    expect(await expand(`#define A0 aaaaaaaa\n${doubling}\nA40`)).toMatch(
      /^preprocess: (expands to more than|preprocessor killed)/,
    )
  })

  it('stops at recursive includes', async () => {
    const folder = folderWith({ 'self.h': '#include "self.h"\n' })
    expect(await expand('#include "self.h"', { includePaths: [folder] })).toMatch(/^preprocess: .*nested too deeply/)
  })

  it('stops at a file that blocks', async () => {
    const folder = folderWith({})
    execFileSync('mkfifo', [join(folder, 'pipe.h')])
    const outcome = expand('#include "pipe.h"', { includePaths: [folder], timeoutMs: 300 })
    expect(await outcome).toBe('preprocess: preprocessor killed after 300 ms')
  })

  it.each(['', '/* only */ // comments'])('gives nothing for %j', async (source) => {
    expect(await expand(source)).toBe('')
  })
})
