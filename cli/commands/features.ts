// `benchsteer features`: the feature vectors of OpenCL files.

import { csvField, type MeasuredFunction, measureUnit } from '../../corpora/index.ts'
import { type FeatureSpace, resolveFeatureSpace, toFeatureRecord } from '../../features/index.ts'
import type { Command } from '../command.ts'
import type { CliIo } from '../io.ts'
import { readSource } from '../read-source.ts'

interface FeaturesFlags {
  readonly space: string
  readonly format: 'table' | 'jsonl' | 'csv'
  readonly perKernel: boolean
  readonly include: readonly string[]
  readonly define: readonly string[]
}

type Row = MeasuredFunction & { readonly file: string }

export const featuresCommand: Command<FeaturesFlags> = {
  name: 'features',
  summary: 'Print the feature vectors of OpenCL files.',
  description:
    'Measures each translation unit as given, as the reference tools do: Grewe has one row per function with a body, ' +
    'the IR spaces one vector per file, repeated on its rows. A file that does not compile is reported on standard ' +
    'error and gives no row; the exit code is then 1. Places in compiler messages count in the preprocessed text.',
  operands: [{ syntax: '<file...>', summary: 'OpenCL C source; - reads standard input' }],
  options: [
    {
      syntax: '--space <list>',
      summary: 'feature spaces, comma-separated, or paths of modules',
      default: 'grewe,instcount,autophase',
    },
    { syntax: '--format <format>', summary: 'output format', choices: ['table', 'jsonl', 'csv'], default: 'table' },
    { syntax: '--per-kernel', summary: 'cut each kernel out with what it needs and measure it alone' },
    { syntax: '-I, --include <dir>', summary: 'where #include looks', isRepeatable: true },
    { syntax: '-D, --define <macro>', summary: 'NAME or NAME=VALUE', isRepeatable: true },
  ],
  examples: [
    'features kernel.cl',
    'features src/*.cl --space grewe --format csv',
    'features --per-kernel --format jsonl -D BLOCK_SIZE=16 -D FLOAT=float -I include kernel.cl',
  ],
  async run(flags, io, files) {
    const spaces = await Promise.all(flags.space.split(',').map((name) => resolveFeatureSpace(name.trim())))
    const rows: Row[] = []
    let failed = 0
    for (const file of files) {
      io.signal.throwIfAborted()
      const measured = await measureFile(file, flags, spaces)
      if (!measured.ok) {
        failed++
        io.err(`${file}: ${measured.message}`)
        continue
      }
      if (measured.rows.length === 0) io.err(`${file}: defines no ${flags.perKernel ? 'kernel' : 'function'}`)
      if (flags.format === 'jsonl') {
        for (const row of measured.rows) io.out(JSON.stringify(jsonOf({ file, ...row }, spaces)))
      } else rows.push(...measured.rows.map((row) => ({ file, ...row })))
    }
    if (flags.format === 'csv') printCsv(rows, spaces, io)
    if (flags.format === 'table') printTable(rows, spaces, io)
    return failed > 0 ? 1 : 0
  },
}

async function measureFile(
  file: string,
  flags: FeaturesFlags,
  spaces: readonly FeatureSpace[],
): Promise<
  { readonly ok: true; readonly rows: readonly MeasuredFunction[] } | { readonly ok: false; readonly message: string }
> {
  let text: string
  try {
    text = readSource(file)
  } catch (error) {
    return { ok: false, message: `cannot be read: ${(error as Error).message}` }
  }
  const { include: includePaths, define: defines, perKernel } = flags
  const path = file === '-' ? undefined : file
  const measured = await measureUnit(text, { spaces, perKernel, includePaths, defines, path })
  return measured.ok ? measured : { ok: false, message: `${measured.stage}: ${measured.log}` }
}

function jsonOf(row: Row, spaces: readonly FeatureSpace[]): unknown {
  const features = spaces.map((space) => [space.id, toFeatureRecord(space, row.features[space.id])] as const)
  return { file: row.file, kernel: row.kernel, features: Object.fromEntries(features) }
}

function printCsv(rows: readonly Row[], spaces: readonly FeatureSpace[], io: CliIo): void {
  const names = spaces.flatMap((space) => space.names.map((name) => `${space.id}.${name}`))
  io.out(['file', 'kernel', ...names].map(csvField).join(','))
  for (const row of rows) {
    const values = spaces.flatMap((space) => [...row.features[space.id]].map(String))
    io.out([csvField(row.file), csvField(row.kernel), ...values].join(','))
  }
}

/** One block per row and space: the features that are not zero, names above values. */
function printTable(rows: readonly Row[], spaces: readonly FeatureSpace[], io: CliIo): void {
  for (const row of rows) {
    io.out(`${row.file}  ${row.kernel}`)
    for (const space of spaces) {
      const shown = space.names.flatMap((name, i) => {
        const value = row.features[space.id][i]
        return value !== 0 || space.names.length <= 10 ? [`${name} ${formatValue(value)}`] : []
      })
      io.out(`  ${space.id.padEnd(10)} ${shown.join('  ')}`)
    }
  }
}

function formatValue(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3)
}
