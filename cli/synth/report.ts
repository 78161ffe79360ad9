// What a person reads of searches: the best kernel of one, or a table of many.

import { join } from 'node:path'
import { manifestName, summaryNames } from '../../corpora/index.ts'
import type { Job, Target } from '../../synth/index.ts'
import type { CliIo } from '../io.ts'
import { formatTable } from '../table.ts'
import { storeName } from './options.ts'
import { proximityOf, type SearchResult } from './search-result.ts'
import type { Standings } from './standings.ts'

/** Targets shown of those that were missed by most. */
const mostShown = 10

/** One line of JSON. */
export function lineOf(result: SearchResult): string {
  const { target, seed, status, best, kept, funnel, refused, generations, elapsedMs } = result
  const { proximity = 0, distance = null, key = null } = best ?? {}
  const place = { space: target.space.id, target: target.name, seed }
  return JSON.stringify({
    ...place,
    status,
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

/** As `lineOf`, of a search that failed. */
export function failedLineOf({ space, name }: Target, { options }: Job, { message }: Error): string {
  return JSON.stringify({ space: space.id, target: name, seed: options.seed, status: 'failed', error: message })
}

/** As `lineOf`, of a target that no kernel can be at. */
export function leftOutLineOf({ space, name }: Target, reason: string): string {
  return JSON.stringify({ space: space.id, target: name, status: 'left out', error: reason })
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
    printFeatures(target, best.values, io)
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

/** A line a space, the targets that were missed by most, and how many searches failed or had been done before. */
export function printSummary(standings: Standings, io: CliIo): void {
  const { nearest } = standings
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
  printMissed(nearest, io)
  const { ended, failed, earlier } = standings
  if (earlier > 0) io.out(`${earlier} of ${earlier + ended + failed} searches were done before this run.`)
  printFailed(standings, io)
}

/** How many searches failed, where some did. */
export function printFailed({ ended, failed }: Standings, io: CliIo): void {
  if (failed === 0) return
  const share =
    ended > 0 ? `${failed} of ${ended + failed} searches` : failed === 1 ? 'The search' : `All ${failed} searches`
  io.out(`${share} failed, as said above; the same command begins them again.`)
}

function printMissed(nearest: readonly SearchResult[], io: CliIo): void {
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
