// `benchsteer grewe import`: what a file of labelled kernels holds, and what is odd about it.

import {
  aliasCost,
  type Finding,
  findAliases,
  formatCsv,
  formatJsonLines,
  formatParquet,
  isDecided,
  type Layout,
  layouts,
  type ReadDataSet,
  readGreweCsv,
  type Severity,
} from '../../../active-learning/index.ts'
import type { Command } from '../../command.ts'
import { readOperand } from '../../read-source.ts'
import { formatTable } from '../../table.ts'
import { writeResult } from './options.ts'

interface ImportFlags {
  readonly json: boolean
  readonly all: boolean
  readonly format?: 'csv' | 'jsonl' | 'parquet'
  readonly layout?: Layout
  readonly out?: string
  readonly force: boolean
}

/** Of each kind, where not all are asked for. */
const shownFindings = 5

export const importCommand: Command<ImportFlags> = {
  name: 'import',
  summary: 'Check a file of labelled kernels line by line, and write it in other formats.',
  description:
    'Reads the public layouts of Cummins et al. (CGO 2017), programs of suites and CLgen kernels, and our own: the ' +
    'first with columns suite, program, kernel, time_source (measured or modelled), cpu_device, cpu_driver, gpu_device, ' +
    'gpu_driver, cpu_low, cpu_high, gpu_low, gpu_high (95 % intervals in ms), seed, date, source_key, and any other ' +
    'numbers. Rows with values that cannot be are left out, and the exit code is then 1; what contradicts itself is kept ' +
    'and said. With --format the rows are written instead of the findings.',
  operands: [{ syntax: '<file>', summary: 'CSV; - reads standard input' }],
  options: [
    { syntax: '--json', summary: 'one JSON object per finding, then one that counts them' },
    { syntax: '--all', summary: `every finding, not only the first ${shownFindings} of each kind` },
    { syntax: '--format <format>', summary: 'write the rows', choices: ['csv', 'jsonl', 'parquet'] },
    {
      syntax: '--layout <layout>',
      summary: 'columns of csv and parquet (default: those of the file)',
      choices: layouts,
    },
    { syntax: '-o, --out <file>', summary: 'where to write them (default for csv and jsonl: standard output)' },
    { syntax: '--force', summary: 'replace the file' },
  ],
  examples: [
    'grewe import nvidia-benchmarks.csv',
    'grewe import nvidia-clgen.csv --all --json > findings.jsonl',
    'grewe import nvidia-clgen.csv --format parquet --layout own -o clgen.parquet',
  ],

  async run(flags, io, [file]) {
    const set = readGreweCsv(readOperand(file, 'a CSV file of labelled kernels'), file)
    const leftOut = set.records - set.rows.length
    if (flags.format !== undefined) {
      if (leftOut > 0)
        io.err(`${file}: ${leftOut} of ${set.records} rows left out; grewe import without --format says why`)
      writeResult(io, flags.out, flags.force, await render(set, flags.format, flags.layout ?? set.layout))
    } else if (flags.json) {
      for (const finding of set.findings) io.out(JSON.stringify(finding))
      io.out(JSON.stringify(summaryOf(set)))
    } else for (const line of [...findingLines(set, flags.all), '', ...summaryLines(set)]) io.out(line)
    return leftOut > 0 ? 1 : 0
  },
}

async function render({ rows }: ReadDataSet, format: string, layout: Layout): Promise<string | Uint8Array> {
  if (format === 'jsonl') return formatJsonLines(rows)
  return format === 'csv' ? formatCsv(rows, layout) : await formatParquet(rows, layout)
}

function findingLines({ findings }: ReadDataSet, isAll: boolean): string[] {
  const seen = new Map<string, number>()
  const shown = findings.filter(({ code, severity }) => {
    const count = (seen.get(`${severity} ${code}`) ?? 0) + 1
    seen.set(`${severity} ${code}`, count)
    return isAll || count <= shownFindings || code === 'rounded'
  })
  const lines = shown.map(({ line, severity, code, message }) => {
    return `${(line === null ? 'all lines' : `line ${line}`).padEnd(10)}  ${severity.padEnd(7)}  ${code.padEnd(9)}  ${message}`
  })
  const rest = findings.length - shown.length
  return rest === 0 ? lines : [...lines, `${rest} more; --all shows them`]
}

function summaryOf(set: ReadDataSet): object {
  const { name, layout, records, rows, findings } = set
  const distinct = (values: readonly string[]): number => new Set(values).size
  const aliases = findAliases(rows)
  return {
    ...{ file: name, layout, records, rows: rows.length },
    suites: distinct(rows.map(({ suite }) => suite)),
    programs: distinct(rows.map(({ program }) => program)),
    kernels: distinct(rows.map(({ program, kernel }) => `${program} ${kernel}`)),
    cpu: rows.filter(({ label }) => label === 'CPU').length,
    gpu: rows.filter(({ label }) => label === 'GPU').length,
    undecided: rows.filter((row) => !isDecided(row)).length,
    ...{ points: distinct(rows.map(({ features }) => features.join())), aliasedPoints: aliases.length },
    aliasedRows: aliasCost(aliases).rows,
    findings: counts(findings),
  }
}

function counts(findings: readonly Finding[]): Record<string, number> {
  const result: Record<string, number> = {}
  for (const { severity, code } of findings) result[`${severity} ${code}`] = (result[`${severity} ${code}`] ?? 0) + 1
  return result
}

const severities: readonly Severity[] = ['error', 'warning', 'note']

function summaryLines(set: ReadDataSet): string[] {
  const { findings, ...facts } = summaryOf(set) as Record<string, unknown> & { findings: Record<string, number> }
  const listed = Object.entries(findings).sort(([a], [b]) => order(a) - order(b))
  return [
    ...formatTable(
      ['', ''],
      Object.entries(facts).map(([name, value]) => [name, String(value)]),
    ).slice(1),
    '',
    ...formatTable(
      ['findings', 'count'],
      listed.map(([name, count]) => [name, String(count)]),
    ),
  ]
}

function order(name: string): number {
  return severities.findIndex((severity) => name.startsWith(severity))
}
