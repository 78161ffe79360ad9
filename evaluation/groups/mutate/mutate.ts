// Source mutation in a generational beam, as BenchPress ran SRCIROR (fivosts/BenchPress, experiments/srciror.py): the ten
// nearest kernels, up to a thousand mutants of each a generation, the ten nearest of mutants and parents go on, until a
// generation brings nothing or thirty have passed. BenchPress then stopped; here the next ten seeds have their turn while there is time.

import { parseUnit, Random } from '../../../kernels/index.ts'
import type { Offer } from '../../runner/course.ts'
import type { Group, GroupRequest } from '../group.ts'
import { type Draft, FormMeter, untilAborted } from '../measure-forms.ts'
import { findStoreObstacle } from '../mined-store.ts'
import { applyMutation, findMutations } from './find-mutations.ts'
import { rankMutationSeeds } from './seeds.ts'

const width = 10
const mutantsPerParent = 1000
const mostGenerations = 30
/** Mutants that are measured together. */
const batch = 96

export const mutate: Group = {
  name: 'mutate',
  summary: 'mutants of the nearest seed kernels, and of mined ones with --corpus, in a beam (SRCIROR, ASE 2018)',
  asksModel: false,
  isDeterministic: false,
  inputOf: ({ corpus }) => corpus ?? null,
  findObstacle: findStoreObstacle,
  run: (request) => untilAborted(request.signal, () => mutateAll(request)),
}

async function mutateAll(request: GroupRequest): Promise<void> {
  const { target, settings, seed, course, signal } = request
  const seeds = await rankMutationSeeds(target, settings.corpus)
  // Seeds are offered, but not counted: they are not made here, and nothing of them is handed to the compiler.
  for (const offer of seeds.slice(0, width)) course.offer(offer)
  const meter = new FormMeter(request)
  const rng = new Random(seed)
  for (let first = 0; first < seeds.length && !signal.aborted; first += width) {
    if (await course.isMatched()) return
    await runBeam(seeds.slice(first, first + width), meter, rng.fork(), request)
  }
}

/** From one beam of seeds until it brings nothing more. */
async function runBeam(
  seeds: readonly Offer[],
  meter: FormMeter,
  rng: Random,
  { course, signal }: GroupRequest,
): Promise<void> {
  let beam = seeds
  for (let generation = 1; generation <= mostGenerations && !signal.aborted; generation++) {
    const found: Offer[] = []
    const drafts = draftMutants(beam, rng)
    for (let i = 0; i < drafts.length && !signal.aborted; i += batch) {
      const farthest = worstOf(nearest([...beam, ...found]))
      found.push(...(await meter.measure(drafts.slice(i, i + batch), { farthest, generation })))
      if (await course.isMatched()) return
    }
    const next = nearest([...found, ...beam])
    if (sumOf(next.slice(0, beam.length)) >= sumOf(beam)) return
    beam = next
  }
}

/** The mutants of all parents, in random order, so that a generation that is cut short has seen some of each. */
export function draftMutants(parents: readonly Offer[], rng: Random): Draft[] {
  const drafts = parents.flatMap(({ text, isForeign }) => {
    const source = text ?? ''
    const mutants = findMutations(parseUnit(source)).map((mutation) => ({
      ...{ text: applyMutation(source, mutation), isForeign },
    }))
    return rng.shuffle(mutants).slice(0, mutantsPerParent)
  })
  return rng.shuffle(drafts)
}

function nearest(offers: readonly Offer[]): Offer[] {
  return [...offers].sort((a, b) => a.distance - b.distance).slice(0, width)
}

function worstOf(beam: readonly Offer[]): number {
  return beam.length < width ? Number.POSITIVE_INFINITY : Math.max(...beam.map(({ distance }) => distance))
}

function sumOf(beam: readonly Offer[]): number {
  return beam.reduce((sum, { distance }) => sum + distance, 0)
}
