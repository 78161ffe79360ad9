// `benchsteer turing simulate`: the rehearsal of a study, by made-up participants of stated skill.

import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  defaultResponseModel,
  type Rate,
  type RehearsalSummary,
  type RehearsedStudy,
  readKey,
  readStudy,
  rehearse,
  sumUp,
} from '../../../studies/index.ts'
import { Random } from '../../../synth/index.ts'
import { type Command, decimal, integer } from '../../command.ts'
import { startProgress } from '../../progress.ts'
import { formatTable } from '../../table.ts'

interface SimulateFlags {
  readonly out: string
  readonly participants?: number
  readonly difference: number
  readonly controlDifference: number
  readonly careless: number
  readonly studies: number
  readonly seed: number
  readonly json: boolean
}

const fileNames = { options: 'rehearsal.json', studies: 'rehearsal.jsonl', summary: 'summary.json' } as const

export const simulateCommand: Command<SimulateFlags> = {
  name: 'simulate',
  summary: 'Rehearse a study: made-up participants answer over HTTP, and the tests look for what was put in.',
  description:
    'Each rehearsal starts a collector of its own on a copy of the study, so answers of people are never touched. Without ' +
    'a difference, the test of difference should speak in about alpha of many studies (its type I error); with the ' +
    'effect of the plan, as often as the plan promised. A line a study goes to rehearsal.jsonl; the same command goes on ' +
    'where it stopped. The exit code is 1 where an answer was lost or doubled, or the groups differ by more than one.',
  operands: [{ syntax: '<dir>', summary: 'folder of the study, which is only read' }],
  options: [
    { syntax: '-o, --out <dir>', summary: 'folder to write to', isRequired: true },
    {
      syntax: '-n, --participants <n>',
      summary: 'in each study (default: what the plan asks for)',
      parse: integer(2, 10_000),
    },
    {
      syntax: '--difference <share>',
      summary: 'put in: share of human kernels labelled human, less that of machine kernels',
      default: 0,
      parse: decimal(-1, 1),
    },
    {
      syntax: '--control-difference <share>',
      summary: 'likewise of control kernels',
      default: 0.4,
      parse: decimal(-1, 1),
    },
    { syntax: '--careless <share>', summary: 'of participants who do not read', default: 0, parse: decimal(0, 1) },
    { syntax: '--studies <n>', summary: 'how many', default: 1, parse: integer(1, 100_000) },
    { syntax: '--seed <n>', summary: 'the same seed gives the same answers', default: 1, parse: integer(0) },
    { syntax: '--json', summary: 'print the summary as JSON instead of a table' },
  ],
  examples: [
    'turing simulate study/ -o rehearsal/ -n 200',
    'turing simulate study/ -o null/ --studies 200 --control-difference 0',
  ],

  async run(flags, io, [folder]) {
    const { out, studies, seed, json, difference, controlDifference, careless } = flags
    const study = readStudy(folder)
    const key = readKey(folder, study)
    const participants = flags.participants ?? key.groups.length * key.plan.participantsPerGroup
    const crowd = {
      model: defaultResponseModel,
      difference: { machine: difference, control: controlDifference },
      careless,
    }
    mkdirSync(out, { recursive: true })
    const done = readDone(
      out,
      JSON.stringify({ study: study.id, keyHash: study.keyHash, participants, seed, ...crowd }),
    )
    {
      using progress = startProgress(io, { label: 'rehearsing', total: studies, unit: 'studies' })
      const seeds = new Random(seed)
      for (let i = 0; i < studies; i++) {
        const random = seeds.fork()
        if (i < done.length) continue
        const options = { ...crowd, participants, now: Date.now, signal: io.signal }
        done.push(await rehearse(folder, out, options, random))
        appendFileSync(join(out, fileNames.studies), `${JSON.stringify(done[i])}\n`)
        progress.update(i + 1)
      }
    }
    const summary = sumUp(done.slice(0, studies))
    writeFileSync(join(out, fileNames.summary), `${JSON.stringify(summary, null, 2)}\n`)
    if (json) io.out(JSON.stringify(summary))
    else for (const line of describe(summary)) io.out(line)
    return summary.lost + summary.surplus === 0 && summary.mostImbalance <= 1 ? 0 : 1
  },
}

/** Studies that an earlier run of the same options ended. A line that was cut off does not count. */
function readDone(out: string, options: string): RehearsedStudy[] {
  const [optionsPath, path] = [join(out, fileNames.options), join(out, fileNames.studies)]
  if (!existsSync(optionsPath)) writeFileSync(optionsPath, options)
  if (readFileSync(optionsPath, 'utf8') !== options) {
    throw new RangeError(`--out: ${out} holds a rehearsal with other options; expected a new folder`)
  }
  if (!existsSync(path)) return []
  const text = readFileSync(path, 'utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole !== text) writeFileSync(path, whole)
  return whole
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as RehearsedStudy)
}

function describe(summary: RehearsalSummary): string[] {
  const { studies, participants, answers, lost, surplus, mostImbalance, excluded, contrasts } = summary
  const header = [
    'human against',
    'put in',
    'found',
    'test of difference speaks',
    'of equivalence',
    'interval holds it',
  ]
  const rows = contrasts.map(({ compares, putIn, found, different, equivalent, covered }) => [
    ...[compares, putIn.toFixed(3), found?.toFixed(3) ?? '', percent(different), percent(equivalent), percent(covered)],
  ])
  return [
    `${studies} studies, ${participants} participants (${excluded} left out by the rules), ${answers} answers`,
    `lost ${lost}, surplus ${surplus}, groups differ by ${mostImbalance} at most`,
    '',
    ...formatTable(header, rows),
  ]
}

/** `5.0 % (2.7 to 9.0)`; empty without tests. */
function percent(rate: Rate | null): string {
  if (rate === null) return ''
  const {
    share,
    interval: [low, high],
  } = rate
  const of100 = (value: number): string => (100 * value).toFixed(1)
  return `${of100(share)} % (${of100(low)} to ${of100(high)})`
}
