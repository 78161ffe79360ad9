// What edits of one kernel were measured to do. Effects of edits in different places mostly add up, so that several
// of them together can be aimed: of all pairs and triples, those that land nearest to the target are worth compiling.

import type { Edit } from '../edits/index.ts'
import type { TargetMeter } from './target.ts'

/** A measured edit of the kernel. */
export interface MeasuredEdit {
  readonly edit: Edit
  /** Of the edit kind. */
  readonly kind: string
  /** `[feature]` */
  readonly change: Float64Array
}

/** Edits that go together, in order of their place. */
export interface Combination {
  readonly edits: readonly MeasuredEdit[]
  /** Predicted distance to the target. */
  readonly predicted: number
}

const mostEdits = 160
const most = 4
/** Combinations that are extended by one more edit. */
const width = 24

/** The edits measured on one kernel. */
export class EditTable {
  readonly #features: Float64Array
  #edits: MeasuredEdit[] = []

  /** @param features - `[feature]` of the kernel */
  constructor(features: Float64Array) {
    this.#features = features
  }

  get size(): number {
    return this.#edits.length
  }

  add(measured: MeasuredEdit): void {
    this.#edits.push(measured)
    if (this.#edits.length > mostEdits) this.#edits = this.#edits.slice(-mostEdits)
  }

  /** At most `count` combinations of two to four edits, the nearest to the target first. */
  combine(meter: TargetMeter, count: number): Combination[] {
    const found: Combination[] = []
    let level: Combination[] = nearest(
      this.#edits.map((edit) => this.#combination([edit], meter)),
      width,
    )
    for (let size = 2; size <= most; size++) {
      const longer = level.flatMap(({ edits }) =>
        this.#edits.flatMap((edit) =>
          edits.every((other) => areApart(other.edit, edit.edit)) ? [[...edits, edit]] : [],
        ),
      )
      level = nearest(distinct(longer.map((edits) => this.#combination(edits, meter))), width)
      found.push(...level)
    }
    return nearest(found, count)
  }

  #combination(edits: readonly MeasuredEdit[], meter: TargetMeter): Combination {
    const sum = Float64Array.from(this.#features)
    for (const { change } of edits) for (let f = 0; f < sum.length; f++) sum[f] += change[f]
    return { edits: [...edits].sort((a, b) => a.edit.start - b.edit.start), predicted: meter.additiveDistance(sum) }
  }
}

/** Insertions at one place would come in an order that was not measured. */
function areApart(a: Edit, b: Edit): boolean {
  if (a.start === b.start) return false
  return a.end <= b.start || b.end <= a.start
}

function nearest(combinations: readonly Combination[], count: number): Combination[] {
  return [...combinations].sort((a, b) => a.predicted - b.predicted).slice(0, count)
}

function distinct(combinations: readonly Combination[]): Combination[] {
  const seen = new Set<string>()
  const ids = new Map<MeasuredEdit, number>()
  const idOf = (edit: MeasuredEdit): number => {
    const id = ids.get(edit) ?? ids.size
    ids.set(edit, id)
    return id
  }
  return combinations.filter(({ edits }) => {
    const id = edits
      .map(idOf)
      .sort((a, b) => a - b)
      .join()
    return !seen.has(id) && seen.add(id)
  })
}
