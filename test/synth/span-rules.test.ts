import { describe, expect, it } from 'vitest'
import { findHoles, special } from '../../synth/index.ts'
import { HoleRules, TokenRoles } from '../../synth/span-rules.ts'
import { seedForms, seedTokenizer } from './seed-forms.ts'

const roles = new TokenRoles(seedTokenizer)

describe('HoleRules', () => {
  it('forbid nothing that stood in a hole of a seed kernel', () => {
    for (const { text, tokens } of seedForms.filter((_, i) => i % 4 === 0)) {
      const encoded = seedTokenizer.encode(tokens)
      if (encoded === undefined) continue
      const { ids, starts } = encoded
      for (const { start, end } of findHoles(text)) {
        const [from, to] = [starts[start], starts[end]]
        const span = new HoleRules(roles, [...ids.slice(0, from), special.HOLE, ...ids.slice(to)]).start()
        for (const id of [...ids.slice(from, to), special.ENDHOLE]) {
          expect(
            span.allows(id),
            `${seedTokenizer.vocabulary.tokens[id]} in ${tokens.slice(start, end).join(' ')} of ${text}`,
          ).toBe(true)
          if (id !== special.ENDHOLE) span.advance(id)
        }
      }
    }
  })
})
