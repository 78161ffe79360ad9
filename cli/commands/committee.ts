// `benchsteer committee`: train, look into and ask the models whose disagreement steers `learn`.

import {
  formatCommittee,
  inspectCommittee,
  marginScore,
  meanProbability,
  parseCommittee,
  poll,
  type ReadDataSet,
  readGreweCsv,
  trainCommittee,
  voteEntropy,
} from '../../active-learning/index.ts'
import { type Command, type CommandGroup, integer } from '../command.ts'
import { readOperand } from '../read-source.ts'
import { formatTable } from '../table.ts'
import { writeFile } from '../write-file.ts'

const trainCommand: Command<{ readonly seed: number; readonly out: string; readonly bag: boolean }> = {
  name: 'train',
  summary: 'Train a committee and save it.',
  operands: [{ syntax: '<data>', summary: 'labelled kernels: CSV in a Grewe layout' }],
  options: [
    { syntax: '--seed <n>', summary: 'any integer', parse: integer(Number.MIN_SAFE_INTEGER), default: 0 },
    { syntax: '--no-bag', summary: 'let every member see every row once' },
    { syntax: '-o, --out <file>', summary: 'JSON file to write', isRequired: true },
  ],
  examples: ['committee train data.csv --seed 1 -o committee.json'],
  async run({ seed, out, bag }, io, [data]) {
    const { rows } = readData(data)
    const committee = trainCommittee(rows, { seed, isBagged: bag })
    writeFile('--out', out, formatCommittee(committee))
    io.out(`${committee.members.length} members trained on ${rows.length} rows: ${out}`)
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
    const report = inspectCommittee(readCommittee(file), readData(data).rows)
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
    for (const { program, kernel, dataset, features, label } of readData(data).rows) {
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
  commands: [trainCommand, showCommand, pollCommand],
}

function readData(path: string): ReadDataSet {
  return readGreweCsv(readOperand(path, 'a CSV file in a Grewe layout'), path)
}

function readCommittee(path: string): ReturnType<typeof parseCommittee> {
  return parseCommittee(readOperand(path, 'a committee file'), path)
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`
}
