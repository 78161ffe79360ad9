// All kinds of reductions. A new kind is one file and one line here.

import type { ReductionKind } from '../reduction.ts'
import { mergeVariables } from './merge-variables.ts'
import { qualifiers } from './qualifiers.ts'
import { remove } from './remove.ts'
import { simplify } from './simplify.ts'
import { types } from './types.ts'
import { unset } from './unset.ts'
import { unwrap } from './unwrap.ts'

export const reductionKinds: readonly ReductionKind[] = [
  remove,
  unwrap,
  mergeVariables,
  simplify,
  qualifiers,
  types,
  unset,
]

/** Those after which variables that had an initial value still have one: for kernels that are to be run. */
export const settledKinds: readonly ReductionKind[] = reductionKinds.filter((kind) => kind !== unset)
