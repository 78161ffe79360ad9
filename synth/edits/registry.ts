// All kinds of edits. A new kind is one file and one line here.

import { accumulate } from './accumulate.ts'
import { assign } from './assign.ts'
import { call } from './call.ts'
import { carry } from './carry.ts'
import { cast } from './cast.ts'
import { choose } from './choose.ts'
import { compare } from './compare.ts'
import { copyStatement } from './copy-statement.ts'
import { dereference } from './dereference.ts'
import type { EditKind } from './edit.ts'
import { expandAssignment } from './expand-assignment.ts'
import { extend } from './extend.ts'
import { extractFunction } from './extract-function.ts'
import { fuse } from './fuse.ts'
import { graft } from './graft.ts'
import { guard } from './guard.ts'
import { hoist } from './hoist.ts'
import { inline } from './inline.ts'
import { inlineFunction } from './inline-function.ts'
import { leave } from './leave.ts'
import { merge } from './merge.ts'
import { negate } from './negate.ts'
import { otherwise } from './otherwise.ts'
import { parameter } from './parameter.ts'
import { remainder } from './remainder.ts'
import { remove } from './remove.ts'
import { reorder } from './reorder.ts'
import { repeat } from './repeat.ts'
import { retype } from './retype.ts'
import { share } from './share.ts'
import { shift } from './shift.ts'
import { simplify } from './simplify.ts'
import { spellOut } from './spell-out.ts'
import { stage } from './stage.ts'
import { swapLeaf } from './swap-leaf.ts'
import { swapOperator } from './swap-operator.ts'
import { transplant } from './transplant.ts'
import { turnLoop } from './turn-loop.ts'
import { unwrap } from './unwrap.ts'

export const editKinds: readonly EditKind[] = [
  ...[swapOperator, swapLeaf, simplify, extend, graft, call, spellOut, cast, negate, choose, compare, remainder],
  ...[
    retype,
    inline,
    hoist,
    expandAssignment,
    dereference,
    assign,
    share,
    copyStatement,
    transplant,
    remove,
    merge,
    reorder,
    shift,
  ],
  ...[guard, otherwise, unwrap, repeat, turnLoop, accumulate, carry, leave, stage, parameter],
  ...[extractFunction, inlineFunction, fuse],
]
