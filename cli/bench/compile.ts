// Compile checks and IR per second, batched as benchsteer does it, beside one clang process per kernel.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileAll, emitDefinitions, findClang } from '../../kernels/index.ts'
import { type Command, integer } from '../command.ts'
import { rateOf, seedSources } from './seed-sources.ts'

export const compileBench: Command<{ readonly single: number }> = {
  name: 'compile',
  summary: 'Compile checks and IR per second, beside one clang process per kernel.',
  options: [{ syntax: '--single <n>', summary: 'kernels given to single processes', parse: integer(1), default: 60 }],
  async run(flags, io) {
    const sources = await seedSources()
    await compileAll(sources.slice(0, 1)) // the default header is precompiled on first use
    const check = await rateOf(sources.length, async () => void (await compileAll(sources, { checkOnly: true })))
    const emit = await rateOf(sources.length, async () => void (await compileAll(sources)))
    const together = await rateOf(sources.length, async () => void (await emitDefinitions(sources)))
    const some = sources.slice(0, flags.single)
    const singleCheck = await rateOf(some.length, () => compileSingly(some, ['-fsyntax-only']))
    const singleEmit = await rateOf(some.length, () => compileSingly(some, ['-S', '-emit-llvm', '-O1', '-o', '-']))
    io.out(`${sources.length} kernels, one batch at a time; single processes: ${some.length} kernels, clang driver`)
    io.out(
      `check  ${check.toFixed(0)} kernels/s, single ${singleCheck.toFixed(1)}, ratio ${(check / singleCheck).toFixed(1)}`,
    )
    io.out(
      `IR -O1 ${emit.toFixed(0)} kernels/s, single ${singleEmit.toFixed(1)}, ratio ${(emit / singleEmit).toFixed(1)}`,
    )
    io.out(
      `functions alone, a unit per batch: ${together.toFixed(0)} kernels/s, ratio ${(together / singleEmit).toFixed(1)}`,
    )
  },
}

function compileSingly(sources: readonly string[], flags: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-bench-'))
  for (const source of sources) {
    const file = join(folder, 'kernel.cl')
    writeFileSync(file, source)
    const target = ['-x', 'cl', '--target=nvptx64-nvidia-nvcl', '-cl-std=CL2.0', '-w']
    spawnSync(findClang().path, [...target, ...flags, file], { cwd: folder })
  }
  rmSync(folder, { recursive: true })
}
