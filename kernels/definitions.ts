// The functions of many normal forms in LLVM IR, a translation unit per core: half the time of a unit each, since the
// compiler sets itself up once. What a search compiles by the thousand.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compileAll, inBatches, withSources } from './clang.ts'
import { type CompileOptions, type CompileOutcome, errorsByFile, runClang } from './run-clang.ts'

/** Runs after which what is left is compiled one by one. */
const mostRuns = 3

/**
 * Definitions of the functions of each normal form, as `compileAll` would emit them but for their names; no globals,
 * declarations or metadata. What a feature space reads of a module.
 * @param forms - texts in normal form: they parse, and have only `f0`, `t0`, `g0` and the like at file scope
 * @returns per form, in order, as `compileAll`
 */
export async function emitDefinitions(
  forms: readonly string[],
  options: Omit<CompileOptions, 'checkOnly'> = {},
): Promise<CompileOutcome[]> {
  return await inBatches(forms, (batch) => emitTogether(batch, options))
}

async function emitTogether(forms: readonly string[], options: CompileOptions): Promise<CompileOutcome[]> {
  const sources = forms.map((form, i) => `# 1 "${i}.cl"\n${withOwnNames(form, i)}\n`) // errors name the form by that file
  return await withSources([], async (folder) => {
    const outcomes: CompileOutcome[] = []
    let open = forms.map((_, i) => i)
    for (let run = 0; run < mostRuns && open.length > 0; run++) {
      await writeFile(join(folder, 'all.cl'), `${open.map((i) => sources[i]).join('')}# 1 "all.cl"\n`)
      const { failed, isUncertain, stderr } = await runClang(folder, ['-emit-llvm', 'all.cl'], open.length, options)
      if (!failed) {
        const definitions = definitionsByForm(await readFile(join(folder, 'all.ll'), 'utf8'))
        for (const i of open) outcomes[i] = { ok: true, ir: definitions.get(i) ?? '' }
        return outcomes
      }
      const logs = errorsByFile(stderr)
      if (isUncertain || logs.size === 0) break
      for (const [i, log] of logs) outcomes[i] = { ok: false, stage: 'compile', log: log.replace(ownName, '') }
      open = open.filter((i) => !logs.has(i))
    }
    const alone = await compileAll(
      open.map((i) => forms[i]),
      options,
    )
    for (const [k, i] of open.entries()) outcomes[i] = alone[k]
    return outcomes
  })
}

const ownName = /\bk\d+_(?=[ftg]\d)/g

/** Names at file scope that no other form has. */
function withOwnNames(form: string, index: number): string {
  return form.replace(/\b[ftg]\d+\b/g, (name) => `k${index}_${name}`)
}

function definitionsByForm(ir: string): Map<number, string> {
  const definitions = new Map<number, string>()
  for (const [text, form] of ir.matchAll(/^define [^@\n]*@k(\d+)_[\s\S]*?^}\n/gm)) {
    definitions.set(Number(form), (definitions.get(Number(form)) ?? '') + text)
  }
  return definitions
}
