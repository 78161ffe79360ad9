// Compiles the sources to dist/. With `--if-stale` only where a source is newer than the last build. Data files are
// not copied: the code finds them from the package root (kernels/package-root.ts).

import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = join(root, 'dist', '.built')
const config = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'))
// What Node runs, and what the explorer's page runs in a browser.
const projects = ['tsconfig.build.json', join('explorer', 'page')]
const folders = config.include.filter((folder) => folder !== 'test' && folder !== 'scripts')

/** Every file that a build depends on; a removed one shows as another list. */
function listInputs() {
  const sources = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.ts'))
  return [
    ...sources.sort(),
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    join('explorer', 'page', 'tsconfig.json'),
  ]
}

function isStale(inputs) {
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== inputs.join('\n')) return true
  const builtMs = statSync(stamp).mtimeMs
  return inputs.some((file) => statSync(join(root, file)).mtimeMs >= builtMs)
}

function build(inputs) {
  const startedAt = new Date()
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  for (const project of projects) {
    const { status } = spawnSync(process.execPath, [tsc, '-p', project], { cwd: root, stdio: 'inherit' })
    if (status !== 0) return status ?? 1
  }
  chmodSync(join(root, 'dist', 'cli', 'main.js'), 0o755)
  writeFileSync(stamp, inputs.join('\n'))
  // A source saved while the compiler ran counts as newer.
  utimesSync(stamp, startedAt, startedAt)
  return 0
}

const inputs = listInputs()
if (!process.argv.includes('--if-stale') || isStale(inputs)) process.exitCode = build(inputs)
