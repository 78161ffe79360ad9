// How near the search comes to every named target in a given time, beside other ways there and the nearest kernel of
// the mined corpus. Runs append to a file and are skipped when they are in it, so a long measurement can be cut up and
// go on.

import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { interleave } from '../../evaluation/index.ts'
import { findFeatureSpace } from '../../features/index.ts'
import { DeviceBuilder, packagePath, type ValidationMode } from '../../kernels/index.ts'
import { Model, readModelInfo, type SearchPart, searchParts, type Target } from '../../synth/index.ts'
import { type Command, duration, integer, listOf } from '../command.ts'
import type { CliIo } from '../io.ts'
import { startProgress } from '../progress.ts'
import { partOf, type Shard, shard } from '../shard.ts'
import { distinctTargets, tokensInContext } from './distinct-targets.ts'
import { parseMethods, steeringMethods } from './steering/methods.ts'
import { isAt, isSame, type RunSettings, readRuns, type SteeringRun } from './steering/run.ts'
import { tableOf } from './steering/table.ts'

const partNames = Object.keys(searchParts) as SearchPart[]

interface SteeringFlags {
  readonly spaces: string
  readonly methods: readonly string[]
  readonly only?: string
  readonly suites: readonly string[]
  readonly sample?: number
  readonly after: number
  readonly all: boolean
  readonly seeds: number
  readonly budget: number
  readonly results: string
  readonly shard?: Shard
  readonly edits: number
  readonly holes: number
  readonly without: readonly SearchPart[]
  readonly validate: 'off' | ValidationMode
  readonly model?: string
  readonly table: boolean
}

const methodHelp = Object.entries(steeringMethods).map(([name, { summary }]) => `\`${name}\`: ${summary}`)

export const steeringBench: Command<SteeringFlags> = {
  name: 'steering',
  summary: 'Best relative proximity per target, beside the nearest kernel of the mined corpus.',
  description: `Targets with equal vectors are searched once. Runs that the results file has already are not repeated. Several methods are compared with the first of them, by program, and p-values corrected by Holm. Methods: ${methodHelp.join('; ')}; \`ablations\`: the search and all that leave something out.`,
  options: [
    { syntax: '--spaces <list>', summary: 'feature spaces', default: 'grewe,instcount,autophase' },
    {
      syntax: '--methods <list>',
      summary: 'of those above',
      parse: parseMethods,
      default: ['search'],
    },
    {
      syntax: '--suites <list>',
      summary: 'of `targets list`',
      parse: (text) => text.split(','),
      default: ['rodinia'],
    },
    {
      syntax: '--sample <n>',
      summary: 'so many kernels of each suite, always the same (default: all)',
      parse: integer(1),
    },
    {
      syntax: '--after <n>',
      summary:
        'leave out the first so many that `--sample` draws of each suite: those of an earlier sample; vectors of theirs are left out, too',
      parse: integer(0),
      default: 0,
    },
    { syntax: '--only <list>', summary: 'targets whose names contain any of these (default: any)' },
    { syntax: '--all', summary: 'also of kernels that are longer than the model can see' },
    { syntax: '--seeds <n>', summary: 'runs per target', parse: integer(1), default: 3 },
    { syntax: '--budget <time>', summary: 'per run', parse: duration, default: 60_000 },
    { syntax: '--results <file>', summary: 'JSON lines, appended', default: 'results/bench/steering.jsonl' },
    { syntax: '--shard <i/n>', summary: 'do every n-th run, from the i-th (default: all)', parse: shard },
    { syntax: '--edits <n>', summary: 'as in `synth`', parse: integer(0, 64), default: 4 },
    { syntax: '--holes <n>', summary: 'as in `synth`', parse: integer(0, 64), default: 4 },
    { syntax: '--without <list>', summary: 'as in `synth`', parse: listOf(partNames), default: [] },
    {
      syntax: '--validate <how>',
      summary: 'as in `synth`',
      choices: ['off', 'quick', 'full'],
      default: 'off',
    },
    { syntax: '--model <dir>', summary: 'folder of the model (default: the one shipped)' },
    { syntax: '--table', summary: 'search nothing, print the table of what is there' },
  ],
  async run(flags, io) {
    const parts = flags.only?.split(',') ?? ['']
    const isWanted = ({ name }: Target): boolean => parts.some((part) => name.includes(part))
    const spaces = flags.spaces.split(',').map(findFeatureSpace)
    const { card } = readModelInfo(flags.model ?? packagePath('model'))
    const mostTokens = flags.all ? Number.POSITIVE_INFINITY : tokensInContext(card)
    const choice = { suites: flags.suites, sample: flags.sample, after: flags.after, mostTokens }
    const targets = interleave(spaces.map((space) => distinctTargets(space, choice).filter(isWanted)))
    const jobs = jobsOf(targets, flags)
    if (!flags.table) await measure(jobs, flags, io)
    const all = readRuns(flags.results)
    const ofModel = all.filter(({ modelHash }) => modelHash === all.at(-1)?.modelHash) // of the last, where there are several
    const runs = ofModel.filter((run) => jobs.some((job) => isSame(run, job) && isAt(run, job.target)))
    for (const line of tableOf(targets, runs, flags.methods)) io.out(line)
  },
}

interface SteeringJob extends RunSettings {
  readonly target: Target
}

function jobsOf(targets: readonly Target[], flags: SteeringFlags): SteeringJob[] {
  const { budget: budgetMs, edits, holes, without, validate, methods } = flags
  const seeds = Array.from({ length: flags.seeds }, (_, i) => i + 1)
  const pairs = seeds.flatMap((seed) => targets.map((target) => ({ seed, target })))
  return partOf(pairs, flags.shard).flatMap((job) =>
    methods.map((method) => ({ ...job, method, budgetMs, edits, holes, without, validate })),
  )
}

async function measure(jobs: readonly SteeringJob[], flags: SteeringFlags, io: CliIo): Promise<void> {
  using model = await Model.load(flags.model ?? packagePath('model'))
  using builder = await DeviceBuilder.open()
  mkdirSync(dirname(flags.results), { recursive: true })
  using progress = startProgress(io, { label: 'steering', total: jobs.length, unit: 'runs' })
  const known = readRuns(flags.results).filter(({ modelHash }) => modelHash === model.hash)
  for (const [done, { target, ...settings }] of jobs.entries()) {
    progress.update(done, `${target.space.id} ${target.name}`)
    if (known.some((run) => isSame(run, settings) && isAt(run, target))) continue
    const request = { model, builder, target, settings, signal: io.signal }
    const result = await steeringMethods[settings.method].run(request)
    io.signal.throwIfAborted()
    const run: SteeringRun = {
      space: target.space.id,
      target: target.name,
      modelHash: model.hash,
      ...settings,
      ...result,
    }
    appendFileSync(flags.results, `${JSON.stringify(run)}\n`)
  }
}
