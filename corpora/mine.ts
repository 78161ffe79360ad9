// Finds the OpenCL kernels of a repository: preprocess, cut into kernels, normalise, compile, measure. Every loss
// is counted under its reason.

import {
  compileAll,
  type CompileOutcome,
  contentKey,
  findKernels,
  type NormalForm,
  normaliseKernel,
  parseUnit,
  preprocess,
} from '../kernels/index.ts'
import { heldOutByContent, heldOutByName } from './hold-out.ts'
import { findKernelStrings } from './host-strings.ts'
import { indexByBasename, inlineIncludes } from './includes.ts'
import { classifyLicence, type LicenceClass } from './licence.ts'
import { irKeyOf, kernelFeatures } from './measure.ts'
import { isHostFile, isKernelFile, isLicenceFile, readSourceTree, type SourceTree } from './source-tree.ts'

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

export interface MinedSource {
  readonly repository: string
  readonly commit: string
  readonly licence: string
  readonly licenceClass: LicenceClass
  readonly files: number
  readonly units: number
  readonly kernels: number
  /** Units or kernels lost, by reason. */
  readonly losses: Readonly<Record<string, number>>
}

export type Mined =
  | { readonly kind: 'kernel'; readonly kernel: MinedKernel }
  | { readonly kind: 'source'; readonly source: MinedSource }

export interface MineOptions {
  /** Shingles of the held-out suites. */
  readonly heldOutShingles: ReadonlySet<number>
  /** Called after each unit with how many of the source's units are done. */
  readonly onProgress?: (unitsDone: number, units: number) => void
  readonly signal?: AbortSignal
}

interface Unit {
  readonly path: string
  readonly text: string
}

interface Found {
  readonly path: string
  readonly kernelName: string
  readonly form: NormalForm
}

const batchSize = 96

/**
 * Mine one directory or git repository. Kernels come in path order, each normal form once; the source summary last.
 * @throws {BenchError} where the location cannot be read
 */
export async function* mine(location: string, options: MineOptions): AsyncIterable<Mined> {
  const tree = readSourceTree(location)
  const licence = classifyLicence([...tree.files].flatMap(([path, text]) => (isLicenceFile(path) ? [text] : [])))
  const losses: Record<string, number> = {}
  const units = findUnits(tree)
  const seen = new Set<string>()
  let kernels = 0
  for (let start = 0; start < units.length; start += batchSize) {
    options.signal?.throwIfAborted()
    const found = (await findInUnits(units.slice(start, start + batchSize), losses)).filter(({ form }) => {
      if (seen.has(form.key)) return false
      seen.add(form.key)
      return true
    })
    for (const { item, ir } of await compileFound(found, losses, options.signal)) {
      kernels++
      const heldOut = heldOutByName(tree.repository, item.path) ?? heldOutByContent(item.form.tokens, options.heldOutShingles)
      yield {
        kind: 'kernel',
        kernel: {
          ...measure(item, ir),
          ...{ repository: tree.repository, commit: tree.commit, licence: licence.name },
          ...{ licenceClass: licence.licenceClass, path: item.path, kernelName: item.kernelName },
          heldOut: heldOut ?? null,
        },
      }
    }
    options.onProgress?.(Math.min(units.length, start + batchSize), units.length)
  }
  const { repository, commit, files } = tree
  const summary = { files: files.size, units: units.length, kernels, losses }
  yield {
    kind: 'source',
    source: { repository, commit, licence: licence.name, licenceClass: licence.licenceClass, ...summary },
  }
}

/** Texts that may define kernels: kernel files with their includes inlined, and literals of host files. */
function findUnits(tree: SourceTree): Unit[] {
  const index = indexByBasename(tree.files.keys())
  const units: Unit[] = []
  for (const path of [...tree.files.keys()].sort()) {
    const text = tree.files.get(path) ?? ''
    if (isKernelFile(path) && /\bkernel\b|__kernel/.test(text)) {
      units.push({ path, text: inlineIncludes(path, tree.files, index).text })
    } else if (isHostFile(path) && /kernel/.test(text)) {
      findKernelStrings(text).forEach((literal, i) => {
        units.push({ path: `${path}#${i}`, text: literal.replace(/^[ \t]*#[ \t]*include.*$/gm, '') })
      })
    }
  }
  return units
}

async function findInUnits(units: readonly Unit[], losses: Record<string, number>): Promise<Found[]> {
  const found: Found[][] = units.map(() => [])
  let next = 0
  const work = async (): Promise<void> => {
    for (let i = next++; i < units.length; i = next++) found[i] = await findInUnit(units[i], losses)
  }
  await Promise.all([work(), work(), work()])
  return found.flat()
}

async function findInUnit(unit: Unit, losses: Record<string, number>): Promise<Found[]> {
  const expanded = await preprocess(unit.text, { shim: true })
  if (!expanded.ok) {
    count(losses, `unit: ${expanded.stage}`)
    return []
  }
  const parsed = parseUnit(expanded.source)
  const names = findKernels(parsed)
  if (names.length === 0) count(losses, 'unit: no kernel')
  const found: Found[] = []
  for (const kernelName of new Set(names)) {
    const form = normaliseKernel(parsed, kernelName)
    if (form.ok) found.push({ path: unit.path, kernelName, form })
    else count(losses, `kernel: ${form.stage}`)
  }
  return found
}

async function compileFound(
  found: readonly Found[],
  losses: Record<string, number>,
  signal: AbortSignal | undefined,
): Promise<{ item: Found; ir: string }[]> {
  const texts = found.map(({ form }) => form.text)
  const middle = texts.length >> 1
  const halves = [texts.slice(0, middle), texts.slice(middle)]
  const outcomes: CompileOutcome[] = (await Promise.all(halves.map((half) => compileAll(half, { signal })))).flat()
  return outcomes.flatMap((outcome, i) => {
    if (outcome.ok) return [{ item: found[i], ir: outcome.ir }]
    count(losses, `kernel: ${outcome.stage}: ${reasonOf(outcome.log)}`)
    return []
  })
}

/** The kind of a compiler message, without its names. */
function reasonOf(log: string): string {
  const message = log.replace(/^\d+:\d+: /, '').replace(/'[^']*'/g, '…')
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

/** Kernels that differ only in types and literals have one template. */
function templateKeyOf(tokens: readonly string[]): string {
  return contentKey(tokens.map((token) => (/^\.?\d/.test(token) ? '0' : token.replace(scalarType, 'T'))))
}

const scalarType = /^(?:bool|half|float|double|u?(?:char|short|int|long)|size_t)(?:2|3|4|8|16)?$/

function count(losses: Record<string, number>, reason: string): void {
  losses[reason] = (losses[reason] ?? 0) + 1
}
