// Options of `evaluate` and what they mean together.

import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { builtInGroups, type EvaluationPlan, type EvaluationRun, type GroupSpec } from '../../evaluation/index.ts'
import { featureSpaces, findFeatureSpace, type SingleFeatureSpace } from '../../features/index.ts'
import { packagePath, Random, type ValidationMode } from '../../kernels/index.ts'
import { resolveTargets, type Target } from '../../synth/index.ts'
import { duration, integer, type Option } from '../command.ts'
import { partOf, type Shard, shard } from '../shard.ts'

export interface EvaluateFlags {
  readonly targets: string
  readonly spaces: string
  readonly sample?: number
  readonly groups?: string
  readonly group: readonly string[]
  readonly budget: number
  readonly seeds: number
  readonly seed: number
  readonly keep: number
  readonly shard?: Shard
  readonly corpus?: string
  readonly clsmith?: string
  readonly clsmithInclude: readonly string[]
  readonly model?: string
  readonly out: string
  readonly reportOnly: boolean
  readonly subject?: string
  readonly validate?: ValidationMode
  readonly devices?: readonly [string, string]
  readonly size: number
  readonly likelihood: boolean
  readonly describe: number
  readonly base?: string
  readonly verify: boolean
  readonly verifySample: number
  readonly quiet: boolean
}

const names = builtInGroups.map(({ name }) => name)

export const evaluateOptions: readonly Option[] = [
  {
    syntax: '--targets <list>',
    summary: 'suites, parts of them (rodinia/bfs), or files of targets, separated by commas',
    default: 'rodinia',
  },
  { syntax: '--spaces <list>', summary: 'feature spaces, each by itself, or all', default: 'all' },
  {
    syntax: '--sample <n>',
    summary: 'so many of the targets, drawn at random, always the same ones (default: all)',
    parse: integer(1),
  },
  { syntax: '--groups <list>', summary: `of ${names.join(', ')} (default: all, clsmith only with --clsmith)` },
  {
    syntax: '--group <name=path>',
    summary: 'a group of your own: a folder of .cl files, a .jsonl file, or a store',
    isRepeatable: true,
  },
  { syntax: '--budget <time>', summary: 'of each run, start-up included', parse: duration, default: 60_000 },
  {
    syntax: '--seeds <n>',
    summary: 'runs of each group for each target; of corpus, in which nothing is random, one',
    parse: integer(1, 1000),
    default: 5,
  },
  { syntax: '--seed <n>', summary: 'the first seed', parse: integer(0, 1e9), default: 1 },
  { syntax: '--keep <n>', summary: 'kernels kept of each run, nearest first', parse: integer(1, 100), default: 10 },
  {
    syntax: '--shard <i/n>',
    summary: 'only every n-th pair of target and seed, from the i-th: the rest elsewhere (default: all)',
    parse: shard,
  },
  {
    syntax: '--corpus <store>',
    summary: 'mined kernels, for corpus and mutate (default: shipped vectors and our seeds)',
  },
  { syntax: '--clsmith <file>', summary: 'the CLSmith executable' },
  {
    syntax: '--clsmith-include <dir>',
    summary: 'folder of CLSmith.h or of what it includes (default: that of the executable, and runtime beside it)',
    isRepeatable: true,
  },
  { syntax: '--model <dir>', summary: 'folder of the model (default: the one shipped)' },
  { syntax: '-o, --out <dir>', summary: 'folder for results and report', default: 'results/evaluation' },
  { syntax: '--report-only', summary: 'run no group: report all that the folder has of this --budget' },
  {
    syntax: '--subject <group>',
    summary: 'the group that the report holds the others against (default: full, or the first one)',
  },
  {
    syntax: '--validate <how>',
    summary: 'afterwards run the nearest kernels: quick (Oclgrind), full (the device, too)',
    choices: ['quick', 'full'],
  },
  {
    syntax: '--devices <cpu,gpu>',
    summary: 'afterwards time those that --validate accepts, to label them',
    parse: parseDevices,
  },
  { syntax: '--size <n>', summary: 'work-items that they are timed with', parse: integer(1, 2 ** 24), default: 16_384 },
  { syntax: '--likelihood', summary: 'afterwards ask the model how likely the nearest kernels are' },
  {
    syntax: '--describe <n>',
    summary: 'kernels of each run that --validate, --devices and --likelihood look at',
    parse: integer(1, 100),
    default: 1,
  },
  {
    syntax: '--base <file>',
    summary: 'labelled kernels, CSV in a Grewe layout: what adding each group’s timed kernels does for the heuristic',
  },
  {
    syntax: '--verify',
    summary:
      'recompute a sample of figures from the raw kernels, and hold the report that is there against the records; exit code 1 where one differs',
  },
  { syntax: '--verify-sample <n>', summary: 'runs that --verify looks at', parse: integer(1), default: 40 },
  { syntax: '--quiet', summary: 'no progress; a JSON line per run on standard output' },
]

/** Of `learn`, too. */
function parseDevices(text: string): [string, string] {
  const names = text.split(',').map((name) => name.trim())
  if (names.length === 2 && names.every(Boolean) && names[0] !== names[1]) return [names[0], names[1]]
  throw new RangeError(`expected two devices, as in cpu,model:gpu, received '${text}'`)
}

/** Targets are drawn with it: chosen once, before anything was measured. */
const sampleSeed = 2026

/** @throws {RangeError} naming the option */
export async function resolveEvaluateFlags(flags: EvaluateFlags): Promise<EvaluationPlan> {
  const { budget: budgetMs, seeds, seed, keep, corpus, model, shard: own } = flags
  return {
    groups: groupsOf(flags),
    targets: await targetsOf(flags),
    seeds: Array.from({ length: seeds }, (_, i) => seed + i),
    ...{ budgetMs, keep },
    ...(own === undefined ? {} : { chooses: <T>(pairs: readonly T[]) => partOf(pairs, own) }),
    settings: {
      ...{ model: resolve(model ?? packagePath('model')), cores: availableParallelism() },
      ...{ corpus: corpus && resolve(corpus), clsmith: clsmithOf(flags) },
    },
  }
}

/** @throws {RangeError} for a subject that is none of the groups */
export function checkSubject(subject: string | undefined, groups: readonly string[]): void {
  if (subject === undefined || groups.includes(subject)) return
  throw new RangeError(`--subject: expected one of ${groups.join(', ')}, received '${subject}'`)
}

/** Kernels that averages are over, as in BenchPress. */
const usualAverage = 10

/** Where a run kept fewer, so many of each: what was never kept would count as none. */
export function averagedKernels({ keep }: Pick<EvaluateFlags, 'keep'>, runs: readonly EvaluationRun[]): number {
  return Math.min(usualAverage, keep, ...runs.flatMap(({ provenance }) => provenance.keep ?? []))
}

function groupsOf({ groups, group, clsmith }: EvaluateFlags): GroupSpec[] {
  const isUsual = (name: string): boolean => name !== 'clsmith' || clsmith !== undefined
  const wanted = groups === undefined ? names.filter(isUsual) : groups.split(',').map((name) => name.trim())
  const builtIn = wanted.filter(Boolean).map((name): GroupSpec => ({ kind: 'built-in', name }))
  const given = group.map((text): GroupSpec => {
    const match = /^([\w.-]+)=(.+)$/.exec(text)
    if (match === null) throw new RangeError(`--group: expected name=path, received '${text}'`)
    return { kind: 'given', name: match[1], path: resolve(match[2]) }
  })
  const all = [...builtIn, ...given]
  if (all.length === 0) throw new RangeError('--groups: expected a group, received none')
  return all
}

async function targetsOf({ targets, spaces, sample }: EvaluateFlags): Promise<Target[]> {
  const chosen: readonly SingleFeatureSpace[] =
    spaces === 'all' ? featureSpaces : spaces.split(',').map(findFeatureSpace)
  const texts = targets.split(',').filter(Boolean)
  if (texts.length === 0) throw new RangeError('--targets: expected suites or targets, received none')
  const bySpace: Target[][] = []
  for (const space of chosen) {
    const found: Target[] = []
    for (const text of texts) found.push(...(await resolveTargets(text, space)))
    bySpace.push(distinct(found))
  }
  const names = sample === undefined ? undefined : drawNames(bySpace.flat(), sample)
  return bySpace.flat().filter(({ name }) => names === undefined || names.has(name))
}

/** Each vector once: kernels that a space does not tell apart are one target. */
function distinct(targets: readonly Target[]): Target[] {
  const byVector = new Map<string, Target>()
  for (const target of targets) if (!byVector.has(target.values.join())) byVector.set(target.values.join(), target)
  return [...byVector.values()]
}

function drawNames(targets: readonly Target[], count: number): ReadonlySet<string> {
  const names = [...new Set(targets.map(({ name }) => name))].sort()
  return new Set(new Random(sampleSeed).shuffle(names).slice(0, count))
}

function clsmithOf({ clsmith, clsmithInclude }: EvaluateFlags): EvaluationPlan['settings']['clsmith'] {
  if (clsmith === undefined) return undefined
  const binary = resolve(clsmith)
  const beside = [dirname(binary), join(dirname(binary), 'runtime'), join(dirname(binary), '..', 'runtime')]
  return { binary, includePaths: clsmithInclude.length > 0 ? clsmithInclude.map((path) => resolve(path)) : beside }
}
