// Results that nobody measured, from a seeded generator: groups with a known strength, so that tests can say what an
// evaluator must find.

import type { EvaluationKernel, EvaluationResults, EvaluationRun, EvaluationTarget } from '../../evaluation/index.ts'
import { featureSpaces } from '../../features/index.ts'
import { Random } from '../../synth/index.ts'

/** How good a made-up group is. */
export interface MadeUpGroup {
  readonly name: string
  /** Share of the distance to the origin that is left at the end, about. */
  readonly left: number
  /** Share of runs that end at the target. */
  readonly exact?: number
  /** Until the first kernel, ms. */
  readonly startMs?: number
  readonly isGiven?: boolean
  /** Nothing in it is random: it runs once for a target. */
  readonly isOnce?: boolean
}

export interface MadeUpOptions {
  readonly spaces?: readonly string[]
  readonly programs?: number
  readonly kernelsPerProgram?: number
  readonly seeds?: number
  readonly seed?: number
  readonly isLabelled?: boolean
}

export const budgetMs = 10_000

export function makeUpResults(groups: readonly MadeUpGroup[], options: MadeUpOptions = {}): EvaluationResults {
  const { spaces = ['grewe'], programs = 12, kernelsPerProgram = 2, seeds = 3, seed = 1, isLabelled = false } = options
  const rng = new Random(seed)
  const targets = spaces.flatMap((space) =>
    Array.from({ length: programs * kernelsPerProgram }, (_, i): EvaluationTarget => {
      const name = `prog${Math.floor(i / kernelsPerProgram)}/kernel_${i % kernelsPerProgram}`
      return { space, suite: 'made-up', name, vector: vectorOf(space, rng) }
    }),
  )
  const kernels = new Map<string, EvaluationKernel>()
  const runs = targets.flatMap((target) =>
    groups.flatMap((group) =>
      Array.from({ length: group.isOnce === true ? 1 : seeds }, (_, s) => {
        return makeUpRun(target, group, s + 1, { rng, kernels, spaces, isLabelled })
      }),
    ),
  )
  const names = groups.map(({ name }) => name)
  return {
    spaces,
    groups: names,
    deterministic: groups.filter(({ isOnce }) => isOnce === true).map(({ name }) => name),
    seeds: Array.from({ length: seeds }, (_, s) => s + 1),
    budgetMs,
    targets,
    runs,
    kernels,
  }
}

function vectorOf(space: string, rng: Random): number[] {
  const names = featureSpaces.find(({ id }) => id === space)?.names ?? []
  return names.map(() => rng.below(20) + 1)
}

interface Scene {
  readonly rng: Random
  readonly kernels: Map<string, EvaluationKernel>
  readonly spaces: readonly string[]
  readonly isLabelled: boolean
}

function makeUpRun(target: EvaluationTarget, group: MadeUpGroup, seed: number, scene: Scene): EvaluationRun {
  const { rng } = scene
  const { left, exact = 0, startMs = 500 } = group
  const isExact = rng.next() < exact
  const steps = 5
  const norm = Math.hypot(...target.vector)
  const end = isExact ? 0 : Math.min(0.99, left * (0.6 + 0.8 * rng.next()))
  const trace = Array.from({ length: steps }, (_, i) => {
    const share = end + (1 - end) * (1 - (i + 1) / steps) ** 2
    const ms = startMs + ((budgetMs * 0.8 - startMs) * i) / steps
    return { ms, generation: i, evaluated: 100 * (i + 1), distance: i === steps - 1 ? end * norm : share * norm }
  })
  const best = [0, 0.05, 0.1].map((more, i) => {
    const kernel = addKernel(target, group, end + more, scene)
    return { kernel, distance: (end + more) * norm, foundMs: trace[steps - 1].ms, generation: steps - 1 - i }
  })
  const evaluated = 500
  return {
    ...{ group: group.name, kind: group.isGiven === true ? 'given' : 'built-in', space: target.space },
    ...{ suite: target.suite, target: target.name, targetVector: target.vector, seed, budgetMs, wallMs: budgetMs },
    ...{ evaluated, parsed: 450, unique: 300 + rng.below(50), checked: group.isGiven === true ? null : 400 },
    ...{ compiled: 200 + rng.below(100), trace, best },
    provenance: {
      ...{
        version: '0.0.0',
        model: 'made-up',
        input: null,
        machine: 'none',
        cores: 2,
        date: '2026-01-31T00:00:00.000Z',
      },
      command: 'benchsteer evaluate --made-up',
    },
  }
}

/** At that share of the norm from the target, towards the origin. */
function addKernel(target: EvaluationTarget, group: MadeUpGroup, share: number, scene: Scene): string {
  const { kernels, rng, spaces, isLabelled } = scene
  const id = `${group.name}-${kernels.size}`
  const vectors = Object.fromEntries(
    spaces.map((space) => {
      const vector = space === target.space ? target.vector.map((value) => value * (1 - share)) : vectorOf(space, rng)
      return [space, vector]
    }),
  )
  const tokens = 50 + rng.below(200)
  kernels.set(id, {
    ...{ id, group: group.name, source: group.isGiven === true ? null : 'kernel void A() {}' },
    ...{ foreign: group.isGiven === true, vectors, tokens, irInstructions: Math.round(tokens / 3) },
    ...{ bitsPerToken: 1 + rng.next(), overlapTokens: rng.below(40), minedDistance: {}, isCopy: rng.next() < 0.1 },
    outcome: isLabelled ? rng.pick(['accepted', 'accepted', 'data-race', 'not-compiled']) : null,
    label: isLabelled ? rng.pick(['CPU', 'GPU', 'undecided'] as const) : null,
    modelled: isLabelled ? true : null,
  })
  return id
}
