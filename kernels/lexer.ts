// OpenCL C lexical tokens with offsets into the source. Whitespace, comments and line continuations
// separate tokens and are dropped. Works on preprocessed and raw text; never fails (junk is one `unknown` each, an
// unterminated literal one up to the end of its line).
// Source: ISO C99 section 6.4, OpenCL C 2.0 specification section 6.1.9.

/** `unknown` is what C has no token for. */
export type TokenKind = 'identifier' | 'number' | 'string' | 'char' | 'punctuator' | 'directive' | 'unknown'

/** A lexical token and where it stands. */
export interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** Offset of the first character. */
  readonly start: number
  /** Offset one past the last character. */
  readonly end: number
}

const pattern = new RegExp(
  [
    String.raw`(?<space>(?:\s|\\\r?\n)+|//(?:[^\n\\]|\\\r?\n|\\)*|/\*[\s\S]*?(?:\*/|$))`,
    '(?<identifier>[A-Za-z_$][A-Za-z0-9_$]*)',
    String.raw`(?<number>\.?[0-9](?:[eEpP][+-]|[A-Za-z0-9_.])*)`,
    String.raw`(?<string>"(?:[^"\\\n]|\\[\s\S])*")`,
    String.raw`(?<char>'(?:[^'\\\n]|\\[\s\S])*')`,
    String.raw`(?<punctuator><<=|>>=|\.\.\.|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|##|[-+*/%&|^~!<>=?:;,.(){}[\]])`,
    String.raw`(?<directive>#(?:[^\n\\]|\\\r?\n|\\)*)`,
    String.raw`(?<unknown>"(?:[^"\\\n]|\\[\s\S])*|'(?:[^'\\\n]|\\[\s\S])*|[\s\S])`,
  ].join('|'),
  'gy',
)

/** Split `source` into tokens, in order. Time is linear in the length of the source. */
export function lex(source: string): Token[] {
  const tokens: Token[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(source); match !== null; match = pattern.exec(source)) {
    const groups = match.groups as Record<TokenKind | 'space', string | undefined>
    if (groups.space !== undefined) continue
    const start = match.index
    tokens.push({ kind: kindOf(groups), text: match[0], start, end: start + match[0].length })
  }
  return tokens
}

function kindOf(groups: Record<TokenKind | 'space', string | undefined>): TokenKind {
  if (groups.identifier !== undefined) return 'identifier'
  if (groups.punctuator !== undefined) return 'punctuator'
  if (groups.number !== undefined) return 'number'
  if (groups.directive !== undefined) return 'directive'
  if (groups.string !== undefined) return 'string'
  if (groups.char !== undefined) return 'char'
  return 'unknown'
}
