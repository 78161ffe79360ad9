// Which features keep groups from their targets. In place of the radar plots per target of BenchPress's AnalyzeBeamSearch
// and FeaturesDistribution: all targets at once, and the values of each in the data.

import type { EvaluationRun } from '../records.ts'
import { targetKey } from '../statistics/grid.ts'
import { wilson } from '../statistics/wilson.ts'
import { drawIntervals, type IntervalRow } from './charts.ts'
import { mean } from './convergence.ts'
import {
  absent,
  type DataTable,
  type DataValue,
  type Evaluator,
  type EvaluatorInput,
  type Figure,
  numbers,
  texts,
} from './evaluator.ts'
import { styleOf } from './group-style.ts'
import { runsOf } from './runs.ts'
import { resolveFeatureSpaceNames } from './space-names.ts'

/** Features drawn at most; the data have all. */
const mostDrawn = 8

export const featureMatches: Evaluator = {
  id: 'feature-matches',
  title: 'Features of the nearest kernels',
  question: 'In which features do the nearest kernels differ from their targets, and by how much?',
  evaluate(input) {
    const { spaces } = input.results
    const matches = spaces.flatMap((space) => input.results.groups.flatMap((group) => matchesOf(input, space, group)))
    if (matches.length === 0) return absent('No run returned a kernel.')
    const figures = spaces.flatMap((space) => drawSpace(input, space, matches))
    const columns = [
      ...texts('space', 'feature', 'group'),
      ...numbers(0, 'runs'),
      ...numbers(1, 'equal to the target, %'),
      ...numbers(3, 'mean difference', 'mean absolute difference'),
    ]
    const rows = matches.map(({ space, feature, group, differences }): DataValue[] => [
      ...[space, feature, group, differences.length, (100 * equals(differences)) / differences.length],
      ...[mean(differences), mean(differences.map(Math.abs))],
    ])
    const table = {
      name: 'features',
      title: 'Features of the nearest kernels, less those of the target',
      columns,
      rows,
      isDetail: true,
    }
    const notes = [
      'Runs without a kernel are left out. Drawn are the features that are missed most often, all groups together.',
    ]
    return { kind: 'present', figures, tables: [table, vectorTable(input)], notes }
  },
}

/** A feature of the nearest kernels of a group. */
interface Match {
  readonly space: string
  readonly feature: string
  readonly group: string
  /** Of each run: kernel less target. */
  readonly differences: readonly number[]
}

function matchesOf(input: EvaluatorInput, space: string, group: string): Match[] {
  const differences = runsOf(input.results, space, group).flatMap((run) => {
    const vector = nearestVector(input, run)
    return vector === undefined ? [] : [vector.map((value, i) => value - run.targetVector[i])]
  })
  if (differences.length === 0) return []
  const names = resolveFeatureSpaceNames(space, differences[0].length)
  return names.map((feature, i) => ({ space, feature, group, differences: differences.map((own) => own[i]) }))
}

function nearestVector({ results }: EvaluatorInput, { best, space }: EvaluationRun): readonly number[] | undefined {
  return best.length === 0 ? undefined : results.kernels.get(best[0].kernel)?.vectors[space]
}

function equals(differences: readonly number[]): number {
  return differences.filter((value) => Math.abs(value) < 1e-9).length
}

function drawSpace({ styles, drawing }: EvaluatorInput, space: string, matches: readonly Match[]): Figure[] {
  const own = matches.filter((match) => match.space === space)
  const missed = new Map<string, number>()
  for (const { feature, differences } of own) {
    missed.set(feature, (missed.get(feature) ?? 0) + 1 - equals(differences) / differences.length)
  }
  const hardest = [...missed].sort(([, a], [, b]) => b - a).slice(0, mostDrawn)
  const rows = hardest.flatMap(([feature]) =>
    own
      .filter((match) => match.feature === feature)
      .map(({ group, differences }): IntervalRow => {
        const [equal, count] = [equals(differences), differences.length]
        const [low, high] = wilson(equal, count).map((share) => 100 * share)
        const value = (100 * equal) / count
        return { panel: feature, style: styleOf(styles, group), value, low, high, text: `${value.toFixed(1)} %` }
      }),
  )
  if (rows.length === 0) return []
  const label = 'nearest kernels with the target’s value, %'
  const svg = drawIntervals(drawing, `Features of ${space} that match the target`, rows, { label, domain: [0, 100] })
  const caption = `Nearest kernels whose feature equals the target’s in ${space}, hardest features first; 95 % intervals as if runs were independent.`
  return [{ name: `matches-${space}`, svg, caption, tables: ['features'] }]
}

/** Of each group and target the nearest of all seeds. */
function vectorTable(input: EvaluatorInput): DataTable {
  const nearest = new Map<string, EvaluationRun>()
  for (const run of input.results.runs) {
    const key = [run.space, targetKey(run), run.group].join('\n')
    const known = nearest.get(key)
    if (run.best.length > 0 && !(known !== undefined && known.best[0].distance <= run.best[0].distance))
      nearest.set(key, run)
  }
  const rows = [...nearest.values()].flatMap((run): DataValue[][] => {
    const vector = nearestVector(input, run)
    return vector === undefined ? [] : [[run.space, targetKey(run), run.group, run.seed, vector.join(' ')]]
  })
  const columns = [...texts('space', 'target', 'group'), ...numbers(0, 'seed'), ...texts('vector')]
  return { name: 'vectors', title: 'Vectors of the nearest kernels, of all seeds', columns, rows, isDetail: true }
}
