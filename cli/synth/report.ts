// What a person reads of searches: the best kernel of one, or a table of many.

import { join } from 'node:path'
import { manifestName, summaryNames } from '../../corpora/index.ts'
import type { Benchmark, Funnel, Target } from '../../synth/index.ts'
import type { CliIo } from '../io.ts'
import { formatTable } from '../table.ts'
import { storeName } from './options.ts'

/** How one search went. */
export interface SearchResult {
  readonly target: Target
  readonly seed: number
  readonly best: Benchmark | undefined
  readonly kept: number
  readonly funnel: Readonly<Funnel>
  /** Kernels near enough that were not kept, by reason. */
  readonly refused: Readonly<Record<string, number>>
  readonly generations: number
  readonly elapsedMs: number
}

/** Targets shown of those that were missed by most. */
const mostShown = 10

/** One line of JSON. */
export function lineOf({ target, seed, best, kept, funnel, refused, generations, elapsedMs }: SearchResult): string {
  const { proximity = 0, distance = null, key = null } = best ?? {}
  const place = { space: target.space.id, target: target.name, seed }
  return JSON.stringify({
    ...place,
    proximity,
    distance,
    key,
    kept,
    generations,
    elapsedMs: Math.round(elapsedMs),
    funnel,
    refused,
  })
}

/** The best kernel, its features beside the target's, and the funnel. */
export function printResult(
  { target, best, funnel, refused, generations, elapsedMs, kept }: SearchResult,
  io: CliIo,
): void {
  io.out('')
  if (best === undefined) io.out('No kernel was found that builds on the device and is accepted.')
  else {
    io.out(best.text)
    printFeatures(target, best.features[target.space.id], io)
    const exact = best.distance === 0 ? ', an exact match' : ''
    io.out(`Relative proximity ${best.proximity.toFixed(2)} % (distance ${best.distance.toFixed(3)}${exact})`)
  }
  const stages = Object.entries(funnel).map(([stage, count]) => `${stage} ${count}`)
  io.out(`Funnel: ${stages.join(' > ')}`)
  const reasons = Object.entries(refused).map(([reason, count]) => `${reason} ${count}`)
  if (reasons.length > 0)
    io.out(`Near enough, but refused: ${reasons.join(', ')} (--validate off keeps what only running it shows)`)
  io.out(`${generations} generations in ${(elapsedMs / 1000).toFixed(1)} s; ${kept} kernels kept`)
}

/** A line a space, and the targets that were missed by most. */
export function printSummary(results: readonly SearchResult[], io: CliIo): void {
  const nearest = nearestResults(results)
  const spaces = [...new Set(nearest.map(({ target }) => target.space.id))]
  const rows = spaces.map((space) => {
    const proximities = nearest.flatMap((result) => (result.target.space.id === space ? [proximityOf(result)] : []))
    const mean = proximities.reduce((sum, value) => sum + value, 0) / proximities.length
    const exact = proximities.filter((value) => value === 100).length
    return [space, proximities.length, exact, `${mean.toFixed(2)}%`, `${Math.min(...proximities).toFixed(2)}%`].map(
      String,
    )
  })
  io.out('')
  for (const line of formatTable(['space', 'targets', 'exact', 'mean', 'least'], rows)) io.out(line)
  const missed = nearest.filter((result) => proximityOf(result) < 100).sort((a, b) => proximityOf(a) - proximityOf(b))
  if (missed.length === 0) return
  io.out('')
  io.out('Farthest from their targets:')
  const shown = missed.slice(0, mostShown)
  const lines = shown.map((result) => [
    ...[`${proximityOf(result).toFixed(2)}%`, result.target.space.id, result.target.name],
  ])
  for (const line of formatTable(['proximity', 'space', 'target'], lines)) io.out(line)
}

/** Where the results lie. */
export function printPlaces(out: string, io: CliIo): void {
  const names = [summaryNames.html, '*.cl', manifestName, storeName]
  io.out(`Results: ${names.map((name) => join(out, name)).join(', ')}`)
}

/** Of each space and target the search that came nearest. */
export function nearestResults(results: readonly SearchResult[]): SearchResult[] {
  const nearest = new Map<string, SearchResult>()
  for (const result of results) {
    const id = `${result.target.space.id} ${result.target.name}`
    const known = nearest.get(id)
    if (known === undefined || proximityOf(result) > proximityOf(known)) nearest.set(id, result)
  }
  return [...nearest.values()]
}

export function proximityOf({ best }: SearchResult): number {
  return best?.proximity ?? 0
}

/** As `--target` takes it. */
export function formatRange(low: number, high: number): string {
  if (low === high) return format(low)
  return `${Number.isFinite(low) ? format(low) : ''}..${Number.isFinite(high) ? format(high) : ''}`
}

function printFeatures(target: Target, found: Float64Array, io: CliIo): void {
  const { space, values, upper = values } = target
  const shown = space.names.flatMap((name, i) => {
    const [low, high] = [values[i], upper[i]]
    if (Number.isNaN(low) || (low === 0 && high === 0 && found[i] === 0)) return []
    const isWithin = found[i] >= low && found[i] <= high
    return [{ name, wanted: formatRange(low, high), got: format(found[i]), mark: isWithin ? '' : '  *' }]
  })
  const width = Math.max(7, ...shown.map(({ name }) => name.length))
  io.out(`${'feature'.padEnd(width)}  ${'target'.padStart(8)}  ${'kernel'.padStart(8)}`)
  for (const { name, wanted, got, mark } of shown) {
    io.out(`${name.padEnd(width)}  ${wanted.padStart(8)}  ${got.padStart(8)}${mark}`)
  }
}

function format(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3)
}
