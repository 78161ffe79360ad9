// Host programs pass macros with -D that the kernel file alone does not show. What the compiler calls undeclared and
// is spelled like a macro gets a plausible value: a type for a type, a small number for a constant.

/** Defines worth trying, from a compiler log; empty where nothing in it looks like a missing macro. */
export function guessDefines(log: string): string[] {
  const defines: string[] = []
  for (const [, kind, name] of log.matchAll(/(unknown type name|use of undeclared identifier) '(\w+)'/g)) {
    if (kind === 'unknown type name') defines.push(`${name}=${guessType(name)}`)
    else if (/^[A-Z][A-Z0-9_]*$/.test(name)) defines.push(`${name}=${guessValue(name)}`)
  }
  return [...new Set(defines)]
}

/** Element type by the words in the name, float where there are none; width by its last number. */
export function guessType(name: string): string {
  const width = /(?:^|[^\d])(2|3|4|8|16)(?:_?t)?$/i.exec(name)?.[1] ?? ''
  if (/uint|unsigned|hash|word/i.test(name)) return `uint${width}`
  if (/uchar|byte|pixel/i.test(name)) return `uchar${width}`
  if (/int|idx|index|size|label/i.test(name)) return `int${width}`
  return `float${width}`
}

function guessValue(name: string): string {
  if (/TYPE|FLOAT|DTYPE|REAL/.test(name)) return guessType(name)
  if (/RADIUS|STRIDE|PAD|UNROLL|VEC/.test(name)) return '2'
  if (/ALPHA|BETA|EPS|SCALE|FACTOR|THRESHOLD/.test(name)) return '0.5f'
  return '16'
}
