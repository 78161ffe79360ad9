// `benchsteer committee`: train, look into and ask the models whose disagreement steers `learn`.

import {
  type CommitteeOptions,
  formatCommittee,
  inspectCommittee,
  type MemberKind,
  marginScore,
  meanProbability,
  memberKinds,
  parseCommittee,
  poll,
  type ReadDataSet,
  readGreweCsv,
  resumeCommittee,
  trainCommittee,
  voteEntropy,
} from '../../active-learning/index.ts'
import { type Command, type CommandGroup, integer } from '../command.ts'
import type { CliIo } from '../io.ts'
import { readOperand } from '../read-source.ts'
import { formatTable } from '../table.ts'
import { writeFile } from '../write-file.ts'

interface TrainFlags {
  readonly seed?: number
  readonly out: string
  readonly bag: boolean
  readonly members?: NonNullable<CommitteeOptions['members']>
  readonly epochs: number
  readonly resume?: string
}

const trainCommand: Command<TrainFlags> = {
  name: 'train',
  summary: 'Train a committee and save it.',
  description:
    'With --resume the networks of a saved committee go on to --epochs, to the numbers that they would have come to at ' +
    'once; the other members have no more to learn from the same rows.',
  operands: [{ syntax: '<data>', summary: 'labelled kernels: CSV in a Grewe layout' }],
  options: [
    { syntax: '--seed <n>', summary: 'any integer (default: 0)', parse: integer(Number.MIN_SAFE_INTEGER) },
    { syntax: '--no-bag', summary: 'let every member see every row once' },
    {
      syntax: '--members <counts>',
      summary: `other numbers of some kinds, as mlp=4,k-nn=0; kinds: ${memberKinds.map(({ kind }) => kind).join(', ')}`,
      parse: parseCounts,
    },
    { syntax: '--epochs <n>', summary: 'passes of networks over their rows', parse: integer(1, 100_000), default: 60 },
    { syntax: '--resume <file>', summary: 'go on from this committee, trained on the same rows' },
    { syntax: '-o, --out <file>', summary: 'JSON file to write', isRequired: true },
  ],
  examples: [
    'committee train data.csv --seed 1 -o committee.json',
    'committee train data.csv --members mlp=8,tree=8,k-nn=0 -o large.json',
    'committee train data.csv --resume committee.json --epochs 200 -o longer.json',
  ],
  async run({ seed, out, bag, members, epochs, resume }, io, [data]) {
    if (resume !== undefined && (seed !== undefined || members !== undefined || !bag)) {
      throw new RangeError(
        '--resume: expected no --seed, --members or --no-bag beside it: they are those of the committee',
      )
    }
    const { rows } = readData(data, io)
    const committee =
      resume === undefined
        ? trainCommittee(rows, { seed: seed ?? 0, isBagged: bag, members, epochs })
        : resumeCommittee(readCommittee(resume), rows, epochs)
    writeFile('--out', out, formatCommittee(committee))
    io.out(`${committee.members.length} members trained on ${rows.length} rows: ${out}`)
  },
}

const pickCommand: Command<{ readonly members: readonly number[]; readonly out: string }> = {
  name: 'pick',
  summary: 'Save some members of a committee as one of their own.',
  operands: [{ syntax: '<committee>', summary: 'file of `committee train`, or in the folder of `learn`' }],
  options: [
    {
      syntax: '--members <list>',
      summary: 'numbers, from 1, in the order of `committee show`',
      parse: (text) => text.split(',').map(integer(1)),
      isRequired: true,
    },
    { syntax: '-o, --out <file>', summary: 'JSON file to write', isRequired: true },
  ],
  examples: ['committee pick committee.json --members 3 -o network.json'],
  async run({ members, out }, io, [file]) {
    const committee = readCommittee(file)
    const count = committee.members.length
    const picked = [...new Set(members)].map((nth) => {
      if (nth <= count) return committee.members[nth - 1]
      throw new RangeError(`--members: expected numbers from 1 to ${count}, received ${nth}`)
    })
    writeFile('--out', out, formatCommittee({ ...committee, members: picked }))
    io.out(`${picked.map(({ kind }) => kind).join(', ')}: ${out}`)
  },
}

const showCommand: Command<{ readonly data: string; readonly json: boolean }> = {
  name: 'show',
  summary: 'What each member of a committee is, and how it does on some data beside the whole.',
  operands: [{ syntax: '<committee>', summary: 'file of `committee train`, or in the folder of `learn`' }],
  options: [
    { syntax: '--data <file>', summary: 'labelled kernels: CSV in a Grewe layout', isRequired: true },
    { syntax: '--json', summary: 'one JSON object' },
  ],
  examples: ['committee show committee.json --data data.csv'],
  async run({ data, json }, io, [file]) {
    const report = inspectCommittee(readCommittee(file), readData(data, io).rows)
    if (json) {
      io.out(JSON.stringify(report))
      return
    }
    const rows = report.members.map(({ kind, seed, details, seen, accuracy, agreement }) => [
      ...[kind, String(seed), String(seen), percent(accuracy), percent(agreement), details],
    ])
    const whole = ['the whole', '', '', percent(report.accuracy), '', '']
    const header = ['member', 'seed', 'rows seen', 'right', 'as the whole', 'what']
    for (const line of formatTable(header, [...rows, whole])) io.out(line)
  },
}

const pollCommand: Command<{ readonly data: string }> = {
  name: 'poll',
  summary: 'Ask a committee about the points of a file, one JSON line each.',
  operands: [{ syntax: '<committee>', summary: 'file of `committee train`, or in the folder of `learn`' }],
  options: [{ syntax: '--data <file>', summary: 'CSV in a Grewe layout', isRequired: true }],
  examples: ['committee poll committee.json --data data.csv > polls.jsonl'],
  async run({ data }, io, [file]) {
    const committee = readCommittee(file)
    for (const { program, kernel, dataset, features, label } of readData(data, io).rows) {
      const polled = poll(committee, features)
      const { gpuVotes, probabilities, label: opinion } = polled
      const figures = { gpuVotes, members: probabilities.length, probability: meanProbability(polled) }
      const scores = { entropy: voteEntropy(polled), margin: marginScore(polled) }
      io.out(JSON.stringify({ program, kernel, dataset, label, opinion, ...figures, ...scores }))
    }
  },
}

export const committeeCommands: CommandGroup = {
  name: 'committee',
  summary: 'The models whose disagreement steers active learning.',
  commands: [trainCommand, showCommand, pickCommand, pollCommand],
}

/** What is left out of a file is said. */
function readData(path: string, io: CliIo): ReadDataSet {
  const data = readGreweCsv(readOperand(path, 'a CSV file in a Grewe layout'), path)
  const errors = data.findings.filter(({ severity }) => severity === 'error').length
  if (errors > 0)
    io.err(`${path}: ${data.rows.length} rows read, ${errors} left out; \`benchsteer grewe import\` lists them`)
  return data
}

function parseCounts(text: string): NonNullable<CommitteeOptions['members']> {
  const counts = text.split(',').map((part): [MemberKind, number] => {
    const [name, count = ''] = part.split('=').map((word) => word.trim())
    const kind = memberKinds.find((known) => known.kind === name)?.kind
    if (kind !== undefined) return [kind, integer(0, 64)(count)]
    throw new RangeError(
      `expected counts of ${memberKinds.map((known) => known.kind).join(', ')}, as in mlp=4,k-nn=0, received '${part}'`,
    )
  })
  return Object.fromEntries(counts)
}

function readCommittee(path: string): ReturnType<typeof parseCommittee> {
  return parseCommittee(readOperand(path, 'a committee file'), path)
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`
}
