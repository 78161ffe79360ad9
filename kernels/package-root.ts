// Where the package lies, so that data files (shims, models, seed kernels) are found both from the sources
// (kernels/package-root.ts) and from the build (dist/kernels/package-root.js).

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of a file or folder of this package: `packagePath('kernels', 'shim.h')`. */
export function packagePath(...parts: readonly string[]): string {
  return join(packageRoot, ...parts)
}

/** The folder of benchsteer's own package.json. */
export const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)))

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('package.json not found above kernels/')
  return findRoot(parent)
}
