// Named targets: feature vectors of the kernels of known suites, shipped as data (`corpora/targets/<suite>.json`,
// vectors and provenance, no code) under `suite/program/kernel`.

import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { distance as editDistance } from 'fastest-levenshtein'
import { featureSpaces, toFeatureRecord } from '../features/index.ts'
import {
  compileAll,
  extractKernel,
  findClang,
  findKernels,
  irFlags,
  lex,
  normaliseText,
  packageRoot,
  parseUnit,
  preprocess,
} from '../kernels/index.ts'
import { indexByBasename, inlineIncludes } from './includes.ts'
import { kernelFeatures } from './measure.ts'
import { isKernelFile, readSourceTree, type SourceTree } from './source-tree.ts'

/** One kernel of a suite as a point of each feature space. */
export interface NamedTarget {
  /** `suite/program/kernel`. */
  readonly name: string
  /** Path in the suite's repository. */
  readonly path: string
  /** Tokens of its normal form; those that have none are as long as they are written. */
  readonly tokens: number
  /** Features by space and name. */
  readonly features: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** The targets of one suite, with their provenance. */
export interface TargetSuite {
  readonly suite: string
  readonly repository: string
  readonly commit: string
  /** Macros given to every unit, as the suite's host programs do by default. */
  readonly defines: readonly string[]
  readonly toolchain: string
  readonly targets: readonly NamedTarget[]
  /** Kernels that could not be measured, with the reason. */
  readonly left: readonly { readonly name: string; readonly reason: string }[]
}

let shipped: readonly TargetSuite[] | undefined

/** All shipped suites, by name; read once. */
export function loadTargetSuites(): readonly TargetSuite[] {
  const folder = join(packageRoot, 'corpora', 'targets')
  shipped ??= readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as TargetSuite)
  return shipped
}

/** The text of a suite's file: JSON with a line for each target. */
export function packTargetSuite({ targets, ...rest }: TargetSuite): string {
  const head = JSON.stringify(rest, null, 1).slice(0, -2)
  return `${head},\n "targets": [\n${targets.map((target) => `  ${JSON.stringify(target)}`).join(',\n')}\n ]\n}\n`
}

/** @throws {RangeError} naming the nearest known targets */
export function findTarget(name: string): NamedTarget {
  const targets = loadTargetSuites().flatMap((suite) => suite.targets)
  const found = targets.find((target) => target.name === name)
  if (found !== undefined) return found
  const near = targets
    .map((target) => ({ name: target.name, distance: editDistance(name.toLowerCase(), target.name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
  throw new RangeError(`no target named '${name}'; did you mean ${near.map((one) => one.name).join(', ')}?`)
}

/** Measure every kernel under `folder` of a suite's repository, each with what it needs from its own file. */
export async function measureSuite(
  location: string,
  options: { readonly suite: string; readonly folder: string; readonly defines: readonly string[] },
): Promise<TargetSuite> {
  const { suite, folder, defines } = options
  const tree = readSourceTree(location)
  const targets = new Map<string, NamedTarget>()
  const left: { name: string; reason: string }[] = []
  for (const path of [...tree.files.keys()]
    .filter((path) => isKernelFile(path) && path.startsWith(`${folder}/`))
    .sort()) {
    const program = posix.relative(folder, path).split('/')[0]
    for (const kernel of await measureFile(tree, path, defines)) {
      const name = `${suite}/${program}/${kernel.name}`
      if (kernel.features === undefined) left.push({ name: `${name} (${path})`, reason: kernel.reason })
      else addTarget(targets, { name, path, tokens: kernel.tokens, features: kernel.features })
    }
  }
  const toolchain = `clang ${findClang().version} ${irFlags.join(' ')}`
  const { repository, commit } = tree
  return { suite, repository, commit, defines, toolchain, targets: [...targets.values()], left }
}

/** Copies of one kernel in several files count once; different kernels of one name get the file's name added. */
function addTarget(targets: Map<string, NamedTarget>, target: NamedTarget): void {
  const known = targets.get(target.name)
  if (known === undefined) targets.set(target.name, target)
  else if (JSON.stringify(known.features) !== JSON.stringify(target.features)) {
    const stem = posix.basename(target.path, posix.extname(target.path))
    const name = `${target.name}@${stem}`
    targets.set(name, { ...target, name })
  }
}

type MeasuredKernel =
  | ({ readonly name: string } & Pick<NamedTarget, 'tokens' | 'features'>)
  | { readonly name: string; readonly features?: undefined; readonly reason: string }

async function measureFile(tree: SourceTree, path: string, defines: readonly string[]): Promise<MeasuredKernel[]> {
  const text = inlineIncludes(path, tree.files, indexByBasename(tree.files.keys()))
  const expanded = await preprocess(text, { defines })
  if (!expanded.ok) return [{ name: posix.basename(path), reason: expanded.log }]
  const unit = parseUnit(expanded.source)
  const names = [...new Set(findKernels(unit))]
  const sources = names.map((name) => extractKernel(unit, name) ?? '')
  const outcomes = await compileAll(sources)
  return outcomes.map((outcome, i) => {
    if (!outcome.ok) return { name: names[i], reason: `${outcome.stage}: ${outcome.log.split('\n')[0]}` }
    const values = kernelFeatures(sources[i], outcome.ir)
    const features = featureSpaces.map((space) => [space.id, toFeatureRecord(space, values[space.id])] as const)
    const form = normaliseText(sources[i])
    const tokens = form.ok ? form.tokens.length : lex(sources[i]).length
    return { name: names[i], tokens, features: Object.fromEntries(features) }
  })
}
