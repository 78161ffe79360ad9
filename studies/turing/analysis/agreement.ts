// Krippendorff's alpha for two labels (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability): 1 for full
// agreement, 0 for what chance gives. Items may have any number of labels.

import type { Verdict } from './proportion.ts'

/** Labels of one item. */
export interface ItemLabels {
  readonly human: number
  readonly machine: number
}

/** Labels by item, in the order of their first judgment. @param verdicts - true where the label is human */
export function labelsByItem(verdicts: readonly Verdict[]): Map<string, ItemLabels> {
  const items = new Map<string, ItemLabels>()
  for (const { item, isTrue } of verdicts) {
    const { human, machine } = items.get(item) ?? { human: 0, machine: 0 }
    items.set(item, isTrue ? { human: human + 1, machine } : { human, machine: machine + 1 })
  }
  return items
}

/** @returns null where no item has two labels, or all labels are the same */
export function krippendorffAlpha(items: Iterable<ItemLabels>): number | null {
  const totals = { human: 0, machine: 0 }
  let observed = 0
  for (const { human, machine } of items) {
    if (human + machine < 2) continue
    totals.human += human
    totals.machine += machine
    observed += (2 * human * machine) / (human + machine - 1)
  }
  const count = totals.human + totals.machine
  const expected = (2 * totals.human * totals.machine) / (count - 1)
  return expected > 0 ? 1 - observed / expected : null
}
