// An edit and what it did.

import type { Edit } from '../edits/index.ts'

/** An edit of some kernel, whose result was compiled and measured. */
export interface MeasuredEdit {
  readonly edit: Edit
  /** Of the edit kind. */
  readonly kind: string
  /** `[feature]` */
  readonly change: Float64Array
  /** `[block]`: instructions more or fewer in each, where the blocks stay what they are. */
  readonly blockChange?: Float64Array
}
