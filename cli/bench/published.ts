// `benchsteer bench published`: how far described devices are from the public times of Cummins et al. (CGO 2017), over
// the kernels of the seven suites that both a store and the data have.

import { readGreweCsv } from '../../active-learning/index.ts'
import { Store } from '../../corpora/index.ts'
import { CountFile, loadDescription, WorkCounter } from '../../kernels/index.ts'
import type { Command } from '../command.ts'
import type { CliIo } from '../io.ts'
import { startProgress } from '../progress.ts'
import { readOperand } from '../read-source.ts'
import { type ComparedRow, compareRow, type ModelPair, type Tools } from './published/estimate-row.ts'
import { matchKernel, suiteKernels } from './published/match.ts'
import { reportLines } from './published/report.ts'

interface PublishedFlags {
  readonly corpus: string
  readonly data: string
  readonly cpu: string
  readonly gpu: string
  readonly counts?: string
  readonly fit: 'none' | 'suites'
  readonly json: boolean
}

export const publishedBench: Command<PublishedFlags> = {
  name: 'published',
  summary: 'How far modelled times are from the public ones of seven suites (CGO 2017, nvidia-benchmarks.csv).',
  description:
    'Kernels are found by suite, program and name, and of several texts by static counts. The data do not say how many ' +
    'work-items ran: that is taken from the bytes copied, in NPB from the input class; work-groups are as published. ' +
    'Values in buffers and scalars are ours. Times that are too short for the bytes copied are taken to be the kernel’s ' +
    'alone. With --fit suites the kernel times of each suite are multiplied by the factor a device that was found on ' +
    'the other suites.',
  options: [
    { syntax: '-c, --corpus <file>', summary: 'store with the mined suites', isRequired: true },
    { syntax: '--data <file>', summary: 'nvidia-benchmarks.csv', isRequired: true },
    { syntax: '--cpu <model>', summary: 'description of the CPU, name or .json file', default: 'intel-i7-3820' },
    { syntax: '--gpu <model>', summary: 'of the GPU', default: 'nvidia-gtx-970' },
    { syntax: '--counts <file>', summary: 'counts that measure --counts kept, and where new ones go' },
    {
      syntax: '--fit <how>',
      summary: 'multiply kernel times by a factor from other suites',
      choices: ['none', 'suites'],
      default: 'none',
    },
    { syntax: '--json', summary: 'one JSON object a row' },
  ],
  examples: ['bench published -c suites.db --data nvidia-benchmarks.csv --counts counts.jsonl --fit suites'],

  async run(flags, io) {
    const { rows, losses } = await compareAll(flags, io)
    if (flags.json) for (const row of rows) io.out(JSON.stringify(row))
    else for (const line of reportLines(rows, losses, flags.fit === 'suites')) io.out(line)
  },
}

async function compareAll(
  flags: PublishedFlags,
  io: CliIo,
): Promise<{ rows: ComparedRow[]; losses: Map<string, number> }> {
  const models: ModelPair = { cpu: loadDescription(flags.cpu).description, gpu: loadDescription(flags.gpu).description }
  const data = readGreweCsv(readOperand(flags.data, 'the public data'), flags.data).rows
  using store = Store.open(flags.corpus, { mustExist: true })
  const kernels = suiteKernels(store)
  const counter = new WorkCounter(undefined, flags.counts === undefined ? undefined : new CountFile(flags.counts))
  const tools: Tools = { counter, plans: new Map(), signal: io.signal }
  using progress = startProgress(io, { label: 'comparing', total: data.length, unit: 'rows' })
  const rows: ComparedRow[] = []
  const losses = new Map<string, number>()
  for (const [done, row] of data.entries()) {
    progress.update(done)
    const match = matchKernel(row, kernels)
    const compared = match === undefined ? 'no such kernel in the store' : await compareRow(row, match, models, tools)
    if (typeof compared !== 'string') rows.push(compared)
    else losses.set(compared, (losses.get(compared) ?? 0) + 1)
  }
  if (rows.length === 0) throw new RangeError(`corpus: ${flags.corpus} has no kernel that ${flags.data} names`)
  return { rows, losses }
}
