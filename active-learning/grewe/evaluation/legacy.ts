// The figure that Cummins et al. (CGO 2017) print as speedup, as their notebook computes it (code/Paper.ipynb): the time
// of the predicted device over that of the device that is most often the faster one, averaged over the rows of each
// program and input, then over those groups. It is the wrong way round: above 1 the model is slower than that device.
// Kept so that published figures can be compared, and never called a speedup.

import type { DeviceLabel, GreweRow } from '../../data-set.ts'
import { mean, timeOn } from './scores.ts'

export function legacyFigure(rows: readonly GreweRow[], predictions: readonly DeviceLabel[]): number {
  const gpu = rows.filter(({ label }) => label === 'GPU').length
  const zeroR: DeviceLabel = 2 * gpu > rows.length ? 'GPU' : 'CPU'
  const groups = new Map<string, number[]>()
  for (const [i, row] of rows.entries()) {
    const key = JSON.stringify([row.program, row.dataset])
    const ratios = groups.get(key) ?? []
    ratios.push(timeOn(row, predictions[i]) / timeOn(row, zeroR))
    groups.set(key, ratios)
  }
  return mean([...groups.values()].map(mean))
}
