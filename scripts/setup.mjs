// First step of `npm start` and `npm test`: brings a bare checkout to a working state from nothing but Node and npm.
// Plain JavaScript without dependencies. Does nothing, quickly, when all is there: it looks for the programs and
// libraries themselves, so that they may come from anywhere. With `--tests` also for what only tests use, without which
// some of them are skipped.

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { arch } from 'node:os'
import { basename, delimiter, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const oldestNode = 20

/** What must be there, and the Debian or Ubuntu packages that bring it, the preferred one first. */
export const needs = [
  {
    name: 'clang',
    packages: ['clang-14', 'clang'],
    isThere: (system) => onPath(system, ['clang-14']) || makesDo(system),
  },
  { name: 'OpenCL loader', packages: ['ocl-icd-libopencl1'], isThere: hasOpenClLoader },
  { name: 'PoCL', packages: ['pocl-opencl-icd'], isThere: hasPocl },
  { name: 'Oclgrind', packages: ['oclgrind'], isThere: (system) => onPath(system, ['oclgrind']) },
]

/** What tests use beside; where it is not to be had, they say so and are skipped. */
export const testNeeds = [
  { name: 'Chromium', packages: ['chromium'], isThere: (system) => onPath(system, ['chromium']) },
]

/** Where a system keeps its programs and libraries; tests pass others. */
export function thisSystem(env = process.env) {
  const triplet = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu', riscv64: 'riscv64-linux-gnu' }[arch()]
  return {
    binaries: (env.PATH ?? '').split(delimiter),
    libraries: [
      ...(env.LD_LIBRARY_PATH ?? '').split(delimiter).filter(Boolean),
      ...[`/usr/lib/${triplet}`, '/usr/lib64', '/usr/lib', '/usr/local/lib', `/lib/${triplet}`, '/lib64', '/lib'],
    ],
    vendors: env.OCL_ICD_VENDORS ?? '/etc/OpenCL/vendors',
    hasPackage,
  }
}

function onPath(system, programs) {
  return programs.some((program) => system.binaries.some((folder) => existsSync(join(folder, program))))
}

/** Clang 14 is what IR features are defined by (PoCL brings 15); another serves where 14 is not to be had. */
function makesDo(system) {
  const names = ['clang', ...[15, 16, 17, 18, 19].map((version) => `clang-${version}`)]
  return onPath(system, names) && !system.hasPackage('clang-14')
}

function hasOpenClLoader(system) {
  return hasLibrary(system, 'libOpenCL.so.1') || existsSync('/System/Library/Frameworks/OpenCL.framework')
}

function hasLibrary(system, name) {
  return isAbsolute(name) ? existsSync(name) : system.libraries.some((folder) => existsSync(join(folder, name)))
}

/** PoCL, registered as a driver and with its library in place; on macOS the system's own OpenCL. */
function hasPocl(system) {
  if (!existsSync(system.vendors)) return existsSync('/System/Library/Frameworks/OpenCL.framework')
  return readdirSync(system.vendors).some((file) => {
    if (!/pocl.*\.icd$/.test(file)) return false
    return hasLibrary(system, readFileSync(join(system.vendors, file), 'utf8').trim())
  })
}

/** @returns the needs that are not met */
export function missingNeeds(system = thisSystem(), wanted = needs) {
  return wanted.filter((need) => !need.isThere(system))
}

/**
 * Whether node_modules is what package-lock.json describes. npm leaves a copy of the lock file there when it is
 * done; contents are compared rather than dates, because a fresh checkout has arbitrary ones.
 */
export function hasDependencies(root) {
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'))
  const wanted = readLock(join(root, 'package-lock.json'))
  if (installed === undefined || wanted === undefined) return false
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    const found = installed[path]
    if (path === '') return true
    return found === undefined ? optional === true : found.version === version && found.integrity === integrity
  })
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}

/** @returns whether `npm ci` succeeded */
function installDependencies(root) {
  say('installing npm packages (npm ci) …')
  // Under npm, the very npm that was called; else the one on PATH.
  const npm = process.env.npm_execpath
  const [command, ...args] = npm && basename(npm) === 'npm-cli.js' ? [process.execPath, npm, 'ci'] : ['npm', 'ci']
  return run(command, args, { cwd: root })
}

/** The one line that installs these packages, for people. */
export function installLine(packages) {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
}

/** @returns whether everything is there afterwards */
function installPackages(missing) {
  const names = missing.map((need) => need.name).join(', ')
  if (!onPath(thisSystem(), ['apt-get'])) {
    say(`missing: ${names}. This system has no apt-get; install them by its own means, then try again.`)
    return false
  }
  const prefix = rootPrefix()
  if (prefix === undefined) {
    say(`missing: ${names}. Neither root nor sudo without a password here; run this line, then try again:`)
    process.stderr.write(`${installLine(missing.map(choosePackage))}\n`)
    return false
  }
  say(`installing ${names} …`)
  // A fresh system has no package lists, an old one has stale ones: refresh only where installing fails without.
  const isDone =
    (hasLists(missing) && aptInstall(prefix, missing)) || (aptUpdate(prefix) && aptInstall(prefix, missing))
  const still = missingNeeds(thisSystem(), missing)
  if (isDone && still.length === 0) return true
  const rest = still.length > 0 ? still : missing
  say(`could not install ${rest.map((need) => need.name).join(', ')}; see above. By hand:`)
  process.stderr.write(`${installLine(rest.map(choosePackage))}\n`)
  return false
}

/** How to become root: not at all, through sudo, or undefined where neither works. */
function rootPrefix() {
  if (process.getuid?.() === 0) return []
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined
}

function aptUpdate(prefix) {
  return apt(prefix, ['update', '-q'])
}

function aptInstall(prefix, missing) {
  return apt(prefix, ['install', '-y', '-q', '--no-install-recommends', ...missing.map(choosePackage)])
}

function apt(prefix, args) {
  const [command, ...rest] = [
    ...prefix,
    ...['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=120'],
    ...args,
  ]
  return run(command, rest)
}

function hasLists(missing) {
  return missing.every((need) => need.packages.some(hasPackage))
}

/** The first of a need's packages that this release has; the preferred one where apt knows none of them. */
function choosePackage(need) {
  return need.packages.find(hasPackage) ?? need.packages[0]
}

/** Whether apt can install this package. */
function hasPackage(name) {
  const shown = spawnSync('apt-cache', ['show', '--no-all-versions', name], { encoding: 'utf8' })
  return shown.status === 0 && /^Filename: /m.test(shown.stdout)
}

/** Output goes to standard error: standard output belongs to the program that is set up for. */
function run(command, args, options = {}) {
  return spawnSync(command, args, { stdio: ['ignore', 2, 2], ...options }).status === 0
}

function say(text) {
  process.stderr.write(`setup: ${text}\n`)
}

/** @returns the exit code */
function setUp(root, isForTests) {
  const major = Number(process.versions.node.split('.')[0])
  if (major < oldestNode) {
    say(`Node ${oldestNode} or later is needed, this is ${process.versions.node}; see https://nodejs.org`)
    return 1
  }
  if (!hasDependencies(root) && !installDependencies(root)) {
    say('npm ci failed; see above')
    return 1
  }
  const missing = missingNeeds()
  if (missing.length > 0 && !installPackages(missing)) return 1
  const unmet = isForTests ? missingNeeds(thisSystem(), testNeeds) : []
  if (unmet.length > 0 && !installPackages(unmet)) say('the tests that need it will be skipped')
  return 0
}

const path = fileURLToPath(import.meta.url)
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === path) {
  process.exitCode = setUp(join(path, '..', '..'), process.argv.includes('--tests'))
}
