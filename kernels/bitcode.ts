// LLVM bitcode of many sources, in the setting of every check (`irFlags`): what `compileAll` gives as text.

import { readFile } from 'node:fs/promises'
import { type Emission, emitAll, inBatches, withSources } from './clang.ts'
import type { Rejection } from './errors.ts'
import type { CompileOptions } from './run-clang.ts'

/** An LLVM module, or why there is none. */
export type BitcodeOutcome = { readonly ok: true; readonly bitcode: Uint8Array } | Rejection

const bitcode: Emission<BitcodeOutcome> = {
  flag: '-emit-llvm-bc',
  ending: '.bc',
  read: async (path) => ({ ok: true, bitcode: await readFile(path) }),
}

/**
 * Compile each source by itself, in batches, a process per core. The module's `source_filename` is the number of the
 * source in its batch, so the bytes, not the code, depend on what it is compiled with.
 * @returns in the order of the sources
 */
export async function emitBitcode(
  sources: readonly string[],
  options: Omit<CompileOptions, 'checkOnly'> = {},
): Promise<BitcodeOutcome[]> {
  return await inBatches(sources, (batch) =>
    withSources(batch, (folder) => emitAll(folder, [...batch.keys()], bitcode, options)),
  )
}
