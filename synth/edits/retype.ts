// A variable or parameter gets another scalar type.

import { draw, type EditKind, isNumeric, plain } from './edit.ts'

const types = ['int', 'uint', 'float', 'long', 'char', 'uchar', 'short', 'ulong']
const qualifier = /^(?:\*|const|restrict|volatile)$/

export const retype: EditKind = {
  id: 'retype',
  propose(kernel, rng) {
    const variable = draw(kernel.variables, rng, ({ type }) => isNumeric({ base: type.base, depth: 0 }))
    if (variable === undefined) return undefined
    let at = variable.declaredAt - 1
    while (at > 0 && qualifier.test(kernel.tokens[at])) at--
    if (!types.includes(kernel.tokens[at])) return undefined
    const text = rng.pick(types.filter((type) => type !== kernel.tokens[at]))
    return { start: at, end: at + 1, tokens: plain(text) }
  },
}
