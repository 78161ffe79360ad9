// A kernel's features stay what they were, or near.

import { type FeatureSpace, measureKernel, needsIr } from '../../../features/index.ts'
import { compileAll, emitDefinitions, parseUnit, type Rejection } from '../../../kernels/index.ts'
import type { TargetMeter } from '../../search/target.ts'
import type { Property } from '../reduce.ts'

export interface KeepFeaturesOptions {
  /** Distance to the target that is allowed. Default 0. */
  readonly maxDistance?: number
  /** As of `compileAll`. Default true. */
  readonly isStrict?: boolean
  readonly signal?: AbortSignal
}

/**
 * Normal forms that compile and are at most so far from the target. Those of syntax spaces are measured before they are
 * compiled.
 */
export function keepsFeatures(
  meter: TargetMeter,
  { maxDistance = 0, isStrict = true, signal }: KeepFeaturesOptions = {},
): Property {
  const { space } = meter.target
  const isNear = (form: string, ir: string): boolean => {
    const values = measureKernel(space, parseUnit(form), ir)
    return values !== undefined && meter.distance(values) <= maxDistance
  }
  if (needsIr(space)) {
    return async (forms) => {
      const outcomes = await emitDefinitions(forms, { isStrict, signal })
      return outcomes.map((outcome, i) => outcome.ok && isNear(forms[i], outcome.ir))
    }
  }
  return async (forms) => {
    const near = forms.filter((form) => isNear(form, ''))
    const outcomes = await compileAll(near, { checkOnly: true, isStrict, signal })
    const compiling = new Set(near.filter((_, i) => outcomes[i].ok))
    return forms.map((form) => compiling.has(form))
  }
}

/** `[feature]` of a normal form, or why it has none. */
export async function measureForm(
  space: FeatureSpace,
  form: string,
  { isStrict = true, signal }: Pick<KeepFeaturesOptions, 'isStrict' | 'signal'> = {},
): Promise<{ readonly ok: true; readonly values: Float64Array } | Rejection> {
  const [outcome] = needsIr(space)
    ? await emitDefinitions([form], { isStrict, signal })
    : await compileAll([form], { checkOnly: true, isStrict, signal })
  if (!outcome.ok) return outcome
  const values = measureKernel(space, parseUnit(form), outcome.ir)
  return values === undefined ? { ok: false, stage: 'parse', log: 'defines no kernel' } : { ok: true, values }
}
