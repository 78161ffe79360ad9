// How participants are taken to answer, for planning and for rehearsals: a chance of the label human per judgment, to which
// participant, item and origin add.

import { normalQuantile } from '../../../evaluation/index.ts'
import type { Random } from '../../../synth/index.ts'
import type { LabelledKernel } from '../analysis/difference.ts'

/** Standard deviations and shares, on the scale of shares. A pilot tells better than the defaults. */
export interface ResponseModel {
  /** Share of kernels labelled human, over both kinds. Default 0.5. */
  readonly share: number
  /** Of participants in how often they say human. Default 0.1. */
  readonly leanDeviation: number
  /** Of participants in how well they tell the kinds apart. Default 0.1. */
  readonly skillDeviation: number
  /** Of items in how human they look. Default 0.15. */
  readonly itemDeviation: number
}

export const defaultResponseModel: ResponseModel = {
  share: 0.5,
  leanDeviation: 0.1,
  skillDeviation: 0.1,
  itemDeviation: 0.15,
}

/** What a study of one group is made of. */
export interface StudySize {
  readonly participants: number
  /** Human kernels, and as many others. */
  readonly itemsPerKind: number
}

/**
 * Draw the labels of one study.
 * @param difference - share of human kernels labelled human, less that of the others
 */
export function drawLabels(
  model: ResponseModel,
  difference: number,
  { participants, itemsPerKind }: StudySize,
  random: Random,
): LabelledKernel[] {
  const items = Array.from({ length: 2 * itemsPerKind }, (_, i) => ({
    item: `i${i}`,
    isHumanKernel: i < itemsPerKind,
    // Pairs, as matching makes them.
    band: `b${i % itemsPerKind}`,
    look: model.itemDeviation * normal(random),
  }))
  return Array.from({ length: participants }, (_, i) => {
    const lean = model.leanDeviation * normal(random)
    const skill = difference + model.skillDeviation * normal(random)
    return items.map(({ item, isHumanKernel, band, look }): LabelledKernel => {
      const chance = model.share + lean + look + (isHumanKernel ? skill : -skill) / 2
      return { participant: `p${i}`, item, isHumanKernel, band, isLabelledHuman: random.next() < chance }
    })
  }).flat()
}

/** Standard normal. */
export function normal(random: Random): number {
  return normalQuantile(random.next() + 2 ** -33)
}
