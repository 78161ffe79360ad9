// What a validation leaves in a store.

import type { ValidationRecord } from '../../corpora/index.ts'
import type { BenchmarkValidation } from '../../synth/index.ts'
import { packageVersion } from '../version.ts'

/** @param validatedAtMs - since 1970 */
export function validationRecord(
  { mode, device, seed, evidence }: BenchmarkValidation,
  kernelId: number,
  validatedAtMs: number,
): ValidationRecord {
  const { outcome, launches } = evidence
  return {
    ...{ kernelId, deviceId: device.id, deviceName: device.name, driver: device.driver, outcome, evidence },
    level: mode,
    seed,
    size: launches.at(-1)?.globalSize.reduce((a, b) => a * b, 1) ?? 0,
    payloadHash: launches.at(-1)?.payloadHash ?? null,
    version: packageVersion(),
    validatedAtMs,
  }
}
