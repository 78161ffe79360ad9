// Finds the OpenCL kernels of a repository: preprocess, cut into kernels, normalise, compile, measure. Every loss
// is counted under its reason.

import {
  type CompileOutcome,
  compileAll,
  findKernels,
  type NormalForm,
  normaliseKernel,
  parseUnit,
  preprocess,
} from '../kernels/index.ts'
import { guessDefines } from './guess-defines.ts'
import { heldOutByContent, heldOutByName } from './hold-out.ts'
import { findKernelStrings } from './host-strings.ts'
import { indexByBasename, inlineIncludes } from './includes.ts'
import { classifyLicence, type Licence, type LicenceClass, namedLicence } from './licence.ts'
import { irKeyOf, kernelFeatures } from './measure.ts'
import { templateKeyOf } from './select.ts'
import type { PinnedSource } from './source-manifest.ts'
import { isHostFile, isKernelFile, isLicenceFile, readSourceTree, type SourceTree } from './source-tree.ts'

/** A kernel that was found, compiled and measured. */
export interface MinedKernel {
  /** Content key of the normal form. */
  readonly key: string
  /** Normal form. */
  readonly text: string
  readonly tokens: readonly string[]
  /** Content key of the optimised IR: equal for semantic duplicates. */
  readonly irKey: string
  readonly irBytes: number
  /** Equal for kernels that differ only in types and literals. */
  readonly templateKey: string
  /** By feature space id. */
  readonly features: Readonly<Record<string, Float64Array>>
  readonly repository: string
  readonly commit: string
  readonly licence: string
  readonly licenceClass: LicenceClass
  readonly path: string
  readonly kernelName: string
  /** Why the kernel stays out of every training corpus, or null. */
  readonly heldOut: string | null
}

/** Summary of one mined repository. */
export interface MinedSource {
  readonly repository: string
  readonly commit: string
  readonly licence: string
  readonly licenceClass: LicenceClass
  /** Where the source can be found again, or null. */
  readonly url: string | null
  readonly files: number
  readonly units: number
  readonly kernels: number
  /** Units or kernels lost, by reason. */
  readonly losses: Readonly<Record<string, number>>
}

/** What mining yields: kernels, then one summary. */
export type Mined =
  | { readonly kind: 'kernel'; readonly kernel: MinedKernel }
  | { readonly kind: 'source'; readonly source: MinedSource }

/** How a location is mined. */
export interface MineOptions {
  /** Shingles of the held-out suites. */
  readonly heldOutShingles: ReadonlySet<number>
  /** Mine this commit under this name. Default: HEAD of whatever the location is called. */
  readonly pin?: PinnedSource
  /** Called after each unit with how many of the source's units are done. */
  readonly onProgress?: (unitsDone: number, units: number) => void
  /** A source for which this holds is passed over: nothing comes, not even its summary. Default never. */
  readonly isDone?: (repository: string, commit: string) => boolean
  readonly signal?: AbortSignal
}

interface Unit {
  readonly path: string
  readonly text: string
  /** Guessed for macros that the host program would pass. */
  readonly defines: readonly string[]
}

interface Found {
  readonly unit: Unit
  readonly kernelName: string
  readonly form: NormalForm
}

const batchSize = 96
/** Times that a unit is tried again with more guessed macros. */
const guessRounds = 6

/**
 * Mine one directory or git repository. Kernels come in path order, each normal form once; the source summary last.
 * @throws {BenchError} where the location cannot be read
 */
export async function* mine(location: string, options: MineOptions): AsyncIterable<Mined> {
  const tree = readSourceTree(location, options.pin)
  if (options.isDone?.(tree.repository, tree.commit)) return
  const licence = licenceOf(tree, options.pin)
  const losses: Record<string, number> = {}
  const units = findUnits(tree)
  const seen = new Set<string>()
  let kernels = 0
  for (let start = 0; start < units.length; start += batchSize) {
    options.signal?.throwIfAborted()
    const compiled = await findCompiling(units.slice(start, start + batchSize), seen, losses, options.signal)
    for (const { item, ir } of compiled) {
      kernels++
      const heldOut =
        heldOutByName(tree.repository, item.unit.path) ?? heldOutByContent(item.form.tokens, options.heldOutShingles)
      yield {
        kind: 'kernel',
        kernel: {
          ...measure(item, ir),
          ...{ repository: tree.repository, commit: tree.commit, licence: licence.name },
          ...{ licenceClass: licence.licenceClass, path: item.unit.path, kernelName: item.kernelName },
          heldOut: heldOut ?? null,
        },
      }
    }
    options.onProgress?.(Math.min(units.length, start + batchSize), units.length)
  }
  const { repository, commit, url, files } = tree
  const summary = { files: files.size, units: units.length, kernels, losses }
  yield {
    kind: 'source',
    source: { repository, commit, url, licence: licence.name, licenceClass: licence.licenceClass, ...summary },
  }
}

/** What the licence files state, else what the manifest does. */
function licenceOf({ files }: SourceTree, pin: PinnedSource | undefined): Licence {
  const stated = classifyLicence([...files].flatMap(([path, text]) => (isLicenceFile(path) ? [text] : [])))
  return stated.licenceClass === 'unknown' && pin !== undefined ? namedLicence(pin.licence) : stated
}

/** Texts that may define kernels: kernel files with their includes inlined, and literals of host files. */
function findUnits(tree: SourceTree): Unit[] {
  const index = indexByBasename(tree.files.keys())
  const units: Unit[] = []
  for (const path of [...tree.files.keys()].sort()) {
    const text = tree.files.get(path) ?? ''
    if (isKernelFile(path) && /kernel/i.test(text)) {
      units.push({ path, text: inlineIncludes(path, tree.files, index), defines: [] })
    } else if (isHostFile(path) && /kernel/.test(text)) {
      findKernelStrings(text).forEach((literal, i) => {
        units.push({ path: `${path}#${i}`, text: literal.replace(/^[ \t]*#[ \t]*include.*$/gm, ''), defines: [] })
      })
    }
  }
  return units
}

interface Compiled {
  readonly item: Found
  readonly ir: string
}

/**
 * The kernels of some units that compile. Units that lack macros are tried again with guessed ones; what fails in
 * the last round is lost.
 */
async function findCompiling(
  units: readonly Unit[],
  seen: Set<string>,
  losses: Record<string, number>,
  signal: AbortSignal | undefined,
): Promise<Compiled[]> {
  const compiled: Compiled[] = []
  const failed = new Map<string, Loss>()
  let open = units
  for (let round = 0; open.length > 0; round++) {
    const roundLosses: Loss[] = []
    const found = await findInUnits(open, roundLosses)
    // What more macros do not change is not compiled again, and still lost.
    for (const { unit, form } of found) {
      const loss = failed.get(form.key)
      if (loss?.unit.path === unit.path) roundLosses.push({ ...loss, unit })
    }
    const fresh = found.filter(({ form }) => !seen.has(form.key) && seen.add(form.key))
    const outcomes = await compileHalves(fresh, signal)
    outcomes.forEach((outcome, i) => {
      const { unit, form } = fresh[i]
      if (outcome.ok) compiled.push({ item: fresh[i], ir: outcome.ir })
      else {
        const loss = { unit, reason: `kernel: ${outcome.stage}: ${reasonOf(outcome.log)}`, log: outcome.log }
        failed.set(form.key, loss)
        roundLosses.push(loss)
      }
    })
    open = round < guessRounds ? retriesFor(roundLosses) : []
    const retried = new Set(open.map(({ path }) => path))
    for (const { unit, reason } of roundLosses) if (!retried.has(unit.path)) count(losses, reason)
  }
  return compiled
}

interface Loss {
  readonly unit: Unit
  readonly reason: string
  readonly log: string
}

/** Units with the defines that their losses ask for, where there are any new ones. */
function retriesFor(losses: readonly Loss[]): Unit[] {
  const units = new Map<string, Unit>()
  for (const { unit, log } of losses) {
    const known = units.get(unit.path) ?? unit
    const fresh = guessDefines(log, known.defines)
    if (fresh.length > 0) units.set(unit.path, { ...known, defines: [...known.defines, ...fresh] })
  }
  return [...units.values()]
}

async function findInUnits(units: readonly Unit[], losses: Loss[]): Promise<Found[]> {
  const found: Found[][] = units.map(() => [])
  let next = 0
  const work = async (): Promise<void> => {
    for (let i = next++; i < units.length; i = next++) found[i] = await findInUnit(units[i], losses)
  }
  await Promise.all([work(), work(), work()])
  return found.flat()
}

async function findInUnit(unit: Unit, losses: Loss[]): Promise<Found[]> {
  const expanded = await preprocess(unit.text, { shim: true, defines: unit.defines })
  if (!expanded.ok) {
    losses.push({ unit, reason: `unit: ${expanded.stage}`, log: '' })
    return []
  }
  const parsed = parseUnit(expanded.source)
  const names = findKernels(parsed)
  if (names.length === 0) losses.push({ unit, reason: 'unit: no kernel', log: '' })
  const found: Found[] = []
  for (const kernelName of new Set(names)) {
    const form = normaliseKernel(parsed, kernelName)
    if (form.ok) found.push({ unit, kernelName, form })
    else losses.push({ unit, reason: `kernel: ${form.stage}`, log: '' })
  }
  return found
}

/** Two compilers at a time. */
async function compileHalves(found: readonly Found[], signal: AbortSignal | undefined): Promise<CompileOutcome[]> {
  const texts = found.map(({ form }) => form.text)
  const middle = texts.length >> 1
  const halves = [texts.slice(0, middle), texts.slice(middle)]
  return (await Promise.all(halves.map((half) => compileAll(half, { signal })))).flat()
}

/** The kind of a compiler message, without its names. */
function reasonOf(log: string): string {
  const message = log
    .split('\n')[0]
    .replace(/^\d+:\d+: /, '')
    .replace(/'[^']*'/g, '…')
  return message.slice(0, 60)
}

function measure(
  item: Found,
  ir: string,
): Pick<MinedKernel, 'key' | 'text' | 'tokens' | 'irKey' | 'irBytes' | 'templateKey' | 'features'> {
  const { key, text, tokens } = item.form
  return {
    ...{ key, text, tokens, irKey: irKeyOf(ir), irBytes: ir.length, templateKey: templateKeyOf(tokens) },
    features: kernelFeatures(text, ir),
  }
}

function count(losses: Record<string, number>, reason: string): void {
  losses[reason] = (losses[reason] ?? 0) + 1
}
