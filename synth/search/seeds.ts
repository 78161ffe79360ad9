// Seed kernels as starting points of a search: normalised and measured once per space, the nearest taken.

import { loadSeedKernels } from '../../corpora/index.ts'
import type { FeatureSpace } from '../../features/index.ts'
import {
  compileAll,
  findKernels,
  type NormalForm,
  normaliseKernel,
  type PreprocessOutcome,
  parseUnit,
  preprocess,
} from '../../kernels/index.ts'
import type { Measured } from './evaluate.ts'
import type { TargetMeter } from './target.ts'

interface NormalSeed {
  readonly name: string
  readonly form: NormalForm
}

let normalSeeds: Promise<readonly NormalSeed[]> | undefined
const seedFeatures = new Map<string, Promise<readonly (Float64Array | undefined)[]>>()

/** Does nothing: what every kernel has. */
const emptyKernel = 'kernel void f0() {\n}\n'

/** `[feature]` of the empty kernel. */
export async function emptyFeatures(space: FeatureSpace): Promise<Float64Array> {
  if (space.input === 'syntax') return new Float64Array(space.names.length)
  const [outcome] = await compileAll([emptyKernel])
  return outcome.ok ? space.extractModule(outcome.ir) : new Float64Array(space.names.length)
}

/** The seed kernels, measured in the target's space, nearest first. */
export async function rankSeeds(meter: TargetMeter): Promise<Measured[]> {
  normalSeeds ??= normaliseSeeds()
  const seeds = await normalSeeds
  const { space } = meter.target
  const measuring = seedFeatures.get(space.id) ?? measureSeeds(seeds, space)
  seedFeatures.set(space.id, measuring)
  const features = await measuring
  const measured = seeds.flatMap(({ name, form }, i): Measured[] => {
    const values = features[i]
    if (values === undefined) return []
    const { key, text, tokens } = form
    const lineage = [
      { generation: 0, parent: null, holeKind: 'none', holeSpan: [0, 0], proposal: `seed ${name}` } as const,
    ]
    return [
      {
        key,
        text,
        tokens,
        features: values,
        distance: meter.distance(values),
        generation: 0,
        meanLogProbability: 0,
        lineage,
      },
    ]
  })
  return measured.sort((a, b) => a.distance - b.distance || (a.key < b.key ? -1 : 1))
}

async function normaliseSeeds(): Promise<NormalSeed[]> {
  const units = await Promise.all(
    loadSeedKernels().map(async ({ name, source }) => ({ name, unit: await expand(source) })),
  )
  return units.flatMap(({ name, unit }) => {
    if (!unit.ok) return []
    const parsed = parseUnit(unit.source)
    return findKernels(parsed).flatMap((kernel) => {
      const form = normaliseKernel(parsed, kernel)
      return form.ok ? [{ name, form }] : []
    })
  })
}

/** Most seeds have no directives: those need no preprocessor. */
function expand(source: string): Promise<PreprocessOutcome> {
  return /^\s*#/m.test(source) ? preprocess(source) : Promise.resolve({ ok: true, source })
}

async function measureSeeds(seeds: readonly NormalSeed[], space: FeatureSpace): Promise<(Float64Array | undefined)[]> {
  if (space.input === 'syntax') {
    return seeds.map(({ form }) => space.extractUnit(parseUnit(form.text)).findLast((row) => row.isKernel)?.values)
  }
  const outcomes = await compileAll(seeds.map(({ form }) => form.text))
  return outcomes.map((outcome) => (outcome.ok ? space.extractModule(outcome.ir) : undefined))
}
