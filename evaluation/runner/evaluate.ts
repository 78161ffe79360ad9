// Does what is missing of an evaluation, one run at a time with all cores to itself, and reads the results back.

import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BenchError } from '../../kernels/index.ts'
import { readModelInfo } from '../../synth/index.ts'
import type { Group, GroupSettings } from '../groups/group.ts'
import { builtInGroups, groupOf, isDeterministic } from '../groups/registry.ts'
import type { EvaluationKernel, EvaluationResults, EvaluationRun, EvaluationTarget, RunProvenance } from '../records.ts'
import { type EvaluationPlan, keyOf, type PlannedRun, planRuns, type RunIdentity, RunIndex, recordOf } from './plan.ts'
import { programDigest } from './program-digest.ts'
import type { ResultsFolder } from './results-folder.ts'
import { runApart } from './run-process.ts'

/** What the library cannot know of itself. */
export interface Circumstances extends Pick<RunProvenance, 'version' | 'machine' | 'command'> {
  /** Now, in ISO 8601. */
  now(): string
}

/** How far an evaluation is. `outdated`, first of all: records that are there, but of another program, input or `keep`. */
export type EvaluateEvent =
  | { readonly kind: 'outdated'; readonly runs: number; readonly made: readonly string[] }
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
export async function identify({ groups, settings, keep }: EvaluationPlan): Promise<Map<string, RunIdentity>> {
  const { hash } = readModelInfo(settings.model)
  const identities = new Map<string, RunIdentity>()
  for (const spec of groups) {
    const own = await inputsOf(groupOf(spec), settings, hash)
    identities.set(spec.name, { ...own, program: programDigest(), keep })
  }
  return identities
}

async function inputsOf(
  group: Group,
  settings: GroupSettings,
  model: string,
): Promise<Pick<RunIdentity, 'model' | 'input'>> {
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
  const outdated = findOutdated(plan, missing, folder.runs, identities)
  if (outdated.runs > 0) yield { kind: 'outdated', ...outdated }
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

/** Of missing runs, those of which there is a record that was made otherwise: how many, and how they were made. */
export function findOutdated(
  { budgetMs }: EvaluationPlan,
  missing: readonly PlannedRun[],
  runs: readonly EvaluationRun[],
  identities: ReadonlyMap<string, RunIdentity>,
): { readonly runs: number; readonly made: readonly string[] } {
  const index = new RunIndex(runs)
  const differences = missing.flatMap((planned) => {
    const identity = identities.get(planned.group.name)
    const own = identity === undefined ? [] : index.differences(planned, budgetMs, identity)
    return own.length === 0 ? [] : [own]
  })
  return { runs: differences.length, made: [...new Set(differences.flat())] }
}

/** Runs of the plan that are not among those given. */
export function missingRuns(
  plan: EvaluationPlan,
  runs: readonly EvaluationRun[],
  identities: ReadonlyMap<string, RunIdentity>,
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
    deterministic: plan.groups.filter(isDeterministic).map(({ name }) => name),
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
  const once = last.filter(({ group, kind }) => isDeterministic({ name: group, kind }))
  const random = last.filter((run) => !once.includes(run))
  const rankOf = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)
  const targets = last.map(({ space, suite, target, targetVector }): EvaluationTarget => {
    return { space, suite, name: target, vector: targetVector }
  })
  const distinct = new Map(targets.map((target) => [`${target.space} ${target.suite} ${target.name}`, target]))
  const kernels = kernelsOf(last, folder)
  return {
    spaces: [...new Set(last.map(({ space }) => space))],
    groups: groups.sort((a, b) => rankOf(a) - rankOf(b)),
    deterministic: [...new Set(once.map(({ group }) => group))],
    seeds: [...new Set((random.length > 0 ? random : once).map(({ seed }) => seed))].sort((a, b) => a - b),
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
  identities: ReadonlyMap<string, RunIdentity>,
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
  identity: RunIdentity | undefined,
  cores: number,
  { version, machine, command, now }: Circumstances,
): RunProvenance {
  const { model = null, input = null, ...more } = identity ?? {}
  return { version, model, input, ...more, machine, cores, date: now(), command }
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
