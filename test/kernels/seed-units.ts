// The seed kernels as the front end sees them.

import { loadSeedKernels, type SeedKernel } from '../../corpora/index.ts'
import { preprocess } from '../../kernels/index.ts'

/** Seeds without directives: fit for parsing as they are, so that pure tests need no compiler. */
export const plainSeeds: readonly SeedKernel[] = loadSeedKernels().filter(({ source }) => !/^\s*#/m.test(source))

/** All seeds, those with directives preprocessed by clang. */
export async function expandSeeds(): Promise<SeedKernel[]> {
  const seeds: SeedKernel[] = []
  for (const seed of loadSeedKernels()) {
    if (plainSeeds.some(({ name }) => name === seed.name)) seeds.push(seed)
    else {
      const expanded = await preprocess(seed.source)
      if (!expanded.ok) throw new Error(`${seed.path}: ${expanded.log}`)
      seeds.push({ ...seed, source: expanded.source })
    }
  }
  return seeds
}
