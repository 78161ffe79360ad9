// Finds out what is not known yet of the nearest kernels of each run, kernel by kernel, each filed at once.

import type { EvaluationResults } from '../records.ts'
import type { ResultsFolder } from '../runner/results-folder.ts'
import type { Describer } from './describer.ts'

/** How far it is. */
export interface DescribeProgress {
  readonly done: number
  readonly total: number
}

/**
 * @param describers - asked in turn: later ones know what earlier ones found
 * @param perRun - kernels of each run, nearest first
 * @throws the signal's reason when aborted: what was found is kept
 */
export async function* describeKernels(
  results: EvaluationResults,
  folder: ResultsFolder,
  describers: readonly Describer[],
  perRun: number,
  signal: AbortSignal,
): AsyncGenerator<DescribeProgress, void> {
  const ids = new Set(results.runs.flatMap(({ best }) => best.slice(0, perRun).map(({ kernel }) => kernel)))
  const texts = [...ids].flatMap((id) => {
    const text = folder.sourceOf(id)
    return text === undefined ? [] : [{ id, text }]
  })
  for (const [done, { id, text }] of texts.entries()) {
    for (const describer of describers) {
      const kernel = folder.kernels.get(id)
      if (kernel === undefined || !describer.isWanted(kernel)) continue
      signal.throwIfAborted()
      folder.update({ ...kernel, ...(await describer.describe(kernel, text, signal)) })
    }
    yield { done: done + 1, total: texts.length }
  }
}
