import { askNearest, type NearestModel, trainNearest } from '../committee/nearest.ts'
import { exampleOf, fitScaling, type Scaling, scalePoint } from '../committee/scaling.ts'
import type { DeviceLabel, GreweRow } from '../data-set.ts'
export function trainNearestForNow(rows: readonly GreweRow[]): { m: NearestModel; s: Scaling } {
  const s = fitScaling(rows)
  return {
    s,
    m: trainNearest(
      rows.map((r) => exampleOf(s, r)),
      3,
    ),
  }
}
export function askMember({ m, s }: { m: NearestModel; s: Scaling }, row: GreweRow): DeviceLabel {
  return askNearest(m, scalePoint(s, row.features)) > 0.5 ? 'GPU' : 'CPU'
}
