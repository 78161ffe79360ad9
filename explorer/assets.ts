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
  readonly headers: Readonly<Record<string, string>>
}

const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:', // the empty icon, which would else be asked for
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

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
  // messages.js is of types alone: nobody imports it.
  const modules = readdirSync(scripts).filter((name) => name.endsWith('.js') && name !== 'messages.js')
  const headers = { 'content-security-policy': pagePolicy }
  // Modules import each other in a chain: asked for at once, they do not wait for each other.
  const link = modules.map((name) => `</${name}>; rel=modulepreload`).join(', ')
  return new Map<string, Asset>([
    ['/', { type: 'text/html; charset=utf-8', text: own('index.html'), headers: { ...headers, link } }],
    ['/page.css', { type: 'text/css; charset=utf-8', text: `${readTheme()}\n${own('page.css')}`, headers }],
    ...modules.map((name): [string, Asset] => [
      `/${name}`,
      { type: 'text/javascript; charset=utf-8', text: readFileSync(join(scripts, name), 'utf8'), headers },
    ]),
  ])
}
