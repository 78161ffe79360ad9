// `benchsteer turing analyze`: what the answers of a study say; or those of a study that was published as counts.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Analysis,
  analyseCounts,
  analyseStudy,
  type Contrast,
  type CountedGroup,
  concludeInWords,
  isCountsCsv,
  parseCountsCsv,
  readAnswers,
  readKey,
  readStudy,
  reportNames,
  writeReport,
} from '../../../studies/index.ts'
import { Random } from '../../../synth/index.ts'
import { type Command, decimal, integer } from '../../command.ts'
import type { CliIo } from '../../io.ts'
import { formatTable } from '../../table.ts'
import { packageVersion } from '../../version.ts'

interface AnalyzeFlags {
  readonly out?: string
  readonly seed?: number
  readonly margin?: number
  readonly alpha?: number
  readonly json: boolean
}

const published = { alpha: 0.05, margin: 0.15 }

export const analyzeCommand: Command<AnalyzeFlags> = {
  name: 'analyze',
  summary: 'Analyse the answers of a study: tests of difference and equivalence, and a report with pictures.',
  description:
    'Reads study.json, key.json, answers.db and answers/*.json, leaves out whom the sheet leaves out, and writes ' +
    'report.html, report.md with report/*.svg, and analysis.json. Of a .csv of counts in the layout of CLgen’s turing-test.csv ' +
    '(a line each participant), prints the figures.',
  operands: [{ syntax: '<dir>', summary: 'folder of a study, or a .csv of counts' }],
  options: [
    { syntax: '-o, --out <dir>', summary: 'where to write the report (default: the folder of the study)' },
    { syntax: '--seed <n>', summary: 'of the permutations (default: the seed of the study)', parse: integer(0) },
    {
      syntax: '--margin <share>',
      summary: 'of counts: the equivalence margin (default: 0.15)',
      parse: decimal(0.01, 0.99),
    },
    { syntax: '--alpha <share>', summary: 'of counts: of each test (default: 0.05)', parse: decimal(0.001, 0.49) },
    { syntax: '--json', summary: 'print the analysis as JSON instead of a table' },
  ],
  examples: ['turing analyze study', 'turing analyze study --json > analysis.json', 'turing analyze turing-test.csv'],

  async run(flags, io, [path]) {
    if (path.endsWith('.csv')) analyseCsv(path, flags, io)
    else await analyseFolder(path, flags, io)
  },
}

async function analyseFolder(folder: string, flags: AnalyzeFlags, io: CliIo): Promise<void> {
  for (const name of ['margin', 'alpha'] as const) {
    if (flags[name] === undefined) continue
    throw new RangeError(`--${name}: expected none for a study, whose ${name} was settled before the first answer`)
  }
  const study = readStudy(folder)
  const key = readKey(folder, study)
  const answers = readAnswers(folder, study)
  const analysis = analyseStudy(study, key, answers, packageVersion(), new Random(flags.seed ?? key.seed))
  const out = flags.out ?? folder
  await writeReport(out, analysis)
  if (flags.json) io.out(JSON.stringify(analysis))
  else for (const line of tableOf(analysis)) io.out(line)
  for (const { file, problem } of analysis.participants.unreadable) io.err(`${file}: left out: ${problem}`)
  io.err(
    `Written: ${Object.values(reportNames)
      .map((name) => join(out, name))
      .join(', ')}`,
  )
}

function tableOf({ contrasts, participants, plan }: Analysis): string[] {
  const header = [
    'human against',
    'experience',
    'people',
    'right',
    'difference',
    '95 %',
    'p',
    'p perm.',
    'p equiv.',
    "d'",
    'c',
  ]
  const rows = contrasts.map(({ compares, level, accuracy, meanDetection, pPermutation, test, participants }) => [
    ...[compares, level, String(participants), fixed(accuracy.share, 3), fixed(test?.difference, 3)],
    ...[test === null ? '' : test.interval.map((end) => end.toFixed(3)).join(' to '), probability(test?.pDifference)],
    ...[probability(pPermutation), probability(test?.pEquivalence)],
    ...[fixed(meanDetection.sensitivity.mean, 2), fixed(meanDetection.bias.mean, 2)],
  ])
  const primary = contrasts.filter(({ level }) => level === 'all')
  return [
    `${participants.kept} participants counted, ${participants.excluded.length} left out; ${plan.participantsPerGroup} planned in each group`,
    '',
    ...formatTable(header, rows),
    '',
    ...primary.map((contrast: Contrast) => concludeInWords(contrast, plan.margin)),
  ]
}

function analyseCsv(path: string, { margin, alpha, json, out }: AnalyzeFlags, io: CliIo): void {
  if (out !== undefined) throw new RangeError('--out: expected none for counts, of which no report is written')
  const text = readText(path)
  if (!isCountsCsv(text)) {
    throw new RangeError(`${path}: expected the columns of CLgen's turing-test.csv, received ${text.split('\n', 1)[0]}`)
  }
  const options = { alpha: alpha ?? published.alpha, margin: margin ?? published.margin }
  const groups = analyseCounts(parseCountsCsv(text), options)
  if (json) io.out(JSON.stringify({ ...options, groups }))
  else for (const line of countLines(groups, options.margin)) io.out(line)
}

function countLines(groups: readonly CountedGroup[], margin: number): string[] {
  const people = groups.reduce((sum, { participants }) => sum + participants, 0)
  const header = [
    'source',
    'people',
    'right',
    'deviation',
    'human as human',
    'others as human',
    'difference',
    '95 %',
    'p',
    'p sign flips',
    'p equiv.',
    "d'",
    'c',
  ]
  const rows = groups.map((group) => [
    ...[group.source, String(group.participants), fixed(group.accuracy.mean, 3), fixed(group.accuracy.deviation, 3)],
    ...[fixed(group.humanLabelledHuman, 3), fixed(group.othersLabelledHuman, 3), fixed(group.difference.mean, 3)],
    group.difference.interval?.map((end) => end.toFixed(3)).join(' to ') ?? '',
    ...[probability(group.pDifference), probability(group.pSignFlip), probability(group.pEquivalence)],
    ...[fixed(group.meanDetection.sensitivity.mean, 2), fixed(group.meanDetection.bias.mean, 2)],
  ])
  return [
    `${people} participants`,
    '',
    ...formatTable(header, rows),
    '',
    ...groups.map(
      ({ source, accuracy, conclusion }) =>
        `${source}: ${(100 * (accuracy.mean ?? 0)).toFixed(1)} % right (chance: 50 %); ${conclusion} (margin ${margin})`,
    ),
  ]
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new RangeError(`${path}: cannot be read (${cause instanceof Error ? cause.message : cause})`, { cause })
  }
}

function probability(p: number | null | undefined): string {
  return typeof p === 'number' && p < 0.0001 ? '<0.0001' : fixed(p, 4)
}

function fixed(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined || Number.isNaN(value) ? '' : value.toFixed(digits)
}
