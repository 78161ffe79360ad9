// The files of the page: HTML, styles, and modules that were compiled from page/. There is a fixed set of them; no
// request reaches a file by its name.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BenchError, packagePath } from '../kernels/index.ts'
import { readTheme } from '../web/index.ts'

/** A file as it is sent. */
export interface Asset {
  readonly type: string
  readonly text: string
}

/** Where the build puts the page's modules. */
export const builtScripts: string = packagePath('dist', 'explorer', 'page')

/**
 * By path, from `/` on.
 * @param scripts - folder of the compiled modules
 * @throws {BenchError} SERVER_FAILED where the page was not built
 */
export function readAssets(scripts: string): ReadonlyMap<string, Asset> {
  if (!existsSync(join(scripts, 'main.js'))) {
    throw new BenchError('SERVER_FAILED', `the page is not built: no main.js in ${scripts}; run npm run build`)
  }
  const own = (name: string): string => readFileSync(packagePath('explorer', 'page', name), 'utf8')
  const modules = readdirSync(scripts).filter((name) => name.endsWith('.js'))
  return new Map<string, Asset>([
    ['/', { type: 'text/html; charset=utf-8', text: own('index.html') }],
    ['/page.css', { type: 'text/css; charset=utf-8', text: `${readTheme()}\n${own('page.css')}` }],
    ...modules.map((name): [string, Asset] => [
      `/${name}`,
      { type: 'text/javascript; charset=utf-8', text: readFileSync(join(scripts, name), 'utf8') },
    ]),
  ])
}
