// What mutation starts from: our seed kernels, and mined ones where a store is given.

import { loadSeedKernels, loadSeedVectors, originOf, type SeedVectors, Store } from '../../../corpora/index.ts'
import { contentKey, lex } from '../../../kernels/index.ts'
import { measureSeeds, type Target, TargetMeter } from '../../../synth/index.ts'
import type { Offer } from '../../runner/course.ts'

/** All seeds, nearest first. @param store - path of a mined store */
export async function rankMutationSeeds(target: Target, store: string | undefined): Promise<Offer[]> {
  const own = await ownSeeds(target)
  const mined = store === undefined ? [] : minedSeeds(target, store)
  const all = new Map([...mined, ...own].map((offer) => [offer.key, offer]))
  return [...all.values()].sort((a, b) => a.distance - b.distance || (a.key < b.key ? -1 : 1))
}

async function ownSeeds(target: Target): Promise<Offer[]> {
  const meter = new TargetMeter(target)
  const { kernels } = await knownVectors()
  return kernels.flatMap(({ text, features }): Offer[] => {
    const vector = features[target.space.id]
    if (vector === undefined) return []
    const values = Float64Array.from(vector)
    const key = contentKey(lex(text).map((token) => token.text))
    return [{ key, text, values, distance: meter.distance(values), isForeign: false }]
  })
}

/** The shipped vectors where they are of these seeds and this compiler, else measured now. */
async function knownVectors(): Promise<SeedVectors> {
  const seeds = loadSeedKernels()
  const shipped = loadSeedVectors()
  const origin = originOf(seeds)
  const isCurrent = shipped.seeds === origin.seeds && shipped.toolchain === origin.toolchain
  return isCurrent ? shipped : await measureSeeds(seeds)
}

/** Nearest mined kernels that are read in full: of tens of thousands only the nearest ever have their turn. */
const mostMined = 1000

function minedSeeds(target: Target, path: string): Offer[] {
  const meter = new TargetMeter(target)
  using store = Store.open(path, { mustExist: true })
  return [...store.kernels.vectors(target.space.id, { origin: 'mined' })]
    .map(({ key, values }) => ({ key, values, distance: meter.distance(values) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, mostMined)
    .flatMap((seed): Offer[] => {
      const kernel = store.kernels.find(seed.key)
      return kernel === undefined ? [] : [{ ...seed, text: kernel.text, isForeign: true }]
    })
}
