// Kernels in string literals of host programs: adjacent C literals, C++ raw strings, Python triple quotes.

const pieces = new RegExp(
  [
    String.raw`R"(?<tag>[^()\\\s]{0,16})\((?<raw>[\s\S]*?)\)\k<tag>"`,
    String.raw`(?<quotes>"""|''')(?<triple>[\s\S]*?)\k<quotes>`,
    String.raw`"(?<plain>(?:[^"\\\n]|\\[\s\S])*)"`,
    String.raw`(?<gap>(?:\s|\\\r?\n|//[^\n]*|/\*[\s\S]*?\*/)+)`,
    String.raw`(?<char>'(?:[^'\\\n]|\\.)*')`,
    String.raw`(?<other>\\[\s\S]|[^"'\s/R\\]+|[\s\S])`,
  ].join('|'),
  'g',
)
const holdsKernel = /\b(?:__)?kernel\s+(?:__attribute__\s*\(\(.*?\)\)\s*)?void\b/

/** Texts of literals (adjacent ones joined) that define a kernel, in order. */
export function findKernelStrings(hostSource: string): string[] {
  const found: string[] = []
  let current = ''
  const close = (): void => {
    if (holdsKernel.test(current)) found.push(current)
    current = ''
  }
  for (const match of hostSource.matchAll(pieces)) {
    const groups = match.groups as Record<string, string | undefined>
    if (groups.raw !== undefined) current += groups.raw
    else if (groups.triple !== undefined) current += groups.triple
    else if (groups.plain !== undefined) current += unescapeLiteral(groups.plain)
    else if (groups.gap === undefined && groups.other !== '+') close()
  }
  close()
  return found
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '', '"': '"', "'": "'", '\\': '\\', '\n': '' }

function unescapeLiteral(text: string): string {
  return text.replace(/\\([\s\S])/g, (whole, character: string) => escapes[character] ?? whole)
}
