// Candidates sorted into bands, and what a band allows. A unit of a band is the least that leaves all groups balanced.

import type { Arm } from './balance.ts'
import { bandOf, type Fineness } from './bands.ts'
import type { Candidate } from './candidates.ts'

/** What is to be selected. */
export interface MatchOptions {
  /** Kernels that a participant judges, half of them human. */
  readonly items: number
  /** Names of the machine corpora. */
  readonly machines: readonly string[]
  readonly fineness: Fineness
}

/** How many kernels of each corpus one unit of a band takes. */
interface Part {
  readonly name: string
  readonly arm: Arm
  readonly perUnit: number
}

/** The kernels of a band by corpus. */
export type Band = ReadonlyMap<string, readonly Candidate[]>

/** By their names. */
export type Bands = ReadonlyMap<string, Band>

/** Candidates by band and corpus, in their order. */
export function bandsOf(candidates: readonly Candidate[], fineness: Fineness): Bands {
  const bands = new Map<string, Map<string, Candidate[]>>()
  for (const candidate of candidates) {
    const band = bandOf(candidate.covariates, fineness)
    const corpora = bands.get(band) ?? new Map<string, Candidate[]>()
    corpora.set(candidate.source.name, [...(corpora.get(candidate.source.name) ?? []), candidate])
    bands.set(band, corpora)
  }
  return bands
}

export function partsOf(machines: readonly string[]): Part[] {
  const perSide = machines.length
  return [
    { name: 'human', arm: 'machine', perUnit: perSide },
    { name: 'human', arm: 'control', perUnit: perSide },
    ...machines.map((name): Part => ({ name, arm: 'machine', perUnit: 1 })),
    { name: 'control', arm: 'control', perUnit: perSide },
  ]
}

/** Units that a band allows: each takes from every corpus. */
export function capacityOf(corpora: Band, machines: readonly string[]): number {
  return Math.min(...demands(machines).map(([name, perUnit]) => Math.floor((corpora.get(name)?.length ?? 0) / perUnit)))
}

/** Kernels per unit, by corpus. */
export function demands(machines: readonly string[]): [name: string, perUnit: number][] {
  const sums = new Map<string, number>()
  for (const { name, perUnit } of partsOf(machines)) sums.set(name, (sums.get(name) ?? 0) + perUnit)
  return [...sums]
}
