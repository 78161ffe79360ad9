// k nearest neighbours over any feature set. Features span eight orders of magnitude: they count as log(1 + x), in
// deviations over the training rows. The neighbours themselves are found as the committee finds them.

import { askNearest, type NearestModel, trainNearest } from '../../committee/nearest.ts'
import type { Scaling } from '../../committee/scaling.ts'
import type { DeviceLabel } from '../../data-set.ts'

export interface ScaledNearest {
  readonly scaling: Scaling
  readonly nearest: NearestModel
}

export function trainScaledNearest(
  points: readonly (readonly number[])[],
  labels: readonly DeviceLabel[],
  neighbours: number,
): ScaledNearest {
  const scaling = scalingOf(points)
  const examples = points.map((point, i) => ({ point: scale(scaling, point), label: labels[i] }))
  return { scaling, nearest: trainNearest(examples, neighbours) }
}

/** Probability of GPU, 0 to 1. */
export function askScaledNearest({ scaling, nearest }: ScaledNearest, point: readonly number[]): number {
  return askNearest(nearest, scale(scaling, point))
}

function scalingOf(points: readonly (readonly number[])[]): Scaling {
  const means: number[] = []
  const deviations: number[] = []
  for (let i = 0; i < points[0].length; i++) {
    const logs = points.map((point) => Math.log1p(point[i]))
    const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length
    const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length
    means.push(mean)
    deviations.push(variance > 1e-18 ? Math.sqrt(variance) : 1)
  }
  return { means, deviations }
}

function scale({ means, deviations }: Scaling, point: readonly number[]): number[] {
  return point.map((value, i) => (Math.log1p(value) - means[i]) / deviations[i])
}
