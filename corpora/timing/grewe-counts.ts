// The Grewe features of a stored kernel, measured where the store does not have them: a run files only its own spaces.

import { grewe } from '../../features/index.ts'
import { kernelFeatures } from '../measure.ts'
import type { StoredKernel } from '../store/records.ts'
import type { Store } from '../store/store.ts'

/** Counts by name, from `[feature]` in the order of the space. */
export interface GreweCounts {
  readonly comp: number
  readonly rational: number
  readonly mem: number
  readonly localmem: number
  readonly coalesced: number
  readonly atomic: number
}

/** @throws {RangeError} where the text has no kernel of that kind */
export function greweCounts(store: Store, kernel: StoredKernel): GreweCounts {
  const values = store.kernels.featuresOf(kernel.id)[grewe.id] ?? kernelFeatures(kernel.text, '', [grewe])[grewe.id]
  if (values === undefined) throw new RangeError(`kernel ${kernel.key}: its text has no kernel to measure`)
  const [comp, rational, mem, localmem, coalesced, atomic] = values
  return { comp, rational, mem, localmem, coalesced, atomic }
}
