// The files in page/, put together: its modules become one, so that the page works from a file, where modules cannot
// import each other.

import { readFileSync } from 'node:fs'
import { packagePath } from '../../../kernels/index.ts'
import { readTheme } from '../../../web/index.ts'

/** What a page is made of. */
export interface PageParts {
  /** With `{{name}}` where texts go. */
  readonly html: string
  readonly style: string
  readonly script: string
}

/** Each after those that it imports. Their top-level names differ, or the page would not even start. */
const modules = ['screens.js', 'state.js', 'stopwatch.js', 'outbox.js', 'arrival.js', 'question.js', 'main.js']

let parts: PageParts | undefined

/** Read once a process. */
export function readPageParts(): PageParts {
  parts ??= {
    html: read('page.html'),
    style: `\n${readTheme()}\n${read('page.css')}`,
    script: `\n${modules.map((name) => withoutLinks(read(name))).join('\n')}`,
  }
  return parts
}

/** A module without its imports and the word `export`. */
function withoutLinks(module: string): string {
  return module.replace(/^import\s[^;]*?from '\.\/[\w-]+\.js'\n/gm, '').replace(/^export (?=\w)/gm, '')
}

function read(name: string): string {
  return readFileSync(packagePath('studies', 'turing', 'site', 'page', name), 'utf8')
}
