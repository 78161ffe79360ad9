// `benchsteer corpora export`: the kernels or benchmarks of a store in formats that others read.

import {
  countEntries,
  type ExportOptions,
  type ExportReport,
  type ExportSelection,
  type ExportUnit,
  exportFormats,
  exportStore,
  type KernelOrigin,
  type LicenceClass,
  Store,
} from '../../../corpora/index.ts'
import type { Command } from '../../command.ts'
import type { CliIo } from '../../io.ts'
import { startProgress } from '../../progress.ts'
import { corpusOption, grouped } from './options.ts'

interface ExportFlags {
  readonly corpus: string
  readonly format: string
  readonly out?: string
  readonly force: boolean
  readonly what?: ExportUnit
  readonly space?: string
  readonly target?: string
  readonly best: boolean
  readonly all: boolean
  readonly origin?: KernelOrigin
  readonly licence?: LicenceClass
  readonly duplicates: boolean
  readonly heldOut: boolean
}

export const exportCommand: Command<ExportFlags> = {
  name: 'export',
  summary:
    'Write the kernels or benchmarks of a corpus or a run as JSON lines, CSV, Parquet, OpenCL C, bitcode or C programs.',
  description:
    'jsonl and csv have one line each, parquet the table of the csv with typed columns; features are columns named ' +
    '`space.feature`. cl and bitcode make a folder with a file per kernel, `<key>.cl` or `<key>.bc`, and index.jsonl, ' +
    'which says of each line what jsonl says but the text. harness makes a folder with a C program per kernel, ' +
    '`<key>.c`, that runs it twice from an embedded payload and compares the results, and a Makefile: make check. Nothing is in its place before it is complete. A kernel ' +
    'that clang refuses has a line with the reason and no file; the exit code is then 1.',
  options: [
    { ...corpusOption, summary: 'the store to read: a corpus, or the benchsteer.db of a run' },
    {
      syntax: '--format <format>',
      summary: 'what to write',
      choices: exportFormats.map(({ id }) => id),
      default: 'jsonl',
    },
    { syntax: '-o, --out <path>', summary: 'file or folder to write (default for jsonl and csv: standard output)' },
    { syntax: '--force', summary: 'replace the file, or the earlier export in the folder' },
    {
      syntax: '--what <what>',
      summary: 'what has a line (default: benchmarks where there are any)',
      choices: ['kernels', 'benchmarks'],
    },
    { syntax: '--space <id>', summary: 'only benchmarks steered in this feature space, or kernels measured in it' },
    { syntax: '--target <name>', summary: 'only benchmarks of this target' },
    { syntax: '--best', summary: 'only the nearest benchmark of each target of each run' },
    {
      syntax: '--all',
      summary:
        'also benchmarks that the manifest of a run leaves out: filed on the way, beyond --keep of their search, of searches ' +
        'that did not end, found again for the same target',
    },
    { syntax: '--origin <origin>', summary: 'only kernels of this origin', choices: ['mined', 'seed', 'synthesized'] },
    {
      syntax: '--licence <class>',
      summary: 'only kernels whose licence is of this class',
      choices: ['permissive', 'copyleft', 'unknown'],
    },
    { syntax: '--duplicates', summary: 'also kernels whose IR an earlier kernel has' },
    { syntax: '--held-out', summary: 'also kernels kept out of training' },
  ],
  examples: [
    'corpora export -c results/bfs/benchsteer.db --format csv > benchmarks.csv',
    'corpora export -c results/bfs/benchsteer.db --best --format cl -o best/',
    'corpora export --licence permissive --format parquet -o kernels.parquet',
    'corpora export --what kernels --origin seed --format bitcode -o seed-bitcode/',
    'corpora export -c results/bfs/benchsteer.db --best --format harness -o programs/',
  ],

  async run(flags, io) {
    const { corpus, format, out, force } = flags
    using store = Store.open(corpus, { mustExist: true })
    const what = flags.what ?? (store.benchmarks.count() > 0 ? 'benchmarks' : 'kernels')
    const selection = selectionOf(flags, what)
    const total = countEntries(store, selection)
    if (total === 0) throw new RangeError(emptiness(store, flags, what))
    const options = { format, selection, force, signal: io.signal }
    if (out === undefined) {
      await exportStore(store, io.out, options)
      return 0
    }
    const { exported, failed } = await exportWithProgress(store, out, options, total, io)
    io.out(`${grouped(exported)} ${what} written to ${out}`)
    if (failed > 0) io.err(`${grouped(failed)} have no file; index.jsonl says why`)
    return failed === 0 ? 0 : 1
  },
}

async function exportWithProgress(
  store: Store,
  out: string,
  options: ExportOptions,
  total: number,
  io: CliIo,
): Promise<ExportReport> {
  using progress = startProgress(io, { label: 'exporting', total, unit: options.selection.what })
  return await exportStore(store, out, { ...options, onProgress: (done) => progress.update(done) })
}

function selectionOf(flags: ExportFlags, what: ExportUnit): ExportSelection {
  const { space, origin, licence, target, best, all, duplicates, heldOut } = flags
  const ofBenchmarks = { targetName: target, bestOnly: best, includeInterim: all }
  const ofKernels = { space, origin, licenceClass: licence, includeDuplicates: duplicates, includeHeldOut: heldOut }
  return { what, ...ofBenchmarks, ...ofKernels }
}

/** Which filters left nothing, and what would be there without the silent ones. */
function emptiness(store: Store, flags: ExportFlags, what: ExportUnit): string {
  const isOfBenchmarks = what === 'benchmarks'
  const all = countEntries(store, {
    what,
    includeDuplicates: true,
    includeHeldOut: true,
    includeInterim: isOfBenchmarks,
  })
  if (all === 0) return `--corpus: ${flags.corpus} has no ${what}`
  const { space, target, best, origin, licence } = flags
  const given = Object.entries({ space, target, origin, licence }).filter(([, value]) => value !== undefined)
  const filters = [...given.map(([name, value]) => `--${name} ${value}`), ...(best ? ['--best'] : [])]
  const held = countEntries(store, { ...selectionOf(flags, what), includeHeldOut: true })
  const interim = isOfBenchmarks ? countEntries(store, { ...selectionOf(flags, what), includeInterim: true }) : 0
  const reason = interim > 0 ? 'is what a search ended with' : 'is fit for training'
  const failing = filters.length === 0 ? reason : `passes ${filters.join(' ')}`
  const remark =
    held > 0
      ? `; --held-out would export ${grouped(held)}`
      : interim > 0
        ? `; --all would export ${grouped(interim)}`
        : ''
  return `--corpus: none of the ${grouped(all)} ${what} in ${flags.corpus} ${failing}${remark}`
}
