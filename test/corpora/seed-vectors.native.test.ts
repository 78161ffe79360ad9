import { expect, it } from 'vitest'
import { loadSeedKernels, loadSeedVectors, originOf } from '../../corpora/index.ts'
import { measureSeeds } from '../../synth/index.ts'

it('ships the vectors of the seed kernels as they are measured here', async () => {
  const seeds = loadSeedKernels()
  const shipped = loadSeedVectors()
  const { seeds: hash, toolchain } = originOf(seeds)
  expect(shipped.seeds, 'run `benchsteer corpora seeds`').toBe(hash)
  if (shipped.toolchain !== toolchain) {
    console.warn(`SKIPPED: corpora/seed-vectors.json.gz was made by ${shipped.toolchain}; here is ${toolchain}`)
    return
  }
  expect(shipped).toEqual(await measureSeeds(seeds))
  expect(shipped.kernels.length).toBeGreaterThan(250)
})

it('tells seeds by name and text', () => {
  const [first, ...others] = loadSeedKernels()
  const changed = [
    others,
    [{ ...first, source: `${first.source} ` }, ...others],
    [{ ...first, name: 'x/y' }, ...others],
  ]
  const hashes = [[first, ...others], ...changed].map((seeds) => originOf(seeds).seeds)
  expect(new Set(hashes).size).toBe(4)
})
