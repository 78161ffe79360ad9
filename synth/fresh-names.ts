// From canonical names to the user's: known ones are looked up, what an infill declares gets a readable name that
// nothing else has.

import { lex, printTokens } from '../kernels/index.ts'

const slot = /^[fpvtmg]\d+$/
const reals = /^(?:half|float|double)$/
const vector = /^(?:u?(?:char|short|int|long)|half|float|double)(?:2|3|4|8|16)$/
const counters = ['i', 'j', 'k', 'l', 'm', 'n']
const workItems: Readonly<Record<string, string>> = {
  get_global_id: 'gid',
  get_local_id: 'lid',
  get_group_id: 'group',
  get_global_size: 'size',
  get_local_size: 'groupSize',
  get_num_groups: 'groups',
}

/**
 * Print an infill in the user's names.
 * @param tokens - of the infill, in canonical names
 * @param names - the user's names by canonical name
 * @param isTaken - names that new ones must not have
 */
export function printInUserNames(
  tokens: readonly string[],
  names: ReadonlyMap<string, string>,
  isTaken: (name: string) => boolean,
): string {
  const all = new Map(names)
  const used = new Set(names.values())
  tokens.forEach((token, i) => {
    if (!slot.test(token) || all.has(token)) return
    const name = freshName(suggestNames(tokens, i), (candidate) => isTaken(candidate) || used.has(candidate))
    all.set(token, name)
    used.add(name)
  })
  const text = printTokens(tokens).trimEnd()
  let printed = ''
  let from = 0
  for (const token of lex(text)) {
    printed += text.slice(from, token.start) + (all.get(token.text) ?? token.text)
    from = token.end
  }
  return printed
}

function freshName(candidates: readonly string[], isTaken: (name: string) => boolean): string {
  const free = candidates.find((name) => !isTaken(name))
  if (free !== undefined) return free
  const [base] = candidates
  let number = 2
  while (isTaken(`${base}${number}`)) number++
  return `${base}${number}`
}

/** Names for what is first mentioned at `i`, the best first, by its class, its type and what it starts from. */
function suggestNames(tokens: readonly string[], i: number): readonly string[] {
  const type = tokens.slice(0, i).findLast((token) => token !== '*' && token !== 'const' && token !== 'restrict') ?? ''
  const isPointer = tokens[i - 1] === '*' || tokens[i - 1] === 'restrict'
  switch (tokens[i][0]) {
    case 'f':
      return ['compute']
    case 't':
      return ['Record']
    case 'm':
      return ['field']
    case 'g':
      return ['table']
    case 'p':
      if (isPointer) return ['data']
      return reals.test(type) ? ['factor'] : /^(?:u?int|u?long|size_t)$/.test(type) ? ['n'] : ['arg']
    default:
      return suggestVariable(tokens, i, type, isPointer)
  }
}

function suggestVariable(tokens: readonly string[], i: number, type: string, isPointer: boolean): readonly string[] {
  const start = tokens.slice(i + 1, tokens.indexOf(';', i))
  if (tokens[i - 2] === '(' && tokens[i - 3] === 'for') return counters
  if (isPointer) return ['ptr']
  if (start[0] === '[') return ['buffer']
  const query = start[0] === '=' ? start.find((token) => token in workItems) : undefined
  if (query !== undefined) return [workItems[query]]
  if (tokens.some((token, k) => token === tokens[i] && tokens[k + 1] === '+=')) return ['sum']
  if (vector.test(type)) return ['vec']
  return reals.test(type) ? ['value'] : ['tmp']
}
