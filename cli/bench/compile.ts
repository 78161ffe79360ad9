// Compile checks and IR per second, batched as benchsteer does it, beside one clang process per kernel; both on all cores.

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { compileAll, emitDefinitions, findClang } from '../../kernels/index.ts'
import { type Command, integer } from '../command.ts'
import { rateOf, seedSources } from './seed-sources.ts'

const run = promisify(execFile)

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
    const cores = availableParallelism()
    io.out(
      `${cores} cores: ${sources.length} kernels in batches; ${some.length} in single processes of the clang driver`,
    )
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

/** A process for each, as many at once as there are cores. */
async function compileSingly(sources: readonly string[], flags: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-bench-'))
  const target = ['-x', 'cl', '--target=nvptx64-nvidia-nvcl', '-cl-std=CL2.0', '-w']
  const left = sources.entries()
  const compileNext = async (): Promise<void> => {
    for (const [i, source] of left) {
      const file = join(folder, `${i}.cl`)
      writeFileSync(file, source)
      await run(findClang().path, [...target, ...flags, file], { cwd: folder, maxBuffer: 1 << 28 })
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, compileNext))
  rmSync(folder, { recursive: true })
}
