// A figure of each kernel, as quantiles by group.

import type { EvaluationKernel } from '../records.ts'
import { drawSpans } from './charts.ts'
import { absent, type EvaluatorInput, type Evidence } from './evaluator.ts'
import { quantileTable, type Sample, spanRows } from './quantiles.ts'
import { kernelsOf } from './runs.ts'

/** A figure, and how it is shown. */
export interface KernelFigure {
  /** `tokens` */
  readonly noun: string
  /** Null where it is not known. */
  readonly read: (kernel: EvaluationKernel) => number | null
  readonly type: 'linear' | 'log' | 'symlog'
  readonly decimals: number
  readonly missing: string
}

const panel = 'all spaces'

export function evaluateDistribution(input: EvaluatorInput, figure: KernelFigure): Evidence {
  const { noun, read, type, decimals } = figure
  const all = input.results.groups.map((group) => ({ group, kernels: kernelsOf(input.results, group) }))
  const samples = all.map(({ group, kernels }): Sample => {
    return { panel, group, values: kernels.flatMap((kernel) => read(kernel) ?? []) }
  })
  if (samples.every(({ values }) => values.length === 0)) return absent(figure.missing)
  const svg = drawSpans(input.drawing, `${noun} by group`, spanRows(input, samples, decimals), { label: noun, type })
  const unknown = all.flatMap(({ group, kernels }, i) => {
    const missing = kernels.length - samples[i].values.length
    return missing === 0 ? [] : [`${missing} of ${kernels.length} of ${group}`]
  })
  const caption = `${noun} of the kernels that were returned: median (symbol), quartiles (thick), 10th to 90th percentile (thin).`
  return {
    kind: 'present',
    figures: [{ name: 'quantiles', svg, caption, tables: ['quantiles'] }],
    tables: [quantileTable({ name: 'quantiles', title: `${noun} by group` }, 'kernels of', samples, decimals)],
    notes: unknown.length === 0 ? [] : [`Not known for these kernels, and left out: ${unknown.join('; ')}.`],
  }
}
