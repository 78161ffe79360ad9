import { describe, expect, it, test } from 'vitest'
import { lex } from '../../kernels/index.ts'
import { findHoles, type HoleKind, special, Tokenizer } from '../../synth/index.ts'
import { HoleRules } from '../../synth/rules/hole-rules.ts'
import { isLiteral, mayBecomeLiteral } from '../../synth/rules/literals.ts'
import { TokenRoles } from '../../synth/rules/token-roles.ts'
import { buildVocabulary } from '../../synth/tokenizer.ts'
import { seedForms, seedWords } from './seed-forms.ts'

// Every word is a token of its own: a type that is spelled is not known for one.
const tokenizer = new Tokenizer(buildVocabulary(seedWords, { size: 4000, minCount: 1 }))
const roles = new TokenRoles(tokenizer)

const encode = (source: string): readonly number[] => tokenizer.encode(lex(source).map(({ text }) => text))?.ids ?? []

it('forbids nothing that stood in a hole of a seed kernel', () => {
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

describe('what may come next', () => {
  const head = 'kernel void f0(global float *p0, global const int *p1, const int p2, float4 p3) { float v0 = p0[p2]; '

  /** Is each token allowed in turn after the start of the kernel and `before`? */
  function allowed(before: string, next: string, kind?: HoleKind, after = '}'): boolean {
    const context = [...encode(head + before), special.HOLE, ...encode(after)]
    const rules = new HoleRules(roles, context, kind).start()
    const id = next === 'END' ? special.ENDHOLE : encode(next)[0]
    return rules.allows(id)
  }

  test.each<[what: string, before: string, yes: string, no: string]>([
    ['names in scope', 'for (int v1 = 0; v1 < 4; v1++) { } p0[', 'p2', 'v1'],
    ['names of a block', '{ int v1 = 0; } v0 =', 'v0', 'v1'],
    ['names of a loop without a block', 'for (int v1 = 0; v1 < 4; v1++) p0[v1] = 1.0f; v0 =', 'v0', 'v1'],
    ['names of a loop that still goes', 'for (int v1 = 0; v1 < 4; v1++) if (v1 < p2) v0 = 1.0f; else p0[', 'v1', 'v2'],
    ['new names, once', 'int', 'v1', 'v0'],
    ['an operand after an operator', 'v0 = v0 +', 'v0', '/'],
    ['an operator after an operand', 'v0 = v0', '+', 'p2'],
    ['a statement after a head', 'if (p2 > 0)', 'return', '+'],
    ['an end after break', 'for (;;) { break', ';', '}'],
    ['break in loops', 'while (p2 > 0) {', 'break', 'case'],
    ['no break elsewhere', '', 'return', 'break'],
    ['else after if', 'if (p2 > 0) { v0 = 1.0f; }', 'else', 'continue'],
    ['no else after else', 'if (p2 > 0) { v0 = 1.0f; } else { v0 = 2.0f; }', 'if', 'else'],
    ['the colon of a choice', 'v0 = p2 > 0 ? v0', ':', ';'],
    ['no colon without one', 'v0 = v0', ';', ':'],
    ['calls of functions', 'p0[get_global_id', '(', ')'],
    ['what is cast', 'v0 = (float)', 'p2', '/'],
    ['no product of pointers', 'v0 = p0', '[', '*'],
    ['no product with pointers', 'v0 = v0 * p0', '[', ';'],
    ['no subscript of numbers', 'v0 = p0[p2]', '*', '['],
    ['no members of numbers', 'v0 = v0', '*', '.'],
    ['members of vectors', 'v0 = p3', '.', '('],
    ['no remainder of floating point', 'v0 = v0', '/', '%'],
    ['integers as subscripts', 'v0 = p0[', 'p2', 'v0'],
  ])('%s', (_, before, yes, no) => {
    expect([yes, allowed(before, yes)]).toEqual([yes, true])
    expect([no, allowed(before, no)]).toEqual([no, false])
  })

  it('closes what was opened in the hole, and no more', () => {
    expect(allowed('v0 = (p2', ')')).toBe(false)
    const rules = new HoleRules(
      roles,
      [...encode(`${head} v0 =`), special.HOLE, ...encode('; }')],
      'expression',
    ).start()
    const [open, name, close, other] = encode('( p2 ) ]')
    for (const id of [open, name]) rules.advance(id)
    expect([rules.allows(close), rules.allows(other), rules.allows(special.ENDHOLE)]).toEqual([true, false, false])
    rules.advance(close)
    expect([rules.allows(close), rules.allows(special.ENDHOLE)]).toEqual([false, true])
  })

  it('keeps constants', () => {
    expect(allowed('p1[0]', '=')).toBe(false)
    expect(allowed('p1', '=')).toBe(true)
    expect(allowed('p2', '+=')).toBe(false)
    expect(allowed('v0', '++')).toBe(true)
  })

  it('ends each kind of hole as such', () => {
    expect(allowed('v0 =', 'END', 'expression', ';}')).toBe(false)
    expect(allowed('v0 = v0 *', 'END', 'expression', ';}')).toBe(false)
    expect(allowed('', 'END', 'statements')).toBe(true)
    expect(allowed('', 'END', 'statement')).toBe(false)
  })

  it('declares nothing that is declared below', () => {
    expect(allowed('int', 'v1', 'statements', 'int v1 = 0; }')).toBe(false)
    expect(allowed('int', 'v2', 'statements', 'int v1 = 0; }')).toBe(true)
  })
})

describe('literals', () => {
  const literals = [
    '0',
    '12',
    '0x1fUL',
    '7u',
    '0777',
    '1.0f',
    '.5',
    '2.',
    '1e-3f',
    '1.5e+10',
    "'a'",
    "'\\n'",
    '"a\\"b"',
  ]

  it.each(literals)('knows %s, and each of its beginnings', (text) => {
    expect(isLiteral(text)).toBe(true)
    for (let end = 1; end <= text.length; end++) expect(mayBecomeLiteral(text.slice(0, end))).toBe(true)
  })

  it.each(['', '0x', '08', '1e', '1.0.0', "''", "'ab'", '1.0u', 'a1', '1f'])('refuses %j', (text) => {
    expect(isLiteral(text)).toBe(false)
  })

  it.each(['0xg', '1.0u', '1e5.', 'a', "''", '1.f2'])('sees no beginning in %j', (text) => {
    expect(mayBecomeLiteral(text)).toBe(false)
  })
})
