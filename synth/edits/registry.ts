// All kinds of edits. A new kind is one file and one line here.

import { assign } from './assign.ts'
import { call } from './call.ts'
import { cast } from './cast.ts'
import { choose } from './choose.ts'
import { copyStatement } from './copy-statement.ts'
import type { EditKind } from './edit.ts'
import { expandAssignment } from './expand-assignment.ts'
import { extend } from './extend.ts'
import { fuse } from './fuse.ts'
import { graft } from './graft.ts'
import { guard } from './guard.ts'
import { hoist } from './hoist.ts'
import { inline } from './inline.ts'
import { remove } from './remove.ts'
import { repeat } from './repeat.ts'
import { retype } from './retype.ts'
import { simplify } from './simplify.ts'
import { stage } from './stage.ts'
import { swapLeaf } from './swap-leaf.ts'
import { swapOperator } from './swap-operator.ts'
import { transplant } from './transplant.ts'
import { unwrap } from './unwrap.ts'

export const editKinds: readonly EditKind[] = [
  ...[swapOperator, swapLeaf, simplify, extend, graft, call, cast, choose, retype, inline, hoist, expandAssignment],
  ...[assign, copyStatement, transplant, remove, guard, unwrap, repeat, stage, fuse],
]
