// Which further number would tell aliased rows apart? Within each aliased point, how much less unsure is one of the label
// once one knows the number (information gain: Quinlan 1986)? A number that is different in every row tells any rows
// apart, so the gain is held against what is gained when labels are dealt anew within each point.

import type { Random } from '../../../synth/index.ts'
import { countNames, type GreweRow } from '../../data-set.ts'
import type { AliasedPoint } from './find-aliases.ts'

/** A number of a row that is no feature of the heuristic. */
export interface Separator {
  readonly name: string
  /** Rows at aliased points that have the number. */
  readonly rows: number
  /** Bits a row, over those rows, that the number says of the label once F1 to F4 are known. */
  readonly gain: number
  /** What is gained by chance: mean over dealt labels. */
  readonly chance: number
  /** Share of deals that gain as much: how likely it is that the number says nothing. */
  readonly p: number
  /** Points whose rows all have the number, and that it parts wholly: no value with both labels. */
  readonly separated: number
}

export interface SeparatorOptions {
  /** Deals of labels, 1 up. Default 200. */
  readonly deals?: number
  readonly rng: Random
}

/** @returns by `gain - chance`, best first; numbers that are the same throughout each point are left out */
export function rankSeparators(points: readonly AliasedPoint[], { deals = 200, rng }: SeparatorOptions): Separator[] {
  const rows = points.flatMap((point) => point.rows)
  return candidateNames(rows)
    .flatMap((name) => measure(points, name, deals, rng.fork()) ?? [])
    .sort((a, b) => b.gain - b.chance - (a.gain - a.chance) || (a.name < b.name ? -1 : 1))
}

/** What a device did, such as `cpu_kernel`: the label is made of it, and nobody knows it beforehand. */
const isOutcome = /^(?:cpu|gpu|runtime|ci)_/

/** Raw counts, transfer, work-group size, and every other number of a row that is known before it is run. */
function candidateNames(rows: readonly GreweRow[]): string[] {
  const extras = new Set(rows.flatMap((row) => Object.keys(row.extras)))
  return [...countNames, 'transfer', 'wgsize', ...[...extras].filter((name) => !isOutcome.test(name))]
}

function numberOf(row: GreweRow, name: string): number | undefined {
  if (name === 'transfer') return row.transferBytes
  if (name === 'wgsize') return row.wgsize
  const count = countNames.find((one) => one === name)
  return count === undefined ? row.extras[name] : row.counts[count]
}

/** Rows of one point: for each the place of its value among the point's values, and its label. */
interface Group {
  readonly values: Int32Array
  readonly distinct: number
  readonly isGpu: Uint8Array
}

function measure(points: readonly AliasedPoint[], name: string, deals: number, rng: Random): Separator | undefined {
  const groups = points.map((point) => groupOf(point, name)).filter(({ values }) => values.length > 0)
  const varied = groups.filter(({ distinct }) => distinct > 1)
  if (varied.length === 0) return undefined
  const rows = groups.reduce((sum, { values }) => sum + values.length, 0)
  const bitsOf = (labels: readonly Uint8Array[]): number =>
    varied.reduce((sum, group, i) => sum + gainedBits(group, labels[i]), 0) / rows
  const gain = bitsOf(varied.map(({ isGpu }) => isGpu))
  const dealt = Array.from({ length: deals }, () => bitsOf(varied.map(({ isGpu }) => shuffled(isGpu, rng))))
  return {
    ...{ name, rows, gain, chance: dealt.reduce((sum, value) => sum + value, 0) / deals },
    p: (1 + dealt.filter((value) => value >= gain - 1e-12).length) / (1 + deals),
    separated: points.filter((point, i) => isSeparated(groupOf(point, name), points[i].rows.length)).length,
  }
}

function groupOf({ rows }: AliasedPoint, name: string): Group {
  const known = rows.filter((row) => numberOf(row, name) !== undefined)
  const places = new Map<number | undefined, number>()
  for (const row of known) {
    const value = numberOf(row, name)
    if (!places.has(value)) places.set(value, places.size)
  }
  return {
    values: Int32Array.from(known, (row) => places.get(numberOf(row, name)) ?? 0),
    distinct: places.size,
    isGpu: Uint8Array.from(known, ({ label }) => (label === 'GPU' ? 1 : 0)),
  }
}

/** Bits, summed over the rows of a point. */
function gainedBits({ values, distinct }: Group, isGpu: Uint8Array): number {
  const all = new Float64Array(distinct)
  const gpu = new Float64Array(distinct)
  for (let i = 0; i < values.length; i++) {
    all[values[i]]++
    gpu[values[i]] += isGpu[i]
  }
  const total = gpu.reduce((sum, count) => sum + count, 0)
  return all.reduce((rest, count, i) => rest - mixedBits(count, gpu[i]), mixedBits(values.length, total))
}

function mixedBits(rows: number, gpu: number): number {
  if (gpu === 0 || gpu === rows) return 0
  const share = gpu / rows
  return -rows * (share * Math.log2(share) + (1 - share) * Math.log2(1 - share))
}

function shuffled(labels: Uint8Array, rng: Random): Uint8Array {
  const result = labels.slice()
  for (let i = result.length - 1; i > 0; i--) {
    const j = rng.below(i + 1)
    ;[result[i], result[j]] = [result[j], result[i]]
  }
  return result
}

function isSeparated({ values, isGpu }: Group, rows: number): boolean {
  if (values.length < rows) return false
  const labelOf = new Map<number, number>()
  for (let i = 0; i < values.length; i++) {
    if ((labelOf.get(values[i]) ?? isGpu[i]) !== isGpu[i]) return false
    labelOf.set(values[i], isGpu[i])
  }
  return true
}
