// Markdown of what was measured: methods in means over targets, against the first of them, then every target.

import { loadMinedVectors } from '../../../corpora/index.ts'
import { type Target, TargetMeter } from '../../../synth/index.ts'
import { meanOf, medianOf } from '../statistics.ts'
import { besideFirst } from './beside.ts'
import { isAt, type SteeringRun } from './run.ts'

/** With more methods than this, targets show the median of each alone. */
const mostInFull = 3

/** Runs of one method at one target. */
interface Reached {
  readonly target: Target
  /** Relative proximity of each run, least first. */
  readonly proximities: readonly number[]
  readonly bestSeconds: number
  /** Candidates a second. */
  readonly rate: number
}

/** @returns lines; targets without runs are left out */
export function tableOf(
  targets: readonly Target[],
  runs: readonly SteeringRun[],
  methods: readonly string[],
): string[] {
  const spaces = [...new Set(targets.map(({ space }) => space.id))]
  const tried = targets.filter((target) => runs.some((run) => isAt(run, target)))
  const lines = [
    '| space | method | targets | mean % | exact, of targets | exact, of runs | seed spread | s to the best | candidates/s |',
    '|---|---|---:|---:|---:|---:|---:|---:|---:|',
  ]
  for (const space of spaces) {
    const own = tried.filter((target) => target.space.id === space)
    const corpus = own.map(nearestMined)
    if (own.length === 0) continue
    const row = [space, 'nearest mined kernel', own.length, shown(corpus), shareExact(corpus), '', '', '', '']
    lines.push(`| ${row.join(' | ')} |`)
    for (const method of methods) {
      const reached = own.flatMap((target) => reach(target, runs, method) ?? [])
      if (reached.length > 0) lines.push(`| ${[space, method, ...summary(reached)].join(' | ')} |`)
    }
  }
  const beside = besideFirst(runs, methods)
  if (beside.length > 0) lines.push('', ...beside)
  const columns = methods.length > mostInFull ? [] : ['min to max', 'runs', 's to the best']
  const head = methods.flatMap((method) => [`${method} %`, ...columns])
  lines.push('', `| space | target | mined % | ${head.join(' | ')} |`, `|---|---|---:|${'---:|'.repeat(head.length)}`)
  for (const target of [...tried].sort((a, b) => spaces.indexOf(a.space.id) - spaces.indexOf(b.space.id))) {
    const cells = methods.flatMap((method) => cellsOf(reach(target, runs, method)).slice(0, 1 + columns.length))
    lines.push(`| ${[target.space.id, target.name, nearestMined(target).toFixed(1), ...cells].join(' | ')} |`)
  }
  return lines
}

function nearestMined(target: Target): number {
  const meter = new TargetMeter(target)
  const distances = loadMinedVectors().spaces[target.space.id].map((vector) =>
    meter.distance(Float64Array.from(vector)),
  )
  return meter.proximity(distances.reduce((a, b) => Math.min(a, b)))
}

function reach(target: Target, runs: readonly SteeringRun[], method: string): Reached | undefined {
  const own = runs.filter((run) => run.method === method && isAt(run, target))
  if (own.length === 0) return undefined
  return {
    target,
    proximities: own.map((run) => run.proximity).sort((a, b) => a - b),
    bestSeconds: medianOf(own.map((run) => run.bestMs / 1000)),
    rate: medianOf(own.map((run) => (1000 * run.sampled) / run.elapsedMs)),
  }
}

function summary(reached: readonly Reached[]): string[] {
  const medians = reached.map(({ proximities }) => medianOf(proximities))
  const spreads = reached.map(({ proximities }) => proximities[proximities.length - 1] - proximities[0])
  return [
    ...[`${reached.length}`, shown(medians), shareExact(medians)],
    ...[shareExact(reached.flatMap(({ proximities }) => proximities)), meanOf(spreads).toFixed(2)],
    ...[medianOf(reached.map(({ bestSeconds }) => bestSeconds)).toFixed(1)],
    medianOf(reached.map(({ rate }) => rate)).toFixed(0),
  ]
}

function cellsOf(reached: Reached | undefined): string[] {
  if (reached === undefined) return ['', '', '', '']
  const { proximities, bestSeconds } = reached
  const ends = [proximities[0], proximities[proximities.length - 1]].map((value) => value.toFixed(1))
  return [medianOf(proximities).toFixed(1), ends.join(' to '), `${proximities.length}`, bestSeconds.toFixed(0)]
}

function shown(proximities: readonly number[]): string {
  return meanOf(proximities).toFixed(2)
}

function shareExact(proximities: readonly number[]): string {
  return `${proximities.filter((value) => value === 100).length} of ${proximities.length}`
}
