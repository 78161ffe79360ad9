// What the report says, as blocks that become HTML and Markdown elsewhere.

import type { Block, Column } from '../../corpora/index.ts'
import type { DataTable, DataValue, Evidence } from '../evaluators/evaluator.ts'
import type { EvaluationResults, EvaluationRun } from '../records.ts'
import type { MeasuredComparison } from '../statistics/compare-all.ts'
import { type Answer, filesOf } from './answers.ts'
import { findCaveats } from './caveats.ts'

/** Everything that a report is made of. */
export interface ReportParts {
  readonly results: EvaluationResults
  readonly subject: string
  readonly comparisons: readonly MeasuredComparison[]
  readonly answers: readonly Answer[]
  readonly version: string
  /** ISO 8601. */
  readonly date: string
  /** That makes the report. */
  readonly command: string
}

type Present = Extract<Evidence, { kind: 'present' }>

export function describeReport(parts: ReportParts): Block[] {
  const { answers, subject, comparisons } = parts
  const present = answers.flatMap(({ evaluator, evidence }) =>
    evidence.kind === 'present' ? [{ evaluator, evidence }] : [],
  )
  const missing = answers.flatMap(({ evaluator, evidence }) =>
    evidence.kind === 'absent' ? [`${evaluator.title}: ${evidence.reason}`] : [],
  )
  const links = present.map(({ evaluator: { id, title } }) => ({ text: title, to: `#${id}` }))
  const more = [
    ...(missing.length === 0 ? [] : [{ text: 'What is missing', to: '#missing' }]),
    { text: 'How it was made', to: '#provenance' },
  ]
  return [
    { kind: 'heading', level: 1, text: `Evaluation of ${subject}` },
    { kind: 'paragraph', text: leadOf(parts) },
    ...findCaveats(parts.results).map((text): Block => ({ kind: 'paragraph', text })),
    ...(comparisons.length === 0 ? [] : [{ kind: 'list', items: verdictsOf(comparisons) } as const]),
    { kind: 'links', title: 'Contents', items: [...links, ...more] },
    ...present.flatMap((answer) => describeAnswer(answer)),
    ...(missing.length === 0 ? [] : [section('missing', 'What is missing'), { kind: 'list', items: missing } as const]),
    section('provenance', 'How it was made'),
    { kind: 'facts', rows: factsOf(parts) },
    { kind: 'code', text: parts.command },
  ]
}

function leadOf({ results, subject }: ReportParts): string {
  const { spaces, seeds, groups, budgetMs, runs } = results
  const targets = new Set(results.targets.map(({ suite, name }) => `${suite}/${name}`)).size
  return (
    `${subject} against ${some(groups.length - 1, 'rival')}: ${some(targets, 'target')}, ` +
    `${some(spaces.length, 'feature space')} (${spaces.join(', ')}), ${some(seeds.length, 'seed')}, ` +
    `${budgetMs / 1000} s for each search, start-up included; ${some(runs.length, 'run')}.`
  )
}

/** The main question. */
function verdictsOf(comparisons: readonly MeasuredComparison[]): string[] {
  return comparisons
    .filter(({ isMain }) => isMain)
    .map((own) => {
      const { rival, difference, interval, better, equal, worse, targets, adjustedP, effect } = own
      const sign = (value: number): string => `${value > 0 ? '+' : ''}${fixed(value, 2)}`
      const counts = `nearer at ${better}, as near at ${equal}, farther at ${worse} of ${targets} targets`
      return (
        `Against ${rival}: ${own.verdict}. ${sign(difference)} points of proximity (95 % interval ${sign(interval.low)} to ` +
        `${sign(interval.high)}); ${counts}; rank-biserial ${effect.toFixed(2)}; p ${probability(adjustedP)} (Holm).`
      )
    })
}

function probability(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3)
}

function describeAnswer({
  evaluator,
  evidence,
}: {
  readonly evaluator: Answer['evaluator']
  readonly evidence: Present
}): Block[] {
  const file = (name: string) => filesOf(evaluator, name)
  const shown = new Set<string>()
  const tablesOf = (names: readonly string[]): Block[] =>
    evidence.tables.flatMap((table) => {
      if (!names.includes(table.name) || shown.has(table.name)) return []
      shown.add(table.name)
      return [tableBlock(table)]
    })
  const figures = evidence.figures.flatMap(({ name, svg, caption, tables }): Block[] => {
    const data = tables.flatMap((table) => [
      { text: `${table}.csv`, to: file(table).csv },
      { text: `${table}.json`, to: file(table).json },
    ])
    return [
      { kind: 'picture', file: file(name).svg, svg, caption },
      {
        kind: 'links',
        title: 'Files',
        items: [
          { text: 'SVG', to: file(name).svg },
          { text: 'PNG', to: file(name).png },
          ...data,
          { text: 'command', to: '#provenance' },
        ],
      },
      ...tablesOf(tables),
    ]
  })
  const others = evidence.tables.filter(({ name }) => !evidence.figures.some(({ tables }) => tables.includes(name)))
  return [
    section(evaluator.id, evaluator.title),
    { kind: 'paragraph', text: evaluator.question },
    ...(evidence.notes.length === 0 ? [] : [{ kind: 'list', items: evidence.notes } as const]),
    ...figures,
    ...others.flatMap(({ name }): Block[] => [
      ...tablesOf([name]),
      {
        kind: 'links',
        title: 'Files',
        items: [
          { text: `${name}.csv`, to: file(name).csv },
          { text: `${name}.json`, to: file(name).json },
        ],
      },
    ]),
  ]
}

/** Rows of a folded table that a page shows at most; the files have all. */
const mostRows = 300

function tableBlock({ title, columns, rows, isDetail }: DataTable): Block {
  const heads = columns.map(([name, decimals]): Column => ({ title: name, isNumeric: decimals !== undefined }))
  const cells = rows.slice(0, mostRows).map((row) => row.map((value, i) => format(value, columns[i][1])))
  const more = rows.length > mostRows ? `, the first ${mostRows}; the files have all` : ''
  const folded = isDetail === true ? { folded: `${title} (${rows.length} rows${more})` } : {}
  return { kind: 'table', columns: heads, rows: cells, ...folded }
}

/** Without a sign where nothing is left of it. */
function fixed(value: number, decimals: number | undefined): string {
  return value.toFixed(decimals).replace(/^-(0(?:\.0+)?)$/, '$1')
}

function format(value: DataValue, decimals: number | undefined): string {
  if (value === null) return ''
  if (typeof value === 'string') return value
  return Number.isFinite(value) ? fixed(value, decimals) : String(value)
}

function factsOf({ results, version, date }: ReportParts): [string, string][] {
  const { runs, groups } = results
  const different = (read: (run: EvaluationRun) => string): string =>
    [...new Set(runs.map(read))].sort().join('; ') || 'none'
  const wall = runs.reduce((sum, { wallMs }) => sum + wallMs, 0) / 3.6e6
  const days = runs.map((run) => run.provenance.date.slice(0, 10)).sort()
  return [
    ['report by', `benchsteer ${version}, ${date}`],
    [
      'runs by',
      different(({ provenance: { version, program } }) => `benchsteer ${version}, code ${program ?? 'unknown'}`),
    ],
    ['kernels kept of a run', different((run) => `${run.provenance.keep ?? 'unknown'}`)],
    ['model', different((run) => run.provenance.model ?? 'none')],
    ['machine', different((run) => `${run.provenance.machine}, ${run.provenance.cores} cores for a group`)],
    [
      'runs from',
      days.length === 0 ? 'never' : `${days[0]} to ${days[days.length - 1]}, ${wall.toFixed(1)} hours in all`,
    ],
    [
      'groups',
      groups.map((group) => `${group} (${runs.find((run) => run.group === group)?.kind ?? 'no run'})`).join(', '),
    ],
    ['commands of the runs', different((run) => run.provenance.command)],
    ['budget', `${results.budgetMs / 1000} s, the same for each group, target and seed`],
    ['seeds', results.seeds.join(', ')],
  ]
}

function some(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

function section(anchor: string, text: string): Block {
  return { kind: 'heading', level: 2, text, anchor }
}
