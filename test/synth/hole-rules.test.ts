import { expect, it } from 'vitest'
import { findHoles, special, Tokenizer } from '../../synth/index.ts'
import { HoleRules, TokenRoles } from '../../synth/span-rules.ts'
import { buildVocabulary } from '../../synth/tokenizer.ts'
import { seedForms, seedWords } from './seed-forms.ts'

// Every word is a token of its own: a type that is spelled is not known for one.
const tokenizer = new Tokenizer(buildVocabulary(seedWords, { size: 4000, minCount: 1 }))
const roles = new TokenRoles(tokenizer)

it('hole rules forbid nothing that stood in a hole of a seed kernel', () => {
  const forbidden: string[] = []
  for (const { text, tokens } of seedForms.filter((_, i) => i % 5 === 0)) {
    const { ids, starts } = tokenizer.encode(tokens) ?? { ids: [], starts: [] }
    for (const { start, end, kind } of findHoles(text)) {
      const context = [...ids.slice(0, starts[start]), special.HOLE, ...ids.slice(starts[end])]
      const isLabel = tokens[end - 1] === ':' // known limit: `case 1:` ends no statement
      const rules = new HoleRules(roles, context, isLabel ? undefined : kind).start()
      for (const id of [...ids.slice(starts[start], starts[end]), special.ENDHOLE]) {
        const isAllowed = rules.allows(id)
        if (!isAllowed) forbidden.push(`${tokenizer.vocabulary.tokens[id]} in ${tokens.slice(start, end).join(' ')}`)
        if (!isAllowed || id === special.ENDHOLE) break
        rules.advance(id)
      }
    }
  }
  expect(forbidden).toEqual([])
})
