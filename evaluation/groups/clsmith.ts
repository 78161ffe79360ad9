// Programs of CLSmith (Lidbury et al., PLDI 2015), an executable that is given: each is one kernel with everything it calls.
// https://github.com/ChrisLidbury/CLSmith; CONTRIBUTING.md says how to build it. It writes its macros into headers of its own, which are expanded.

import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { extractKernel, findKernels, normaliseText, parseUnit, preprocess, Random } from '../../kernels/index.ts'
import type { ClsmithPlace, Group, GroupRequest, GroupSettings } from './group.ts'
import { type Draft, FormMeter, untilAborted } from './measure-forms.ts'

const run = promisify(execFile)

/** Included by every program, and by it. */
export const clsmithHeaders = ['CLSmith.h', 'cl_safe_math_macros.h', 'safe_math_macros.h'] as const

const noClsmith = '--clsmith: expected the CLSmith executable, which the group clsmith runs, received none'
/** A program that takes longer is given up, as BenchPress does. */
const timeoutMs = 15_000
/** Programs for each core that are measured together. */
const perCore = 2

export const clsmith: Group = {
  name: 'clsmith',
  summary: 'random programs of the CLSmith that --clsmith names, the nearest of which count (PLDI 2015)',
  asksModel: false,
  isDeterministic: false,
  inputOf: ({ clsmith }) => clsmith?.binary ?? null,
  findObstacle: findClsmithObstacle,
  run: (request) => untilAborted(request.signal, () => generate(request)),
}

async function findClsmithObstacle({ clsmith }: GroupSettings): Promise<string | undefined> {
  if (clsmith === undefined) return noClsmith
  const { binary, includePaths } = clsmith
  if (!isExecutable(binary)) return `--clsmith: expected an executable, received '${binary}'`
  const missing = clsmithHeaders.find((name) => !includePaths.some((folder) => existsSync(join(folder, name))))
  if (missing === undefined) return await tryOut(clsmith)
  return (
    `--clsmith-include: expected folders with ${clsmithHeaders.join(', ')}, found no ${missing} in ` +
    `${includePaths.join(', ')}; building CLSmith makes the headers where m4 is installed`
  )
}

/** Something else may be executable, too. */
async function tryOut(place: ClsmithPlace): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-clsmith-'))
  try {
    const [draft] = await generateOne(place, 1, folder)
    if (draft !== undefined && normaliseText(draft.text).ok && draft.text !== '') return undefined
    return `--clsmith: expected a CLSmith, received '${place.binary}', which wrote no kernel for \`--seed 1 -o FILE\``
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function generate(request: GroupRequest): Promise<void> {
  const { seed, settings, course, signal } = request
  const { clsmith, cores } = settings
  if (clsmith === undefined) throw new RangeError(noClsmith)
  const rng = new Random(seed)
  const meter = new FormMeter(request)
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-clsmith-'))
  try {
    while (!signal.aborted) {
      const seeds = Array.from({ length: perCore * cores }, () => rng.below(2 ** 31))
      await meter.measure((await generateAll(clsmith, seeds, cores, folder, signal)).flat())
      if (await course.isMatched()) return
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A few at once, and no more than may run. */
async function generateAll(
  place: ClsmithPlace,
  seeds: readonly number[],
  cores: number,
  folder: string,
  signal: AbortSignal,
): Promise<Draft[][]> {
  const drafts: Draft[][] = []
  const queue = seeds.values()
  const work = async (): Promise<void> => {
    for (const seed of queue) drafts.push(await generateOne(place, seed, folder, signal))
  }
  await Promise.all(Array.from({ length: cores }, work))
  return drafts
}

/** One program. One that fails counts as one that does not parse. @param folder - for scratch */
export async function generateOne(
  { binary, includePaths }: ClsmithPlace,
  seed: number,
  folder: string,
  signal?: AbortSignal,
): Promise<Draft[]> {
  const own = mkdtempSync(join(folder, 'program-')) // where it also writes, and reads, platform.info
  const path = join(own, 'program.cl')
  try {
    await run(resolve(binary), ['--seed', String(seed), '-o', path], { cwd: own, timeout: timeoutMs, signal })
    const expanded = await preprocess(readFileSync(path, 'utf8'), { includePaths })
    if (!expanded.ok) return [{ text: '', isForeign: true }]
    const unit = parseUnit(expanded.source)
    return findKernels(unit).map((name) => ({ text: extractKernel(unit, name) ?? '', isForeign: true }))
  } catch (error) {
    if (signal?.aborted === true) throw error
    return [{ text: '', isForeign: true }]
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}
