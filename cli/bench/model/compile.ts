// How much of what the model writes in one shot compiles and is new, and how fast it comes.

import { formatTable } from '../../table.ts'
import type { Decoding } from './flags.ts'
import { type ModelPart, shown } from './part.ts'
import type { SampleRun } from './samples.ts'

interface CompileFigures extends Readonly<SampleRun['counts']> {
  readonly decoding: Decoding
  readonly processes: number
  /** Different IR among what compiles. */
  readonly uniqueByIr: number
  readonly compileRate: number
  /** Shares of what compiles. */
  readonly uniqueShare: number
  readonly uniqueByIrShare: number
  readonly idsPerSecond: number
  readonly uniquePerSecond: number
}

export const compilePart: ModelPart = {
  name: 'compile',
  needs: [],
  async measure(bench) {
    const figures = (await bench.samples()).map(figuresOf)
    const header = ['decoding', 'sampled', 'complete', 'parse', 'compile', 'compile %', 'unique %', 'unique by IR %']
    const rows = figures.map((run) => [
      ...[run.decoding, `${run.sampled}`, `${run.complete}`, `${run.parsed}`, `${run.compiled}`],
      ...[run.compileRate, run.uniqueShare, run.uniqueByIrShare].map((share) => shown(100 * share, 1)),
      ...[shown(run.idsPerSecond, 0), shown(run.uniquePerSecond, 1)],
    ])
    const lines = formatTable([...header, 'token ids/s', 'unique/s'], rows)
    return { figures, lines: ['single shot from `kernel void [HOLE]`; unique: of those that compile', ...lines] }
  },
}

function figuresOf({ decoding, processes, counts, idCount, seconds, compiling }: SampleRun): CompileFigures {
  const uniqueByIr = new Set(compiling.flatMap(({ ir }) => ir?.key ?? [])).size
  return {
    ...{ decoding, processes, ...counts, uniqueByIr },
    compileRate: counts.compiled / counts.sampled,
    uniqueShare: counts.unique / counts.compiled,
    uniqueByIrShare: uniqueByIr / counts.compiled,
    idsPerSecond: idCount / seconds,
    uniquePerSecond: counts.unique / seconds,
  }
}
