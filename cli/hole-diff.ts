// What filling its holes changed in a text, as a unified diff. Only lines with a hole change, so nothing needs comparing.

const contextLines = 3

interface Line {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/**
 * Hunks with their headers.
 * @param pieces - the text around its holes
 * @param infills - of the first holes; the others stay as they are
 */
export function diffHoles(pieces: readonly string[], infills: readonly string[]): string[] {
  const lines = changedLines(pieces, infills)
  const changes = lines.flatMap(({ sign }, i) => (sign === ' ' ? [] : [i]))
  const isShown = lines.map((_, i) => changes.some((change) => Math.abs(change - i) <= contextLines))
  const shown: string[] = []
  const next = { old: 1, fresh: 1 }
  for (let i = 0; i < lines.length; i++) {
    if (isShown[i] && !isShown[i - 1]) shown.push(header(lines.slice(i, hunkEnd(isShown, i)), next))
    if (isShown[i]) shown.push(lines[i].sign + lines[i].text)
    if (lines[i].sign !== '+') next.old++
    if (lines[i].sign !== '-') next.fresh++
  }
  return shown
}

function hunkEnd(isShown: readonly boolean[], start: number): number {
  const end = isShown.indexOf(false, start)
  return end < 0 ? isShown.length : end
}

function header(hunk: readonly Line[], next: { readonly old: number; readonly fresh: number }): string {
  const old = hunk.filter(({ sign }) => sign !== '+').length
  const fresh = hunk.filter(({ sign }) => sign !== '-').length
  return `@@ -${next.old},${old} +${next.fresh},${fresh} @@`
}

function changedLines(pieces: readonly string[], infills: readonly string[]): Line[] {
  const lines: Line[] = []
  let old = ''
  let fresh = ''
  const flush = (): void => {
    if (old === fresh) lines.push({ sign: ' ', text: old })
    else {
      lines.push({ sign: '-', text: old })
      for (const text of fresh.split(/\r?\n/)) lines.push({ sign: '+', text })
    }
  }
  pieces.forEach((piece, i) => {
    if (i > 0) {
      old += '[HOLE]'
      fresh += infills[i - 1] ?? '[HOLE]'
    }
    const [first, ...rest] = piece.split(/\r?\n/)
    old += first
    fresh += first
    for (const line of rest) {
      flush()
      old = line
      fresh = line
    }
  })
  if (old !== '' || fresh !== '') flush()
  return lines
}
