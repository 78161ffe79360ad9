// A run's benchmarks as files: `manifest.jsonl` with one line each, and a `.cl` for each kernel. Equal benchmarks give
// equal bytes: no times, fixed orders. Files appear by renaming, and a `.cl` is named by its content key, so whoever
// reads the manifest at any moment, even after SIGKILL, finds every file it names.

import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { attemptOn } from './attempt-on.ts'
import { inGroups } from './export/groups.ts'
import type { LineageStep, Novelty, StoredBenchmark } from './store/records.ts'
import { writeAtomically } from './write-atomically.ts'

/** Name of the manifest in a run's folder. */
export const manifestName = 'manifest.jsonl'

const benchmarksPerWrite = 100

/** What the manifest needs to know of a feature space. */
export interface NamedSpace {
  readonly id: string
  readonly names: readonly string[]
}

/** What a target asks of a feature. */
export type WantedValue = number | readonly [low: number | null, high: number | null]

/** One line of the manifest. `features` is laid out as `benchsteer features` prints it. */
export interface ManifestLine {
  readonly file: string
  /** Name of the kernel function. */
  readonly kernel: string
  readonly features: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly space: string
  /** Features that the target leaves open are missing in `values`; a range is its two ends, null where open. */
  readonly target: { readonly name: string; readonly values: Readonly<Record<string, WantedValue>> }
  readonly distance: number
  readonly proximity: number
  readonly lineage: readonly LineageStep[]
  readonly seed: number
  readonly modelHash: string | null
  readonly version: string
  readonly device: string | null
  /** `quick`, `full`, or null: run and accepted by Oclgrind, by the device too, or not run. */
  readonly validated: string | null
  readonly novelty: Novelty | null
  /** Content key of the optimised IR: kernels that have it in common are the same program. Null where there is none. */
  readonly irKey: string | null
  /** Content key: `benchsteer corpora show KEY`. */
  readonly key: string
}

/**
 * Write the benchmarks into `folder`, replacing those of an earlier manifest there. A few are held at a time.
 * @param benchmarks - in the order of the lines: `store.benchmarks.results()`
 * @param spaces - in the order of the output; must hold every space of the benchmarks
 * @returns the number of lines
 * @throws {RangeError} for a space that is not among `spaces`; the earlier manifest stays
 * @throws {BenchError} OUTPUT_UNWRITABLE naming the folder
 */
export async function writeManifest(
  folder: string,
  benchmarks: Iterable<StoredBenchmark>,
  spaces: readonly NamedSpace[],
): Promise<number> {
  const attempt = attemptOn(folder)
  await attempt(() => mkdir(folder, { recursive: true }))
  const former = await readFileNames(join(folder, manifestName))
  const present = new Set(await attempt(() => readdir(folder)))
  const current = new Set<string>()
  const part = join(folder, `.${manifestName}.part`)
  const manifest = await attempt(() => open(part, 'w'))
  let count = 0
  try {
    for await (const group of inGroups(benchmarks, benchmarksPerWrite)) {
      const lines = group.map((benchmark) => manifestLine(benchmark, kernelFileName(benchmark.kernelKey), spaces))
      for (const [i, { file }] of lines.entries()) {
        if (!present.has(file)) await attempt(() => writeAtomically(folder, file, withNewline(group[i].text)))
        present.add(file)
        current.add(file)
      }
      await attempt(() => manifest.appendFile(lines.map((line) => `${JSON.stringify(line)}\n`).join('')))
      count += lines.length
    }
    await attempt(() => manifest.sync())
  } catch (error) {
    await rm(part, { force: true }).catch(() => {}) // why it could not be written is what matters
    throw error
  } finally {
    await manifest.close()
  }
  await attempt(() => rename(part, join(folder, manifestName)))
  for (const file of former) if (!current.has(file)) await attempt(() => rm(join(folder, file), { force: true }))
  return count
}

/** The line of one benchmark. @throws {RangeError} for a space that is not among `spaces` */
export function manifestLine(benchmark: StoredBenchmark, file: string, spaces: readonly NamedSpace[]): ManifestLine {
  const unknown = Object.keys(benchmark.features).find((id) => !spaces.some((space) => space.id === id))
  if (unknown !== undefined) throw new RangeError(`spaces: no names for feature space ${unknown}`)
  const own = spaces.find(({ id }) => id === benchmark.space)
  if (own === undefined) throw new RangeError(`spaces: no names for feature space ${benchmark.space}`)
  const measured = spaces.filter(({ id }) => benchmark.features[id] !== undefined)
  return {
    file,
    kernel: benchmark.kernelName,
    features: Object.fromEntries(measured.map((space) => [space.id, nameValues(space, benchmark.features[space.id])])),
    space: benchmark.space,
    target: { name: benchmark.targetName, values: nameWanted(own, benchmark) },
    distance: benchmark.distance,
    proximity: benchmark.proximity,
    lineage: benchmark.lineage,
    seed: benchmark.seed,
    modelHash: benchmark.modelHash,
    version: benchmark.version,
    device: benchmark.device,
    validated: benchmark.validated,
    novelty: benchmark.novelty,
    irKey: benchmark.irKey,
    key: benchmark.kernelKey,
  }
}

/** Values by name, without those that are NaN. @throws {RangeError} where their number does not fit the space */
export function nameValues(space: NamedSpace, values: Float64Array): Record<string, number> {
  if (values.length !== space.names.length) {
    throw new RangeError(`${space.id}: expected ${space.names.length} values, received ${values.length}`)
  }
  const named = space.names.map((name, i): [string, number] => [name, values[i]])
  return Object.fromEntries(named.filter(([, value]) => !Number.isNaN(value)))
}

/** What a benchmark's target asks for, by name. @throws {RangeError} as `nameValues` */
export function nameWanted(
  space: NamedSpace,
  { target, targetUpper }: Pick<StoredBenchmark, 'target' | 'targetUpper'>,
): Record<string, WantedValue> {
  const values: Record<string, WantedValue> = nameValues(space, target)
  for (const [i, name] of space.names.entries()) {
    const [low, high] = [target[i], targetUpper?.[i] ?? target[i]]
    if (name in values && low !== high) values[name] = [finiteOrNull(low), finiteOrNull(high)]
  }
  return values
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

/** Name of a kernel's file, by what is in it: a file that is there is right. */
export function kernelFileName(kernelKey: string): string {
  return `${kernelKey.slice(0, 16)}.cl`
}

/** Only names of our own making: what an edited manifest may name besides is not ours to delete. */
const ownFile = /^[\da-f]{16}\.cl$/

async function readFileNames(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return [...text.matchAll(/^\{"file":"([^"\\]+)"/gm)].map((match) => match[1]).filter((name) => ownFile.test(name))
}

function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}
