// Which kernels of a band are shown: drawn at random, then swapped with others of the same corpus and band while that makes
// the groups more alike in what can be measured (rerandomisation, Morgan and Rubin 2012), in the mean and in the spread of
// each number, and in the propensity score: what a classifier would go by (Rosenbaum and Rubin 1983).

import type { Random } from '../../../synth/index.ts'
import { shuffled } from '../shuffle.ts'
import type { Candidate } from './candidates.ts'
import { fitClassifier, logsOf } from './classifier.ts'
import { contentNames, covariateNames, layoutNames } from './covariates.ts'

/** The two groups of participants: machines against people, and the control against other people. */
export type Arm = 'machine' | 'control'

/** A kernel under study. */
export interface SelectedKernel {
  readonly candidate: Candidate
  readonly arm: Arm
  readonly band: string
}

/** The places of one corpus and arm in one band, and the kernels that may take them. */
export interface Slots {
  readonly arm: Arm
  readonly name: string
  readonly band: string
  readonly count: number
  readonly pool: readonly Candidate[]
}

const swaps = 4000

/** Fill the places. @param candidates - all of the corpora: the classifiers are fitted to them */
export function fillSlots(slots: readonly Slots[], candidates: readonly Candidate[], random: Random): SelectedKernel[] {
  const { selected, pools } = drawAll(slots, random)
  const balance = new Balance(selected, {
    machine: measureFor('machine', candidates),
    control: measureFor('control', candidates),
  })
  let least = balance.imbalance()
  for (let n = 0; n < swaps; n++) {
    const i = random.below(selected.length)
    const { candidate } = selected[i]
    const other = random.pick(pools.get(poolKey(candidate.source.name, selected[i].band)) ?? [candidate])
    if (other === candidate) continue
    const j = selected.findIndex((one) => one.candidate === other)
    balance.replace(i, other)
    if (j >= 0) balance.replace(j, candidate)
    const now = balance.imbalance()
    if (now <= least) least = now
    else {
      balance.replace(i, candidate)
      if (j >= 0) balance.replace(j, other)
    }
  }
  return selected
}

/** The kernels of a corpus and band in random order: the arms take from the front. */
function drawAll(
  slots: readonly Slots[],
  random: Random,
): { readonly selected: SelectedKernel[]; readonly pools: ReadonlyMap<string, readonly Candidate[]> } {
  const pools = new Map<string, readonly Candidate[]>()
  const offsets = new Map<string, number>()
  const selected: SelectedKernel[] = []
  for (const { arm, name, band, count, pool } of slots) {
    const key = poolKey(name, band)
    const order = pools.get(key) ?? shuffled(pool, random)
    const offset = offsets.get(key) ?? 0
    pools.set(key, order)
    offsets.set(key, offset + count)
    for (const candidate of order.slice(offset, offset + count)) selected.push({ candidate, arm, band })
  }
  return { selected, pools }
}

function poolKey(corpus: string, band: string): string {
  return `${corpus}\n${band}`
}

/** `[number]` that groups are to have the same mean of. */
type Measure = (candidate: Candidate) => Float64Array

/** What the propensity scores weigh, against a single covariate. */
const scoreWeight = 3

/** Standardised covariates, their squares, and what two classifiers say. */
function measureFor(arm: Arm, candidates: readonly Candidate[]): Measure {
  const own = candidates.filter(({ source }) => source.origin === 'human' || source.origin === arm)
  const isHuman = own.map(({ source }) => source.origin === 'human')
  const views = [layoutNames, [...layoutNames, ...contentNames]].map((names) => ({
    names,
    scoreOf: fitClassifier(
      own.map(({ covariates }) => logsOf(covariates, names)),
      isHuman,
    ),
  }))
  const scale = scaleOf(own)
  const known = new Map<Candidate, Float64Array>()
  return (candidate) => {
    const measured = known.get(candidate)
    if (measured !== undefined) return measured
    const logs = logsOf(candidate.covariates, covariateNames)
    const standard = logs.map((value, k) => (value - scale[k].mean) / scale[k].deviation)
    const scores = views.map(({ names, scoreOf }) => scoreOf(logsOf(candidate.covariates, names)))
    const values = Float64Array.from([
      ...standard,
      ...standard.map((z) => z * z),
      ...scores.flatMap((score) => [scoreWeight * score, scoreWeight * Math.sign(score)]),
    ])
    known.set(candidate, values)
    return values
  }
}

function scaleOf(candidates: readonly Candidate[]): { readonly mean: number; readonly deviation: number }[] {
  const logs = candidates.map(({ covariates }) => logsOf(covariates, covariateNames))
  return covariateNames.map((_, k) => {
    const mean = logs.reduce((sum, row) => sum + row[k], 0) / logs.length
    const variance = logs.reduce((sum, row) => sum + (row[k] - mean) ** 2, 0) / logs.length
    return { mean, deviation: Math.sqrt(variance) || 1 }
  })
}

/** The kernels of one corpus in one arm, summed up. */
interface Sums {
  readonly arm: Arm
  readonly isHuman: boolean
  count: number
  readonly values: Float64Array
}

/** How alike the groups are, kept up to date while kernels change places. */
class Balance {
  readonly #selected: SelectedKernel[]
  readonly #measure: Readonly<Record<Arm, Measure>>
  readonly #groups = new Map<string, Sums>()

  /** @param selected - changed in place by `replace` */
  constructor(selected: SelectedKernel[], measure: Readonly<Record<Arm, Measure>>) {
    this.#selected = selected
    this.#measure = measure
    for (const one of selected) this.#add(one, 1)
  }

  /** Another kernel of the same corpus takes place `i`. */
  replace(i: number, candidate: Candidate): void {
    const before = this.#selected[i]
    this.#selected[i] = { ...before, candidate }
    this.#add(before, -1)
    this.#add(this.#selected[i], 1)
  }

  /** Squared differences of means between each corpus and the human kernels that it is judged beside. */
  imbalance(): number {
    let total = 0
    const groups = [...this.#groups.values()]
    for (const { arm, isHuman, count, values } of groups) {
      const human = groups.find((one) => one.isHuman && one.arm === arm)
      if (isHuman || human === undefined) continue
      for (let k = 0; k < values.length; k++) total += (values[k] / count - human.values[k] / human.count) ** 2
    }
    return total
  }

  #add({ arm, candidate }: SelectedKernel, sign: 1 | -1): void {
    const { name, origin } = candidate.source
    const measured = this.#measure[arm](candidate)
    const key = `${arm} ${name}`
    const isHuman = origin === 'human'
    const sums = this.#groups.get(key) ?? { arm, isHuman, count: 0, values: new Float64Array(measured.length) }
    this.#groups.set(key, sums)
    sums.count += sign
    for (let k = 0; k < measured.length; k++) sums.values[k] += sign * measured[k]
  }
}
