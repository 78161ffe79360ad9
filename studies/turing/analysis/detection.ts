// Signal detection: how well kernels are told apart (d′), and which way judges lean (c), by the log-linear correction, so
// that perfect scores stay finite (Hautus 1995).

import { normalQuantile, tQuantile } from '../../../evaluation/index.ts'
import type { Interval } from './proportion.ts'

/** How kernels were labelled. */
export interface LabelCounts {
  /** Human kernels labelled human. */
  readonly hits: number
  /** Human kernels labelled machine. */
  readonly misses: number
  /** Other kernels labelled human. */
  readonly falseAlarms: number
  /** Other kernels labelled machine. */
  readonly rejections: number
}

/** Sensitivity and bias. */
export interface Detection {
  /** 0: not told apart. */
  readonly sensitivity: number
  /** c; below 0 the answer leans to human, above to machine. */
  readonly bias: number
}

/** Over participants. */
export interface MeanDetection {
  readonly participants: number
  readonly sensitivity: MeanWithInterval
  readonly bias: MeanWithInterval
}

/** A mean over participants, with its t interval at 95 %; null of fewer than two. */
export interface MeanWithInterval {
  readonly mean: number | null
  readonly deviation: number | null
  readonly interval: Interval | null
}

export function detectionOf({ hits, misses, falseAlarms, rejections }: LabelCounts): Detection {
  const hitZ = normalQuantile((hits + 0.5) / (hits + misses + 1))
  const falseZ = normalQuantile((falseAlarms + 0.5) / (falseAlarms + rejections + 1))
  return { sensitivity: hitZ - falseZ, bias: -(hitZ + falseZ) / 2 }
}

/** @param counts - of each participant; those who judged no kernel of one kind are left out */
export function meanDetection(counts: readonly LabelCounts[]): MeanDetection {
  const both = counts.filter((one) => one.hits + one.misses > 0 && one.falseAlarms + one.rejections > 0)
  const detections = both.map(detectionOf)
  return {
    participants: detections.length,
    sensitivity: meanOf(detections.map(({ sensitivity }) => sensitivity)),
    bias: meanOf(detections.map(({ bias }) => bias)),
  }
}

/** Mean, standard deviation and t interval. */
export function meanOf(values: readonly number[], confidence = 0.95): MeanWithInterval {
  const { length } = values
  if (length === 0) return { mean: null, deviation: null, interval: null }
  const mean = values.reduce((sum, value) => sum + value, 0) / length
  if (length === 1) return { mean, deviation: null, interval: null }
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (length - 1))
  const half = (tQuantile(0.5 + confidence / 2, length - 1) * deviation) / Math.sqrt(length)
  return { mean, deviation, interval: [mean - half, mean + half] }
}

/** Counts of judgments. */
export function countLabels(
  judgments: Iterable<{ readonly isHumanKernel: boolean; readonly isLabelledHuman: boolean }>,
): LabelCounts {
  const counts = { hits: 0, misses: 0, falseAlarms: 0, rejections: 0 }
  for (const { isHumanKernel, isLabelledHuman } of judgments) {
    if (isHumanKernel) counts[isLabelledHuman ? 'hits' : 'misses']++
    else counts[isLabelledHuman ? 'falseAlarms' : 'rejections']++
  }
  return counts
}
