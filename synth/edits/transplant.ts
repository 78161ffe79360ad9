// A statement of another kernel, made to work on variables of this one.

import { draw, type EditKind, type EditToken, fits, freshName, nameOf } from './edit.ts'
import { operandLetter } from './token-classes.ts'
import type { TypedKernel, Variable } from './typed-kernel.ts'

const taken = /^(?:expression|if|for|while)_statement$/
const longest = 80 // so at most 39 new names
const slot = /^[fpvtmg]\d+$/

export const transplant: EditKind = {
  id: 'transplant',
  propose(kernel, rng, donor) {
    const source = draw(
      donor.statements,
      rng,
      ({ node, isInBlock, start, end }) => isInBlock && taken.test(node.type) && end - start <= longest,
    )
    const after = draw(kernel.statements, rng, ({ isInBlock, node }) => isInBlock && node.type !== 'return_statement')
    if (source === undefined || after === undefined) return undefined
    const names = new Map<string, EditToken>()
    const tokens: EditToken[] = []
    const reachable = kernel.inScope(after.end)
    for (let i = source.start; i < source.end; i++) {
      const text = donor.tokens[i]
      if (!slot.test(text)) {
        tokens.push({ text, class: donor.classes[i] })
        continue
      }
      let name = names.get(text)
      if (name === undefined) {
        const variable = findVariable(donor, text, i)
        if (variable === undefined) return undefined
        if (variable.declaredAt >= source.start && variable.declaredAt < source.end) {
          name = { text: freshName(after.end, names.size), class: `name:${operandLetter(variable.type)}` }
        } else {
          const others = reachable.filter(
            ({ type, isWritable }) =>
              fits(variable.type, type) &&
              (type.depth > 0 ? type.base === variable.type.base : true) &&
              (isWritable || !variable.isWritable),
          )
          if (others.length === 0) return undefined
          name = nameOf(rng.pick(others))
        }
        names.set(text, name)
      }
      tokens.push(name)
    }
    return { start: after.end, end: after.end, tokens }
  },
}

function findVariable(kernel: TypedKernel, name: string, at: number): Variable | undefined {
  return kernel.variables.find((variable) => variable.name === name && variable.declaredAt <= at && at < variable.to)
}
