// The documents whose examples are held against the program.

import { readdirSync, readFileSync } from 'node:fs'
import { packagePath } from '../../kernels/index.ts'

export interface Document {
  /** From the root, with `/`. */
  readonly path: string
  readonly text: string
}

const inDocs = readdirSync(packagePath('docs'), { recursive: true, encoding: 'utf8' })
const paths = ['README.md', 'CONTRIBUTING.md', ...inDocs.map((name) => `docs/${name.replaceAll('\\', '/')}`)]

export const documents: readonly Document[] = paths
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: readFileSync(packagePath(path), 'utf8') }))
