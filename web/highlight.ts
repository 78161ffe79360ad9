// OpenCL C with a class per kind of token, made by the server or when a page is made: pages need no highlighter, and a
// kernel's text reaches them as text only. Source of the words: OpenCL C 2.0 specification, sections 6.1 and 6.5 to 6.9.

import { lex, type Token } from '../kernels/index.ts'
import { escapeHtml } from './escape.ts'

/** A stretch of text within a line, and its class, a name in `theme.css`; an empty one is plain. */
export interface Stretch {
  readonly text: string
  readonly style: string
}

const keywords = new Set(
  (
    'break case continue default do else enum for goto if return struct switch typedef union while sizeof const ' +
    'restrict volatile static inline extern unsigned signed kernel global local constant private generic read_only ' +
    'write_only read_write attribute'
  ).split(' '),
)
const type =
  /^(?:void|bool|(?:size|ptrdiff|intptr|uintptr|sampler|event|queue|image\w+)_t|(?:u?(?:char|short|int|long)|float|double|half)(?:2|3|4|8|16)?)$/
const comment = /\/\/(?:[^\n\\]|\\\r?\n|\\)*|\/\*[\s\S]*?(?:\*\/|$)/g

/**
 * Each line of a kernel as a `<span class="line">`, in order, for a `<code>` in a `<pre>`. Without its tags the result
 * is the escaped text.
 * @param text - OpenCL C, or anything at all
 */
export function highlight(text: string): string {
  return highlightLines(text)
    .map((line) => `<span class="line">${line.map(write).join('')}\n</span>`)
    .join('')
}

/**
 * The stretches of each line, without white space at the end of the text.
 * @param text - OpenCL C, or anything at all
 */
export function highlightLines(text: string): Stretch[][] {
  const lines: Stretch[][] = [[]]
  for (const { text: whole, style } of stretchesOf(text.replace(/\s+$/, ''))) {
    for (const [i, part] of whole.split('\n').entries()) {
      if (i > 0) lines.push([])
      if (part !== '') lines[lines.length - 1].push({ text: part, style })
    }
  }
  return lines
}

function* stretchesOf(text: string): Generator<Stretch> {
  const tokens = lex(text)
  let done = 0
  for (const [i, token] of tokens.entries()) {
    yield* between(text.slice(done, token.start))
    yield { text: token.text, style: styleOf(token, tokens[i + 1]) }
    done = token.end
  }
  yield* between(text.slice(done))
}

/** What the lexer drops: white space and comments. */
function* between(text: string): Generator<Stretch> {
  let done = 0
  for (const match of text.matchAll(comment)) {
    yield { text: text.slice(done, match.index), style: '' }
    yield { text: match[0], style: 'comment' }
    done = match.index + match[0].length
  }
  yield { text: text.slice(done), style: '' }
}

function styleOf(token: Token, next: Token | undefined): string {
  switch (token.kind) {
    case 'identifier': {
      const word = token.text.replace(/^__|__$/g, '')
      if (keywords.has(word)) return 'keyword'
      if (type.test(word)) return 'type'
      return next?.text === '(' ? 'call' : ''
    }
    case 'number':
      return 'number'
    case 'string':
    case 'char':
      return 'string'
    case 'directive':
      return 'directive'
    case 'punctuator':
    case 'unknown':
      return ''
  }
}

function write({ text, style }: Stretch): string {
  return style === '' ? escapeHtml(text) : `<span class="${style}">${escapeHtml(text)}</span>`
}
