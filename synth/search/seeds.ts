// Seed kernels as starting points of a search: normalised and measured once, the nearest taken.

import {
  kernelFeatures,
  loadSeedKernels,
  loadSeedVectors,
  originOf,
  type SeedKernel,
  type SeedVector,
  type SeedVectors,
} from '../../corpora/index.ts'
import { type FeatureSpace, featureSpaces } from '../../features/index.ts'
import {
  type CompileOutcome,
  compileAll,
  contentKey,
  findKernels,
  lex,
  normaliseKernel,
  type PreprocessOutcome,
  parseUnit,
  preprocess,
} from '../../kernels/index.ts'
import type { Measured } from './candidate.ts'
import type { TargetMeter } from './target.ts'

const vectorsBySpace = new Map<FeatureSpace, Promise<SeedVectors>>()

/** Does nothing: what every kernel has. */
const emptyKernel = 'kernel void f0() {\n}\n'

/** `[feature]` of the empty kernel. */
export async function emptyFeatures(space: FeatureSpace): Promise<Float64Array> {
  const { empty } = await knownVectors(space)
  return Float64Array.from(empty[space.id] ?? space.names.map(() => 0))
}

/** The seed kernels, measured in the target's space, nearest first. */
export async function rankSeeds(meter: TargetMeter): Promise<Measured[]> {
  const { space } = meter.target
  const { kernels } = await knownVectors(space)
  const ranked = kernels.flatMap(({ name, text, features }): Measured[] => {
    const values = features[space.id]
    if (values === undefined) return []
    const vector = Float64Array.from(values)
    const tokens = lex(text).map((token) => token.text)
    const lineage = [
      { generation: 0, parent: null, holeKind: 'none', holeSpan: [0, 0], proposal: `seed ${name}` } as const,
    ]
    const facts = { key: contentKey(tokens), text, tokens, features: vector, distance: meter.distance(vector) }
    return [{ ...facts, generation: 0, meanLogProbability: 0, lineage, ancestors: [] }]
  })
  return ranked.sort((a, b) => a.distance - b.distance || (a.key < b.key ? -1 : 1))
}

/** The shipped vectors where they have the space and are of these seeds, else measured now. */
function knownVectors(space: FeatureSpace): Promise<SeedVectors> {
  const known =
    vectorsBySpace.get(space) ??
    (async () => {
      const seeds = loadSeedKernels()
      const shipped = loadSeedVectors()
      const origin = originOf(seeds)
      const isCurrent = shipped.seeds === origin.seeds && shipped.toolchain === origin.toolchain
      return isCurrent && featureSpaces.some((known) => known === space) ? shipped : await measureSeeds(seeds, [space])
    })()
  vectorsBySpace.set(space, known)
  return known
}

/** Normal forms and vectors of seed kernels; those that do not compile are left out. */
export async function measureSeeds(
  seeds: readonly SeedKernel[],
  spaces: readonly FeatureSpace[] = featureSpaces,
): Promise<SeedVectors> {
  const forms = await normaliseSeeds(seeds)
  const texts = [emptyKernel, ...forms.map(({ text }) => text)]
  const outcomes = await compileAll(texts)
  const [empty, ...features] = texts.map((text, i) => vectorsOf(text, outcomes[i], spaces))
  const kernels = forms.flatMap(({ name, text }, i): SeedVector[] => {
    const vectors = features[i]
    return vectors === undefined ? [] : [{ name, text, features: vectors }]
  })
  return { ...originOf(seeds), empty: empty ?? {}, kernels }
}

function vectorsOf(
  text: string,
  outcome: CompileOutcome,
  spaces: readonly FeatureSpace[],
): SeedVector['features'] | undefined {
  if (!outcome.ok) return undefined
  const vectors = Object.entries(kernelFeatures(text, outcome.ir, spaces))
  return Object.fromEntries(vectors.map(([id, values]) => [id, [...values]]))
}

async function normaliseSeeds(seeds: readonly SeedKernel[]): Promise<Pick<SeedVector, 'name' | 'text'>[]> {
  const units = await Promise.all(seeds.map(async ({ name, source }) => ({ name, unit: await expand(source) })))
  return units.flatMap(({ name, unit }) => {
    if (!unit.ok) return []
    const parsed = parseUnit(unit.source)
    return findKernels(parsed).flatMap((kernel) => {
      const form = normaliseKernel(parsed, kernel)
      return form.ok ? [{ name, text: form.text }] : []
    })
  })
}

/** Most seeds have no directives: those need no preprocessor. */
function expand(source: string): Promise<PreprocessOutcome> {
  return /^\s*#/m.test(source) ? preprocess(source) : Promise.resolve({ ok: true, source })
}
