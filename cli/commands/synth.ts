// `benchsteer synth`: kernels near one point of a feature space, or near many.

import { featureSpaces } from '../../features/index.ts'
import { deviceChoiceSyntax, type ValidationMode } from '../../kernels/index.ts'
import { resolveSearchOptions, type SearchPart, searchParts } from '../../synth/index.ts'
import { type Command, decimal, duration, integer, listOf } from '../command.ts'
import type { CliIo } from '../io.ts'
import type { SynthRunOptions } from '../synth/options.ts'
import { printFailed, printPlaces, printResult, printSummary } from '../synth/report.ts'
import { runSynth } from '../synth/run.ts'
import type { Standings } from '../synth/standings.ts'

interface SynthFlags {
  readonly space?: string
  readonly spaces?: string
  readonly target?: string
  readonly targets?: string
  readonly nearest: boolean
  readonly budget?: number
  readonly generations?: number
  readonly candidates?: number
  readonly rounds?: number
  readonly hours?: number
  readonly workers?: number
  readonly seed: number
  readonly out?: string
  readonly width: number
  readonly holes: number
  readonly samples: number
  readonly edits: number
  readonly keep?: number
  readonly directed: number
  readonly seeds: boolean
  readonly copies: boolean
  readonly validate: 'off' | ValidationMode
  readonly without?: readonly SearchPart[]
  readonly model?: string
  readonly device?: string
  readonly again: boolean
  readonly quiet: boolean
}

const hourMs = 3_600_000
const partNames = Object.keys(searchParts) as SearchPart[]

export const synthCommand: Command<SynthFlags> = {
  name: 'synth',
  summary: 'Write kernels near a target point of a feature space, or near many.',
  description:
    'Runs beam searches over infills. Every kernel kept is compiled, built on an OpenCL device and stored with its ' +
    'features, distance, lineage, seed and model hash. Ctrl-C ends the searches and saves what they have. A search with ' +
    '--generations or --candidates gives the same kernels every time; with --budget, the clock decides where the same ' +
    'sequence ends.\n\n' +
    'A search that fails does not end the others; the exit code is 1 where none found a kernel. ' +
    'The same command with the same --out goes on where it was interrupted, also by SIGKILL: searches that ended are not ' +
    'done again.',
  options: [
    {
      syntax: '--space <list>',
      summary:
        'feature space, a module that exports one, or several at once, each with a weight if you like: ' +
        'grewe,instcount=0.5 (default: grewe)',
    },
    { syntax: '--spaces <list>', summary: 'search each target in each of these by itself: all, or grewe,instcount' },
    {
      syntax: '--target <target>',
      summary: 'a name (`targets list`), FILE.cl (its last kernel), FILE.json, or comp=12,mem=4..8',
    },
    {
      syntax: '--targets <targets>',
      summary: 'many: rodinia, rodinia/bfs, FILE.jsonl, or grid:comp=0..40/10,mem=2..8/2',
    },
    { syntax: '--nearest', summary: 'where a target contradicts itself, go on with the nearest that does not' },
    {
      syntax: '--budget <time>',
      summary: 'wall-clock limit of a search, e.g. 60s or 5m (default 60s unless another limit is given)',
      parse: duration,
    },
    { syntax: '--generations <n>', summary: 'end a search after n generations', parse: integer(0) },
    { syntax: '--candidates <n>', summary: 'end a search after n sampled candidates', parse: integer(0) },
    {
      syntax: '--rounds <n>',
      summary: 'searches per target, each with the next seed; from the second on for targets not matched (default 1)',
      parse: integer(1),
    },
    {
      syntax: '--hours <h>',
      summary: 'wall-clock limit of this run; without --rounds, round after round until then',
      parse: decimal(0, 10_000),
    },
    { syntax: '--workers <n>', summary: 'searches at once (default: one per two cores)', parse: integer(1, 256) },
    {
      syntax: '--seed <n>',
      summary: 'any integer; of the first round',
      parse: integer(Number.MIN_SAFE_INTEGER),
      default: 0,
    },
    { syntax: '-o, --out <dir>', summary: 'folder for the results (default results/<space>-<target>-<seed>)' },
    { syntax: '--width <n>', summary: 'kernels kept between generations', parse: integer(1, 1024), default: 32 },
    {
      syntax: '--holes <n>',
      summary: 'holes opened per generation (0: no infills)',
      parse: integer(0, 64),
      default: 4,
    },
    { syntax: '--samples <n>', summary: 'infills per hole', parse: integer(1, 256), default: 8 },
    { syntax: '--edits <n>', summary: 'rounds of edits per generation (0: none)', parse: integer(0, 64), default: 4 },
    {
      syntax: '--keep <n>',
      summary: 'kernels kept of a search, at most the width (default: 8)',
      parse: integer(1, 1024),
    },
    {
      syntax: '--directed <share>',
      summary: 'share of infills that see the target, 0 to 1',
      parse: decimal(0, 1),
      default: 0.7,
    },
    { syntax: '--no-seeds', summary: 'start from the empty kernel alone' },
    {
      syntax: '--validate <how>',
      summary:
        'run what is kept, and leave out what does not end, reaches out of bounds, races or ignores its input: ' +
        'quick (Oclgrind), full (the device, too), off',
      choices: ['off', 'quick', 'full'],
      default: 'off',
    },
    { syntax: '--copies', summary: 'also keep kernels that copy what the model was trained on' },
    {
      syntax: '--without <list>',
      summary: `leave parts of the search out, to see what they bring: ${partNames.join(', ')}`,
      parse: listOf(partNames),
    },
    { syntax: '--model <dir>', summary: 'folder of the model (default: the one shipped)' },
    { syntax: '--device <name>', summary: `${deviceChoiceSyntax} (default: the first CPU)` },
    { syntax: '--again', summary: 'also do searches that were done before' },
    { syntax: '--quiet', summary: 'no progress; a JSON line per search on standard output' },
  ],
  examples: [
    'synth --space grewe --target rodinia/bfs/BFS_1 --budget 60s --seed 1 --out results/bfs',
    'synth --space instcount --target kernel.cl --budget 5m',
    'synth --target comp=40,mem=8..12,coalesced=4..,localmem=0 --generations 200',
    'synth --space grewe,instcount=0.5 --target rodinia/bfs/BFS_1',
    'synth --targets rodinia --spaces all --hours 8 --out results/overnight',
    'synth --targets grid:comp=0..40/10,mem=4..16/4 --budget 20s --quiet > searches.jsonl',
  ],
  async run(flags, io) {
    const options = resolveFlags(flags)
    const standings = await runSynth(options, io)
    if (!options.isQuiet) print(options, standings, io)
    return exitCodeOf(standings)
  },
}

/** 1 where searches were made and none of them found a kernel. */
function exitCodeOf({ ended, failed, found }: Standings): number {
  return ended + failed > 0 && found === 0 ? 1 : 0
}

/** @throws {RangeError} for options that are missing, out of range or exclude each other */
function resolveFlags(flags: SynthFlags): SynthRunOptions {
  const { target, targets, space, spaces, rounds, hours, seed, out, width, quiet, nearest } = flags
  if ((target === undefined) === (targets === undefined)) {
    throw new RangeError('--target: expected either --target or --targets, to say where to steer')
  }
  if (space !== undefined && spaces !== undefined) {
    throw new RangeError('--spaces: expected either --space (together) or --spaces (each by itself), received both')
  }
  const all = featureSpaces.map(({ id }) => id)
  const lists = spaces === undefined ? [space ?? 'grewe'] : spaces === 'all' ? all : spaces.split(',')
  const text = target ?? targets ?? ''
  const {
    budget,
    generations,
    candidates,
    holes,
    samples,
    edits,
    directed,
    seeds,
    copies,
    validate,
    without,
    workers,
    model,
    device,
  } = flags
  const budgetMs = budget ?? (generations === undefined && candidates === undefined ? 60_000 : undefined)
  const limits = { budgetMs, generations, candidates }
  const keep = flags.keep ?? Math.min(8, width)
  const search = { ...limits, width, holes, samples, edits, keep, directed, seeds, copies, validate, without, seed }
  resolveSearchOptions(search) // before anything is created: some are in range only together
  const place = `${spaces ?? lists[0]}-${text}`.replace(/[^\w.+@-]+/g, '_')
  return {
    ...{ spaces: lists, targets: text, isList: target === undefined, nearest, workers, model, device, isQuiet: quiet },
    isAgain: flags.again,
    search,
    rounds: rounds ?? (hours === undefined ? 1 : Infinity),
    totalMs: hours === undefined ? Infinity : hours * hourMs,
    out: out ?? `results/${place}-${seed}`,
  }
}

function print(options: SynthRunOptions, standings: Standings, io: CliIo): void {
  const { ended, failed, earlier, only } = standings
  const isMany = options.isList || options.spaces.length > 1 || earlier > 0
  if (ended + failed === 0) io.out(nothingDone(earlier))
  else if (only !== undefined && !isMany) printResult(only, io)
  else if (ended > 0) printSummary(standings, io)
  if (ended === 0 || (only !== undefined && !isMany)) printFailed(standings, io)
  printPlaces(options.out, io)
}

function nothingDone(earlier: number): string {
  if (earlier === 0) return 'No search was begun.'
  return 'Every search of this command was done before; --again does them once more.'
}
