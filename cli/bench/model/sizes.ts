// How large the kernels are that the model writes, beside what people write.

import { type Percentiles, percentilesOf } from '../../../corpora/index.ts'
import { formatTable } from '../../table.ts'
import type { ModelPart } from './part.ts'

interface Sizes {
  readonly of: string
  readonly size: 'tokens' | 'IR bytes'
  /** Kernels whose size is known; of much training data, only some are compiled. */
  readonly kernels: number
  readonly percentiles: Percentiles
}

export const sizesPart: ModelPart = {
  name: 'sizes',
  needs: [],
  async measure({ samples, human, io }) {
    const writers = (await samples()).map(({ decoding, compiling }) => ({
      of: `model, ${decoding}`,
      tokens: compiling.map(({ form }) => form.tokens.length),
      irBytes: compiling.flatMap(({ ir }) => ir?.bytes ?? []),
    }))
    if (human !== undefined) {
      const { source, tokenCounts } = human
      writers.push({
        of: `people, ${source}`,
        tokens: [...tokenCounts],
        irBytes: [...(await human.irBytes(io.signal))],
      })
    }
    const figures = [
      ...writers.map(({ of, tokens }) => sizesOf(of, 'tokens', tokens)),
      ...writers.map(({ of, irBytes }) => sizesOf(of, 'IR bytes', irBytes)),
    ]
    const rows = figures.map(({ of, size, kernels, percentiles }) => [of, size, `${kernels}`, ...cells(percentiles)])
    const missing = human === undefined ? ['what people write is left out: it needs --corpus or --data'] : []
    const lines = formatTable(['written by', 'size', 'kernels', ...percentileNames], rows)
    return { figures, lines: ['sizes of compiling kernels, percentiles', ...lines, ...missing] }
  },
}

function sizesOf(of: string, size: Sizes['size'], values: readonly number[]): Sizes {
  return { of, size, kernels: values.length, percentiles: percentilesOf(values) }
}

/** Column titles of percentiles. */
export const percentileNames: readonly string[] = ['10 %', '50 %', '90 %', '99 %', 'max']

/** Percentiles under their titles. */
export function cells({ p10, p50, p90, p99, max }: Percentiles): string[] {
  return [p10, p50, p90, p99, max].map(String)
}
