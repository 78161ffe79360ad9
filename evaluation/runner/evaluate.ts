// Does what is missing of an evaluation, one run at a time with all cores to itself, and reads the results back.

import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BenchError } from '../../kernels/index.ts'
import { readModelInfo } from '../../synth/index.ts'
import type { Group, GroupSettings } from '../groups/group.ts'
import { builtInGroups, groupOf } from '../groups/registry.ts'
import type { EvaluationKernel, EvaluationResults, EvaluationRun, EvaluationTarget, RunProvenance } from '../records.ts'
import {
  type EvaluationPlan,
  type GroupIdentity,
  keyOf,
  type PlannedRun,
  planRuns,
  RunIndex,
  recordOf,
} from './plan.ts'
import type { ResultsFolder } from './results-folder.ts'
import { runApart } from './run-process.ts'

/** What the library cannot know of itself. */
export interface Circumstances extends Pick<RunProvenance, 'version' | 'machine' | 'command'> {
  /** Now, in ISO 8601. */
  now(): string
}

/** How far an evaluation is. */
export type EvaluateEvent =
  | { readonly kind: 'begun'; readonly run: PlannedRun; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly run: EvaluationRun; readonly done: number; readonly total: number }
  | { readonly kind: 'failed'; readonly run: PlannedRun; readonly reason: string }

/**
 * Refuse what cannot be done before anything is.
 * @throws {RangeError} naming the option that a group lacks, or a name that is given twice
 */
export async function checkPlan({ groups, settings, targets }: EvaluationPlan): Promise<void> {
  const names = groups.map(({ name }) => name)
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice !== undefined) throw new RangeError(`--groups: expected each name once, received '${twice}' twice`)
  for (const spec of groups) {
    const obstacle = await groupOf(spec).findObstacle(settings)
    if (obstacle !== undefined) throw new RangeError(obstacle)
  }
  const range = targets.find(
    ({ values, upper }) => upper !== undefined || values.some((value) => !Number.isFinite(value)),
  )
  if (range !== undefined) {
    throw new RangeError(`--targets: expected points with all features, received '${range.name}'`)
  }
}

/** What decides what each group finds, by name. */
export async function identify({ groups, settings }: EvaluationPlan): Promise<Map<string, GroupIdentity>> {
  const { hash } = readModelInfo(settings.model)
  const identities = new Map<string, GroupIdentity>()
  for (const spec of groups) identities.set(spec.name, await identityOf(groupOf(spec), settings, hash))
  return identities
}

async function identityOf(group: Group, settings: GroupSettings, model: string): Promise<GroupIdentity> {
  const input = group.inputOf(settings)
  return { model: group.asksModel ? model : null, input: input === null ? null : await hashOf(input) }
}

/**
 * Do every run of the plan that the folder has not. A run that fails is reported, and the next one is done.
 * @throws {BenchError} where the environment is broken
 * @throws the signal's reason when aborted: what was done is kept
 */
export async function* evaluateGroups(
  plan: EvaluationPlan,
  folder: ResultsFolder,
  circumstances: Circumstances,
  signal: AbortSignal,
): AsyncGenerator<EvaluateEvent, void> {
  await checkPlan(plan)
  const identities = await identify(plan)
  const missing = missingRuns(plan, folder.runs, identities)
  const total = missing.length
  for (const [done, run] of missing.entries()) {
    yield { kind: 'begun', run, done, total }
    const { group } = run
    const { budgetMs, keep, settings } = plan
    try {
      const result = await runApart({ ...run, budgetMs, keep, settings }, signal)
      const { kernels, foreign, ...course } = result
      const record: EvaluationRun = {
        ...{ group: group.name, kind: group.kind, ...placeOf(run), seed: run.seed, budgetMs, ...course },
        provenance: provenanceOf(identities.get(group.name), settings.cores, circumstances),
      }
      const own = kernels.map((kernel): EvaluationKernel => ({ ...kernel, group: group.name }))
      folder.add(record, own, foreign)
      yield { kind: 'done', run: record, done: done + 1, total }
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof BenchError) throw error // every other run would end alike
      yield { kind: 'failed', run, reason: error instanceof Error ? error.message : String(error) }
    }
  }
}

/** Runs of the plan that are not among those given. */
export function missingRuns(
  plan: EvaluationPlan,
  runs: readonly EvaluationRun[],
  identities: ReadonlyMap<string, GroupIdentity>,
): PlannedRun[] {
  const find = finderOf(plan, runs, identities)
  return planRuns(plan).filter((planned) => find(planned) === undefined)
}

/** The results of a plan, of whose runs some may be missing. Kernels that they do not name are left out. */
export async function readResults(plan: EvaluationPlan, folder: ResultsFolder): Promise<EvaluationResults> {
  const find = finderOf(plan, folder.runs, await identify(plan))
  const runs = planRuns(plan).flatMap((planned) => find(planned) ?? [])
  return {
    spaces: [...new Set(plan.targets.map(({ space }) => space.id))],
    groups: plan.groups.map(({ name }) => name),
    seeds: plan.seeds,
    budgetMs: plan.budgetMs,
    targets: plan.targets.map(recordOf),
    runs,
    kernels: kernelsOf(runs, folder),
  }
}

/** All that a folder holds of one budget, whatever it was asked for: of runs that were done again, the last. */
export function readWholeFolder(folder: ResultsFolder, budgetMs: number): EvaluationResults {
  const runs = folder.runs.filter((run) => run.budgetMs === budgetMs)
  const last = [...new Map(runs.map((run) => [keyOf(run), run])).values()]
  const order = builtInGroups.map(({ name }) => name)
  const groups = [...new Set(last.map(({ group }) => group))]
  const rankOf = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)
  const targets = last.map(({ space, suite, target, targetVector }): EvaluationTarget => {
    return { space, suite, name: target, vector: targetVector }
  })
  const distinct = new Map(targets.map((target) => [`${target.space} ${target.suite} ${target.name}`, target]))
  const kernels = kernelsOf(last, folder)
  return {
    spaces: [...new Set(last.map(({ space }) => space))],
    groups: groups.sort((a, b) => rankOf(a) - rankOf(b)),
    seeds: [...new Set(last.map(({ seed }) => seed))].sort((a, b) => a - b),
    ...{ budgetMs, targets: [...distinct.values()], runs: last, kernels },
  }
}

function kernelsOf(runs: readonly EvaluationRun[], folder: ResultsFolder): Map<string, EvaluationKernel> {
  const ids = new Set(runs.flatMap(({ best }) => best.map(({ kernel }) => kernel)))
  return new Map([...folder.kernels].filter(([id]) => ids.has(id)))
}

function finderOf(
  { budgetMs }: EvaluationPlan,
  runs: readonly EvaluationRun[],
  identities: ReadonlyMap<string, GroupIdentity>,
): (planned: PlannedRun) => EvaluationRun | undefined {
  const index = new RunIndex(runs)
  return (planned) => {
    const identity = identities.get(planned.group.name)
    return identity && index.find(planned, budgetMs, identity)
  }
}

function placeOf({ target }: PlannedRun): Pick<EvaluationRun, 'space' | 'suite' | 'target' | 'targetVector'> {
  const { space, suite, name, vector } = recordOf(target)
  return { space, suite, target: name, targetVector: vector }
}

function provenanceOf(
  identity: GroupIdentity | undefined,
  cores: number,
  { version, machine, command, now }: Circumstances,
): RunProvenance {
  const { model = null, input = null } = identity ?? {}
  return { version, model, input, machine, cores, date: now(), command }
}

/** Of a file's content, or of all files of a folder with their names; 16 hex digits. */
export async function hashOf(path: string): Promise<string> {
  const digest = createHash('sha256')
  const isFolder = statSync(path).isDirectory()
  const names = isFolder ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort() : ['']
  for (const name of names) {
    const file = join(path, name)
    if (!statSync(file).isFile()) continue
    digest.update(name)
    for await (const chunk of createReadStream(file)) digest.update(chunk as Buffer)
  }
  return digest.digest('hex').slice(0, 16)
}
