// One or a few statements go, if nothing that stays needs what they declare.

import type { EditKind } from './edit.ts'
import { endsLoop } from './loops.ts'
import { drawRun, isNeeded } from './runs.ts'

export const remove: EditKind = {
  id: 'remove',
  propose(kernel, rng) {
    const run = drawRun(kernel, rng)
    if (run === undefined) return undefined
    const { first, span } = run
    return isNeeded(kernel, span) || endsLoop(kernel, first.node, span) ? undefined : { ...span, tokens: [] }
  },
}
