// TypeScript in the documents, as files of a project of their own.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packagePath } from '../../kernels/index.ts'
import type { Document } from './documents.ts'

export interface Snippet {
  /** Document and line. */
  readonly name: string
  /** Below as many empty lines as there are lines above it in the document. */
  readonly code: string
}

export function findSnippets({ path, text }: Document): Snippet[] {
  return [...text.matchAll(/^```(?:ts|typescript)\n([\s\S]*?)^```/gm)].map(({ 1: code, index }) => {
    const linesAbove = text.slice(0, index).split('\n').length
    return { name: `${path.replaceAll('/', '_')}-${linesAbove + 1}`, code: '\n'.repeat(linesAbove) + code }
  })
}

/** Write snippets and a `tsconfig.json` that knows the package's names. */
export function writeSnippets(folder: string, snippets: readonly Snippet[]): void {
  for (const { name, code } of snippets) writeFileSync(join(folder, `${name}.mts`), code)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration()))
}

/** The project's settings, with the package's own names leading to the sources of its exports. */
function configuration(): unknown {
  const { name, exports } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as {
    readonly name: string
    readonly exports: Readonly<Record<string, { readonly types: string }>>
  }
  const paths = Object.entries(exports).map(([path, { types }]) => [
    path.replace('.', name),
    [packagePath(types.replace(/^\.\/dist\/(.*)\.d\.ts$/, '$1.ts'))],
  ])
  return {
    extends: packagePath('tsconfig.json'),
    compilerOptions: {
      ...{ rootDir: '/', noUnusedLocals: false, paths: Object.fromEntries(paths) },
      typeRoots: [packagePath('node_modules', '@types')],
    },
    include: ['*.mts'],
  }
}
