// Observable Plot without a browser: linkedom is the document that it draws in. Colours are CSS variables, so that a
// picture follows the reader's light or dark theme, in a page as well as by itself.

import * as Plot from '@observablehq/plot'
import { DOMParser } from 'linkedom'
import { printable } from './text.ts'

/** An XML document: its texts and attributes are escaped as a file of their own needs it, which HTML takes as well. */
const document = new DOMParser().parseFromString('<svg/>', 'image/svg+xml')

/** Values of the colours that pictures and the page use. */
export const palette: string = `:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c2024; --soft: #5c6670; --faint: #aab2ba; --line: #dfe3e8; --cloud: #8b949e;
  --far: #b4530a; --near: #0b67b2; --exact: #177a4b;
  --hue-0: #b4530a; --hue-1: #0b67b2; --hue-2: #177a4b; --hue-3: #9a3f8c; --hue-4: #8a6d00; --hue-5: #0f7f86;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14181c; --ink: #e6e9ec; --soft: #a3acb5; --faint: #626c76; --line: #2d343b; --cloud: #77818b;
    --far: #f0a25e; --near: #6cb6f5; --exact: #5ccf96;
    --hue-0: #f0a25e; --hue-1: #6cb6f5; --hue-2: #5ccf96; --hue-3: #dd92d0; --hue-4: #d8bd55; --hue-5: #5fc9cf;
  }
}`

/** How wide pictures are, in px of their own; a page may shrink them. */
const pictureWidth = 820

/** Of the names, which are set in a monospaced face: its width is much the same everywhere. */
export const letterWidth = 6.7
export const nameFont = 'ui-monospace, monospace'

/** An axis without ornaments, its label in the middle. */
export const axis = { tickSize: 0, labelArrow: 'none', labelAnchor: 'center' } as const

/** A picture with what is to be said of it. */
export interface Picture {
  readonly name: 'proximity' | 'farthest' | 'progress' | 'generations' | 'coverage'
  /** As `draw` gives it. */
  readonly svg: string
  readonly caption: string
}

/**
 * Draw a plot.
 * @param label - what it shows, for those who cannot see it
 * @returns SVG to be put in a page that defines `palette`
 */
export function draw(label: string, options: Plot.PlotOptions): string {
  const svg = Plot.plot({
    ...{ width: pictureWidth, className: 'plot', style: { fontSize: '11px', color: 'var(--ink)' } },
    ...options,
    ...{ ariaLabel: printable(label), document },
  })
  svg.setAttribute('role', 'img')
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  for (const element of svg.querySelectorAll('*')) round(element)
  return svg.outerHTML
}

const geometry = ['d', 'transform', 'x', 'y', 'cx', 'cy', 'x1', 'y1', 'x2', 'y2', 'r', 'fill-opacity']

/** A hundredth of a pixel is enough, and a third of the size. */
function round(element: SvgElement): void {
  for (const name of geometry) {
    const value = element.getAttribute(name)
    if (value === null) continue
    const short = value.replace(/\d+\.\d{3,}/g, (text) => String(Number(Number(text).toFixed(2))))
    element.setAttribute(name, short)
  }
}

/** What is needed of one here; the types of the DOM are for browsers. */
interface SvgElement {
  getAttribute(name: string): string | null
  setAttribute(name: string, value: string): void
}

/** The same as a file of its own: it brings its colours, behind those that Plot sets, and its paper. */
export function standalone(svg: string): string {
  const paper = `<style>${palette}</style><rect width="100%" height="100%" fill="var(--paper)"/>`
  return `${svg.replace('</style>', `</style>${paper}`)}\n`
}
