// `benchsteer synth`: kernels near one point of a feature space.

import { type Command, decimal, duration, integer } from '../command.ts'
import { printResult, runSynth } from '../synth-run.ts'

interface SynthFlags {
  readonly space: string
  readonly target: string
  readonly nearest: boolean
  readonly budget?: number
  readonly generations?: number
  readonly candidates?: number
  readonly seed: number
  readonly out?: string
  readonly width: number
  readonly holes: number
  readonly samples: number
  readonly edits: number
  readonly keep?: number
  readonly directed: number
  readonly seeds: boolean
  readonly model?: string
  readonly device?: string
}

export const synthCommand: Command<SynthFlags> = {
  name: 'synth',
  summary: 'Write kernels near a target point of a feature space.',
  description:
    'Runs a beam search over infills. Every kernel kept is compiled, built on an OpenCL device and stored with its ' +
    'features, distance, lineage, seed and model hash. Ctrl-C ends the search and saves what it has. A run with ' +
    '--generations or --candidates gives the same kernels every time; with --budget, the clock decides where the same ' +
    'sequence ends.',
  options: [
    {
      syntax: '--space <list>',
      summary:
        'feature space, a module that exports one, or several, each with a weight if you like: grewe,instcount=0.5',
      default: 'grewe',
    },
    {
      syntax: '--target <target>',
      summary: 'a name (`targets list`), FILE.cl (its last kernel), FILE.json, or comp=12,mem=4..8',
      isRequired: true,
    },
    { syntax: '--nearest', summary: 'where the target contradicts itself, go on with the nearest that does not' },
    {
      syntax: '--budget <time>',
      summary: 'wall-clock limit, e.g. 60s or 5m (default 60s unless another limit is given)',
      parse: duration,
    },
    { syntax: '--generations <n>', summary: 'stop after n generations', parse: integer(0) },
    { syntax: '--candidates <n>', summary: 'stop after n sampled candidates', parse: integer(0) },
    { syntax: '--seed <n>', summary: 'any integer', parse: integer(Number.MIN_SAFE_INTEGER), default: 0 },
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
      summary: 'kernels kept as benchmarks, at most the width (default: 8)',
      parse: integer(1, 1024),
    },
    {
      syntax: '--directed <share>',
      summary: 'share of infills that see the target, 0 to 1',
      parse: decimal(0, 1),
      default: 0.7,
    },
    { syntax: '--no-seeds', summary: 'start from the empty kernel alone' },
    { syntax: '--model <dir>', summary: 'folder of the model (default: the one shipped)' },
    { syntax: '--device <name>', summary: 'OpenCL device, index or part of its name (default: the first CPU)' },
  ],
  examples: [
    'synth --space grewe --target rodinia/bfs/BFS_1 --budget 60s --seed 1 --out results/bfs',
    'synth --space instcount --target kernel.cl --budget 5m',
    'synth --target comp=40,mem=8..12,coalesced=4..,localmem=0 --generations 200',
    'synth --space grewe,instcount=0.5 --target rodinia/bfs/BFS_1',
  ],
  async run(flags, io) {
    const { budget, out, ...rest } = flags
    const place = out ?? `results/${`${flags.space}-${flags.target}`.replace(/[^\w.+@-]+/g, '_')}-${flags.seed}`
    const isBounded = flags.generations !== undefined || flags.candidates !== undefined
    const keep = flags.keep ?? Math.min(8, flags.width)
    const options = { ...rest, keep, out: place, budgetMs: budget ?? (isBounded ? undefined : 60_000) }
    const result = await runSynth(options, io)
    printResult(result, options, io)
    return result.best === undefined ? 1 : 0
  },
}
