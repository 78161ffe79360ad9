// Names what groups are made of, so that a folder does not mix runs of two programs under one name: a hash over the code
// that searches, measures and judges, and over the seed kernels and vectors that it reads. What only reads records
// (evaluators, report) is left out: it may change without a run being done again. Sources and their build hash differently.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packagePath } from '../../kernels/index.ts'

/** From the root of the sources or of the build. */
const code = ['kernels', 'features', 'corpora', 'synth', 'evaluation/groups', 'evaluation/runner']
/** From the root of the package. */
const data = ['corpora/seed', 'corpora/seed-vectors.json.gz', 'corpora/mined-vectors.json.gz']

/** 16 hex digits; read once. */
export function programDigest(): string {
  known ??= digestOf([...code.flatMap(codeIn), ...data.flatMap((path) => filesUnder(packagePath(path)))])
  return known
}

let known: string | undefined

function codeIn(folder: string): string[] {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
  return filesUnder(join(root, folder)).filter((path) => /(?<!\.d)\.[jt]s$/.test(path))
}

/** Of a folder, or the file itself. */
function filesUnder(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
}

/** Of contents in this order, each with its length: where they lie does not count. */
export function digestOf(paths: readonly string[]): string {
  const digest = createHash('sha256')
  for (const path of paths) {
    const content = readFileSync(path)
    digest.update(`${content.length} `).update(content)
  }
  return digest.digest('hex').slice(0, 16)
}
