// How a group looks in every picture: told by symbol and dashes as well as by colour, so that nobody needs colours.

import * as Plot from '@observablehq/plot'
import { cut } from './names.ts'

/** Symbols that differ in outline. */
const symbols = ['circle', 'square', 'triangle', 'diamond', 'star', 'cross', 'wye'] as const

const dashes = ['0', '6 3', '2 2', '8 3 2 3', '12 4', '4 2 1 2 1 2', '1 4']

const hues = 6

/** Look of a group. */
export interface GroupStyle {
  readonly group: string
  readonly colour: string
  readonly symbol: (typeof symbols)[number]
  /** As `stroke-dasharray`. */
  readonly dash: string
}

/** What the targets are called beside groups. */
export const targetsName = 'the targets'

/** Of up to 42 groups no two look the same. The targets have a look, too. */
export function styleGroups(groups: readonly string[]): ReadonlyMap<string, GroupStyle> {
  const targets: GroupStyle = { group: targetsName, colour: 'var(--ink)', symbol: 'circle', dash: '0' }
  return new Map([
    [targetsName, targets],
    ...groups.map((group, i): [string, GroupStyle] => [
      group,
      {
        ...{ group, colour: `var(--hue-${i % hues})`, symbol: symbols[i % symbols.length] },
        dash: dashes[i % dashes.length],
      },
    ]),
  ])
}

/** @throws {RangeError} for a group that no style was made for */
export function styleOf(styles: ReadonlyMap<string, GroupStyle>, group: string): GroupStyle {
  const style = styles.get(group)
  if (style === undefined) throw new RangeError(`group: expected one of ${[...styles.keys()].join(', ')}, got ${group}`)
  return style
}

const letterWidth = 6.2
const longestName = 26
const entryPadding = 30
const lineHeight = 16

/** Marks of a legend above the frame, and the margin that they need. */
export interface Legend {
  readonly marks: Plot.Markish[]
  readonly marginTop: number
}

/** @param width - that entries may take, px */
export function legendOf(shown: readonly GroupStyle[], width: number): Legend {
  const places: { style: GroupStyle; x: number; line: number }[] = []
  let [x, line] = [0, 0]
  for (const style of shown) {
    const needed = entryPadding + letterWidth * cut(style.group, longestName).length
    if (x > 0 && x + needed > width) [x, line] = [0, line + 1]
    places.push({ style, x, line })
    x += needed
  }
  const marginTop = 40 + lineHeight * (line + 1)
  const marks = places.flatMap(({ style, x: left, line: row }) => {
    const anchor = { frameAnchor: 'top-left' as const, dy: 12 + lineHeight * row - marginTop }
    return [
      Plot.dot([0], { ...anchor, dx: left + 6, r: 3.6, symbol: style.symbol, fill: style.colour }),
      Plot.text([cut(style.group, longestName)], { ...anchor, dx: left + 16, textAnchor: 'start', fill: 'var(--ink)' }),
    ]
  })
  return { marks, marginTop }
}
