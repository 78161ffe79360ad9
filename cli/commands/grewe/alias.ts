// `benchsteer grewe alias`: where the features cannot tell CPU from GPU, and what could.

import {
  type AliasedPoint,
  type AliasPair,
  aliasCost,
  findAliases,
  proposeAliasPairs,
  rankSeparators,
  type Separator,
} from '../../../active-learning/index.ts'
import { grewe, toFeatureRecord } from '../../../features/index.ts'
import { Random } from '../../../synth/index.ts'
import { type Command, integer } from '../../command.ts'
import type { CliIo } from '../../io.ts'
import { formatTable } from '../../table.ts'
import { DataReader, dataSyntax, digits, writeNewFile } from './options.ts'

interface AliasFlags {
  readonly json: boolean
  readonly limit: number
  readonly pairs: number
  readonly targets?: string
  readonly force: boolean
  readonly deals: number
  readonly seed: number
}

export const aliasCommand: Command<AliasFlags> = {
  name: 'alias',
  summary: 'Report points where equal features carry both labels, and which further number would tell them apart.',
  description:
    'No model over F1 to F4 can be right at such points. The ranking says how many bits a row a number adds once F1 to ' +
    'F4 are known, against what it adds when labels are dealt anew within each point. Columns that a file has beside ' +
    'the layout, such as instcount.TotalInsts, are ranked too. --pairs proposes pairs of targets for `benchsteer synth` ' +
    'that F1 to F4 cannot tell apart by construction and that differ in one thing.',
  operands: [{ syntax: '<data...>', summary: dataSyntax }],
  options: [
    { syntax: '--json', summary: 'one JSON object per point, number and pair, each with its kind' },
    {
      syntax: '--limit <n>',
      summary: 'points listed in the table, most evenly mixed first',
      parse: integer(0),
      default: 10,
    },
    { syntax: '--pairs <n>', summary: 'pairs to propose', parse: integer(0, 10_000), default: 0 },
    {
      syntax: '--targets <file>',
      summary: 'write the targets of the pairs, as `synth --targets FILE.jsonl` takes them',
    },
    { syntax: '--force', summary: 'replace that file' },
    { syntax: '--deals <n>', summary: 'deals of labels behind chance and p', parse: integer(1, 100_000), default: 200 },
    { syntax: '--seed <n>', summary: 'of the deals', parse: integer(0), default: 0 },
  ],
  examples: [
    'grewe alias nvidia-clgen.csv',
    'grewe alias nvidia-benchmarks.csv nvidia-clgen.csv --pairs 20 --json',
    'grewe alias nvidia-clgen.csv --pairs 20 --targets pairs.jsonl',
  ],

  async run(flags, io, files) {
    const { rows } = new DataReader(io).set('data', files.join(','))
    const points = findAliases(rows)
    const separators = rankSeparators(points, { deals: flags.deals, rng: new Random(flags.seed) })
    const pairs = flags.pairs === 0 ? [] : proposeAliasPairs(points, grewe, { limit: flags.pairs })
    if (flags.targets !== undefined) writeTargets(flags.targets, flags.force, pairs, io)
    const lines = flags.json
      ? jsonLines(points, separators, pairs)
      : tableLines(points, rows.length, separators, pairs, flags.limit)
    for (const line of lines) io.out(line)
  },
}

function writeTargets(path: string, force: boolean, pairs: readonly AliasPair[], io: CliIo): void {
  if (!path.endsWith('.jsonl'))
    throw new RangeError(`--targets: expected a name that ends in .jsonl, received '${path}'`)
  if (pairs.length === 0) throw new RangeError('--targets: expected --pairs to say how many, and data with such points')
  const lines = pairs.flatMap(({ sides, difference }, i) =>
    sides.map(({ target, transferBytes, wgsize }, side) => {
      const features = { [target.space.id]: toFeatureRecord(target.space, target.values) }
      return JSON.stringify({ name: `pair-${i + 1}-${'ab'[side]}`, difference, transferBytes, wgsize, features })
    }),
  )
  writeNewFile('--targets', path, force, `${lines.join('\n')}\n`)
  io.err(`${lines.length} targets written to ${path}`)
}

function jsonLines(
  points: readonly AliasedPoint[],
  separators: readonly Separator[],
  pairs: readonly AliasPair[],
): string[] {
  return [
    ...points.map(({ features, rows }) => {
      const members = rows.map(({ program, kernel, dataset, label }) => ({ program, kernel, dataset, label }))
      return JSON.stringify({ kind: 'point', features, rows: members })
    }),
    ...separators.map((separator) => JSON.stringify({ kind: 'separator', ...separator })),
    ...pairs.map(({ difference, features, sides, like }) => {
      const targets = sides.map(({ target, transferBytes, wgsize }) => ({ target: target.name, transferBytes, wgsize }))
      const { program, kernel, dataset } = like
      return JSON.stringify({ kind: 'pair', difference, features, like: { program, kernel, dataset }, targets })
    }),
  ]
}

function tableLines(
  points: readonly AliasedPoint[],
  rows: number,
  separators: readonly Separator[],
  pairs: readonly AliasPair[],
  limit: number,
): string[] {
  const cost = aliasCost(points)
  const mixed = [...points].sort((a, b) => rarer(b) - rarer(a)).slice(0, limit)
  const lines = [
    `${points.length} points have rows of both labels: ${cost.rows} of ${rows} rows, of which ${cost.wrongAtLeast} are ` +
      'wrong whatever a model over F1 to F4 says',
  ]
  if (mixed.length > 0)
    lines.push('', ...formatTable(['F1', 'F2', 'F3', 'F4', 'CPU', 'GPU', 'for example'], mixed.map(pointCells)))
  if (separators.length > 0) {
    const header = ['number', 'rows', 'bits a row', 'by chance', 'p', 'points parted']
    lines.push('', ...formatTable(header, separators.map(separatorCells)))
  }
  if (pairs.length > 0) {
    const header = ['differs in', 'target', 'transfer', 'wgsize']
    lines.push('', ...formatTable(header, pairs.flatMap(pairCells)))
  }
  return lines
}

function rarer({ rows }: AliasedPoint): number {
  const gpu = gpuRows(rows)
  return Math.min(gpu, rows.length - gpu)
}

function gpuRows(rows: AliasedPoint['rows']): number {
  return rows.filter(({ label }) => label === 'GPU').length
}

function pointCells({ features, rows }: AliasedPoint): string[] {
  const gpu = gpuRows(rows)
  const example = (label: string): string => {
    const row = rows.find((one) => one.label === label)
    return `${label} ${row?.program.slice(0, 24)}-${row?.kernel} ${row?.dataset}`
  }
  const shown = features.map((value) => String(Number(value.toPrecision(8))))
  return [...shown, String(rows.length - gpu), String(gpu), `${example('CPU')}, ${example('GPU')}`]
}

function separatorCells({ name, rows, gain, chance, p, separated }: Separator): string[] {
  return [name, String(rows), digits(gain), digits(chance), digits(p), String(separated)]
}

function pairCells({ difference, sides }: AliasPair): string[][] {
  return sides.map(({ target, transferBytes, wgsize }, i) => [
    ...[i === 0 ? difference : '', target.name, String(transferBytes), String(wgsize)],
  ])
}
