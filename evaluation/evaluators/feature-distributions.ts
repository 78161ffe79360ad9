// BenchPress's FeaturesDistribution: each feature by itself, beside the targets'.

import { drawSpans } from './charts.ts'
import { absent, type DataTable, type Evaluator, type EvaluatorInput, type Figure } from './evaluator.ts'
import { targetsName } from './group-style.ts'
import { quantile, quantileTable, type Sample, spanRows } from './quantiles.ts'
import { kernelsOf, vectorsOf } from './runs.ts'
import { resolveFeatureSpaceNames } from './space-names.ts'

/** Features drawn at most; the data have all. */
const mostDrawn = 10

export const featureDistributions: Evaluator = {
  id: 'feature-distributions',
  title: 'Feature distributions',
  question:
    'What values have the features of each group’s kernels, beside those of the targets that they were made for?',
  evaluate(input) {
    const { results } = input
    const figures: Figure[] = []
    const tables: DataTable[] = []
    for (const space of results.spaces) {
      const sources = sourcesOf(input, space)
      if (!sources.some(({ group, vectors }) => group !== targetsName && vectors.length > 0)) continue
      const names = resolveFeatureSpaceNames(space, sources[0].vectors[0]?.length ?? 0)
      const samples = names.map((panel, i) =>
        sources.map(({ group, vectors }): Sample => ({ panel, group, values: vectors.map((vector) => vector[i]) })),
      )
      const name = `features-${space}`
      tables.push(quantileTable({ name, title: `Features in ${space}`, isDetail: true }, 'feature', samples.flat(), 1))
      figures.push(drawFeatures(input, space, samples))
    }
    if (figures.length === 0) return absent('No run returned a kernel.')
    const note = `Kernels that a group returned for targets of the space, each once; ${targetsName} once each. Drawn are the features that differ most among the targets.`
    return { kind: 'present', figures, tables, notes: [note] }
  },
}

function sourcesOf({ results }: EvaluatorInput, space: string) {
  const targets = results.targets.filter((target) => target.space === space).map(({ vector }) => vector)
  const groups = results.groups.map((group) => ({ group, vectors: vectorsOf(kernelsOf(results, group, space), space) }))
  return [{ group: targetsName, vectors: targets }, ...groups]
}

function drawFeatures(input: EvaluatorInput, space: string, samples: readonly (readonly Sample[])[]): Figure {
  const bySpread = samples.map((own) => ({ own, spread: spreadOf(own[0].values) })).sort((a, b) => b.spread - a.spread)
  const drawn = bySpread.slice(0, mostDrawn).flatMap(({ own }) => own)
  const svg = drawSpans(input.drawing, `Features in ${space} by group`, spanRows(input, drawn, 1), {
    ...{ label: 'value of the feature', type: 'symlog' },
  })
  const caption = `Features in ${space}: median (symbol), quartiles (thick), 10th to 90th percentile (thin).`
  return { name: `features-${space}`, svg, caption, tables: [`features-${space}`] }
}

/** In logarithms, as counts grow by factors. */
function spreadOf(values: readonly number[]): number {
  const sorted = values.map((value) => Math.sign(value) * Math.log1p(Math.abs(value))).sort((a, b) => a - b)
  return sorted.length === 0 ? 0 : quantile(sorted, 0.9) - quantile(sorted, 0.1)
}
