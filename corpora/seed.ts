// The kernels we wrote ourselves: `corpora/seed/<family>/<name>.cl`, so that everything works offline at once.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../kernels/index.ts'

/** One file of `corpora/seed/`. */
export interface SeedKernel {
  /** `family/name`. */
  readonly name: string
  /** Relative to the package root, with `/`. */
  readonly path: string
  readonly source: string
}

/** Folder of the seed kernels, relative to the package root. */
export const seedFolder = 'corpora/seed'

/** All seed kernels, by name. */
export function loadSeedKernels(): SeedKernel[] {
  const root = join(packageRoot, seedFolder)
  const families = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return families
    .flatMap((family) =>
      readdirSync(join(root, family.name))
        .filter((file) => file.endsWith('.cl'))
        .map((file) => loadSeed(family.name, file)),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function loadSeed(family: string, file: string): SeedKernel {
  const path = `${seedFolder}/${family}/${file}`
  const source = readFileSync(join(packageRoot, path), 'utf8')
  return { name: `${family}/${file.slice(0, -'.cl'.length)}`, path, source }
}
