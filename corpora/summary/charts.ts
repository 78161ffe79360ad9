// The pictures of a summary. What is drawn is bounded, however large the corpus is: many targets become a curve, many
// searches a selection, many kernels a cloud.

import type { SpaceSummary } from './corpus-summary.ts'
import { drawCourses } from './course-charts.ts'
import { drawCoverage } from './coverage-chart.ts'
import type { Picture } from './drawing.ts'
import { drawProximities } from './proximity-chart.ts'

/**
 * The pictures that the data of a space allows.
 * @param mined - `[vector][feature]` of the mined corpus; empty where there are none of the space
 */
export function drawSpace(space: SpaceSummary, mined: readonly ArrayLike<number>[]): Picture[] {
  return [...drawProximities(space), ...drawCourses(space), ...drawCoverage(space, mined)]
}
