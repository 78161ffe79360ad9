// Caps what one repository or template may give to a training corpus: 26,450 of the first 47,700 kernels mined were
// near-identical and came from one repository. Keys are hashes, so "the first by key" is a fair sample.

import { contentKey } from '../kernels/index.ts'
import type { LicenceClass } from './licence.ts'

/** Caps on what goes into a training corpus. */
export interface SelectOptions {
  /** Kernels one repository may give. Default 300. */
  readonly perRepository?: number
  /** Kernels that may share one template. Default 6. */
  readonly perTemplate?: number
  /** Drop kernels whose licence is not known to be permissive. Default false. */
  readonly permissiveOnly?: boolean
}

/** Null leaves a kernel uncapped in that respect (our own kernels have no foreign repository). */
export interface Selectable {
  readonly key: string
  readonly repository: string | null
  readonly templateKey: string | null
  readonly licenceClass: LicenceClass
}

/** What was chosen, and how much was not. */
export interface Selection<T> {
  /** In key order. */
  readonly kept: readonly T[]
  /** Kernels dropped, by the first reason that applied. */
  readonly dropped: { readonly licence: number; readonly template: number; readonly repository: number }
}

/** Choose a balanced corpus. The result depends on the records, not on their order. */
export function selectCorpus<T extends Selectable>(records: readonly T[], options: SelectOptions = {}): Selection<T> {
  const { perRepository = 300, perTemplate = 6, permissiveOnly = false } = options
  assertCap('perRepository', perRepository)
  assertCap('perTemplate', perTemplate)
  const templates = new Tally(perTemplate)
  const repositories = new Tally(perRepository)
  const kept: T[] = []
  const dropped = { licence: 0, template: 0, repository: 0 }
  for (const record of [...records].sort((a, b) => compareText(a.key, b.key))) {
    if (permissiveOnly && record.licenceClass !== 'permissive') dropped.licence++
    else if (!templates.hasRoom(record.templateKey)) dropped.template++
    else if (!repositories.hasRoom(record.repository)) dropped.repository++
    else {
      templates.take(record.templateKey)
      repositories.take(record.repository)
      kept.push(record)
    }
  }
  return { kept, dropped }
}

/** Kernels that differ only in types and literals have one template. */
export function templateKeyOf(tokens: readonly string[]): string {
  return contentKey(tokens.map((token) => (/^\.?\d/.test(token) ? '0' : token.replace(scalarType, 'T'))))
}

const scalarType = /^(?:bool|half|float|double|u?(?:char|short|int|long)|size_t)(?:2|3|4|8|16)?$/

class Tally {
  readonly #cap: number
  readonly #counts = new Map<string, number>()

  constructor(cap: number) {
    this.#cap = cap
  }

  hasRoom(name: string | null): boolean {
    return name === null || (this.#counts.get(name) ?? 0) < this.#cap
  }

  take(name: string | null): void {
    if (name !== null) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }
}

function assertCap(name: string, cap: number): void {
  if (!(cap >= 1)) throw new RangeError(`${name}: expected at least 1, received ${cap}`)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
