// From a command line to the searches to be done.

import { setImmediate } from 'node:timers/promises'
import {
  checkFeasibility,
  type Job,
  resolveSpaces,
  resolveTarget,
  resolveTargets,
  type Target,
} from '../../synth/index.ts'
import type { CliIo } from '../io.ts'
import { startProgress } from '../progress.ts'
import type { SynthRunOptions } from './options.ts'
import { formatRange, leftOutLineOf } from './report.ts'

/** A target with the text of its spaces. */
export interface PlannedTarget {
  readonly spaces: string
  readonly target: Target
}

/** Targets from which on their check is shown. */
const mostUnseen = 100
/** How long the check of many targets goes on before it looks for Ctrl-C. */
const breakEveryMs = 50

/**
 * The targets in their order, the first of each space before the second of any.
 * @throws {RangeError} where none is left, or the only one is infeasible
 * @throws the reason of the signal
 */
export async function planTargets(options: SynthRunOptions, io: CliIo): Promise<PlannedTarget[]> {
  const { spaces, targets: text, isList } = options
  const lists: PlannedTarget[][] = []
  for (const list of spaces) {
    const { space, weights } = await resolveSpaces(list)
    const wanted = isList ? await resolveTargets(text, space) : [await resolveTarget(text, space)]
    const feasible = await keepFeasible(
      wanted.map((target) => ({ ...target, weights })),
      options,
      io,
    )
    lists.push(feasible.map((target) => ({ spaces: list, target })))
  }
  const longest = Math.max(...lists.map((list) => list.length))
  const planned = Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat()
  if (planned.length > 0) return planned
  throw new RangeError(`--targets: '${text}' has no target that a kernel can be at in ${spaces.join(' or ')}`)
}

/** Those that a kernel can be at, each point once: the nearest consistent one may be the same for several. */
async function keepFeasible(targets: readonly Target[], options: SynthRunOptions, io: CliIo): Promise<Target[]> {
  const news: string[] = []
  try {
    return await checkAll(targets, options, io, (line) => news.push(line))
  } finally {
    for (const line of news) io.err(line) // now that no bar is in the way
  }
}

async function checkAll(
  targets: readonly Target[],
  { isList, nearest, isQuiet }: SynthRunOptions,
  io: CliIo,
  say: (line: string) => void,
): Promise<Target[]> {
  const isShown = !isQuiet && targets.length >= mostUnseen
  using progress = isShown
    ? startProgress(io, { label: 'checking', total: targets.length, unit: 'targets' })
    : undefined
  const kept = new Map<string, Target>()
  let breakMs = performance.now()
  for (const [i, target] of targets.entries()) {
    if (performance.now() - breakMs > breakEveryMs) {
      await setImmediate() // or no signal would arrive
      io.signal.throwIfAborted()
      progress?.update(i)
      breakMs = performance.now()
    }
    const found = requireFeasible(target, nearest, say)
    if (typeof found === 'string') {
      if (!isList) throw new RangeError(`--target: ${found}; --nearest goes on with it`)
      say(`left out: ${found}`)
      if (isQuiet) io.out(leftOutLineOf(target, found))
      continue
    }
    const id = `${found.values.join()} ${found.upper?.join()}`
    const twin = kept.get(id)
    const isAsked = found.name === target.name // and not the nearest to what was
    const [first, other] = twin === undefined || isAsked ? [found, twin] : [twin, found]
    kept.set(id, first)
    if (other !== undefined) say(`target ${other.name}: the same point as ${first.name}; searched for once`)
  }
  return [...kept.values()]
}

/** The search for a target in one round, from 0. */
export function jobOf({ spaces, target }: PlannedTarget, { search }: SynthRunOptions, round: number): Job {
  const { space: _, ...rest } = target
  return { spaces, target: rest, options: { ...search, seed: search.seed + round } }
}

/** @returns the target to search for, or in words why there is none */
function requireFeasible(target: Target, isNearestWanted: boolean, say: (line: string) => void): Target | string {
  const feasibility = checkFeasibility(target)
  if (feasibility.isFeasible) return feasibility.target
  const { reasons, nearest } = feasibility
  const changes = changesOf(target, nearest)
  if (isNearestWanted) {
    say(`target ${target.name} is infeasible; going on with ${changes}`)
    return { ...nearest, name: `${target.name} (nearest)` }
  }
  const why = reasons.map((reason) => `\n  ${reason}`).join('')
  return `no kernel can be at ${target.name}:${why}\nnearest consistent point: ${changes}`
}

/** What the second target has other than the first, as `--target` takes it. */
function changesOf(target: Target, other: Target): string {
  const { space, values, upper = values } = target
  const { values: low, upper: high = low } = other
  const changed = space.names.flatMap((name, i) => {
    if (Number.isNaN(values[i]) || (values[i] === low[i] && upper[i] === high[i])) return []
    return [`${name}=${formatRange(low[i], high[i])}`]
  })
  return changed.join(',')
}
