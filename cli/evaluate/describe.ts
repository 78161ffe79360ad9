// What is found out of the nearest kernels after the runs, as options ask for it.

import { type Describer, describeKernels, openLabels, openLikelihoods, openOutcomes } from '../../evaluation/index.ts'
import type { CliIo } from '../io.ts'
import { type Progress, startProgress } from '../progress.ts'
import type { EvaluateFlags } from './flags.ts'
import type { Evaluated } from './run.ts'

/** @returns the results with what was found out; the same ones where nothing was asked */
export async function describeEvaluated(
  evaluated: Evaluated,
  flags: EvaluateFlags,
  model: string,
  io: CliIo,
): Promise<Evaluated> {
  const describers: Describer[] = []
  let progress: Progress | undefined
  try {
    for (const open of wanted(flags, model)) describers.push(await open())
    if (describers.length === 0) return evaluated
    const { results, folder } = evaluated
    for await (const { done, total } of describeKernels(results, folder, describers, flags.describe, io.signal)) {
      if (!flags.quiet) progress ??= startProgress(io, { label: 'describing', total, unit: 'kernels' })
      progress?.update(done)
    }
    const kernels = new Map(
      [...results.kernels.keys()].flatMap((id) => {
        const kernel = folder.kernels.get(id)
        return kernel === undefined ? [] : [[id, kernel] as const]
      }),
    )
    return { ...evaluated, results: { ...results, kernels } }
  } finally {
    progress?.[Symbol.dispose]()
    for (const describer of describers) describer[Symbol.dispose]()
  }
}

/** @throws {RangeError} for labels without validation, before anything runs */
export function checkDescription({ validate, devices }: EvaluateFlags): void {
  if (devices === undefined || validate !== undefined) return
  throw new RangeError('--devices: expected --validate, too: only what it accepts is timed')
}

function wanted({ validate, devices, size, likelihood }: EvaluateFlags, model: string): (() => Promise<Describer>)[] {
  return [
    ...(validate === undefined ? [] : [() => openOutcomes(validate)]),
    ...(devices === undefined
      ? []
      : [() => openLabels({ devices, size, date: new Date().toISOString().slice(0, 10) })]),
    ...(likelihood ? [() => openLikelihoods(model)] : []),
  ]
}
