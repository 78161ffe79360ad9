// Blocks as one HTML file that needs nothing else: no scripts, no network.

import type { Block, Cell, Column } from './describe.ts'
import { printable } from './text.ts'

/** @param palette - CSS that defines the colours of the pictures */
export function toHtml(blocks: readonly Block[], palette: string): string {
  const title = blocks.find((block) => block.kind === 'heading')?.text ?? ''
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>
${palette}
${style}
</style>
</head>
<body>
<main>
${blocks.map(write).join('\n')}
</main>
</body>
</html>
`
}

/** Text that stays text, in elements as in attributes. */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

const style = `body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 860px; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .75rem; }
h2 { font-size: 1.2rem; margin: 2.75rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
.links { font-size: .85rem; color: var(--soft); }
pre { overflow-x: auto; padding: .6rem .8rem; border: 1px solid var(--line); font-size: .8rem; }
summary { cursor: pointer; font-size: .85rem; margin: .5rem 0; }
figure { margin: 1.5rem 0; overflow-x: auto; }
figure svg { display: block; width: 100%; min-width: 620px; height: auto; }
figcaption { color: var(--soft); font-size: .85rem; margin-top: .4rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .85rem; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; vertical-align: bottom; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.number { white-space: normal; }
a { color: var(--near); }
@media print {
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  figure, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  thead { display: table-header-group; }
  .wide, figure { overflow: visible; }
  figure svg { min-width: 0; }
  table { font-size: 7.5pt; }
  td:first-child { overflow-wrap: anywhere; }
}`

function write(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}${block.anchor === undefined ? '' : ` id="${escapeHtml(block.anchor)}"`}>${escapeHtml(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p>${escapeHtml(block.text)}</p>`
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('\n')}\n</ul>`
    case 'facts': {
      const rows = block.rows.map(
        ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
      )
      return `<div class="wide"><table>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table></div>`
    }
    case 'table': {
      const titles = block.columns.map((column) => `<th scope="col"${classOf(column)}>${escapeHtml(column.title)}</th>`)
      const rows = block.rows.map(
        (cells) => `<tr>${cells.map((cell, i) => writeCell(cell, block.columns[i])).join('')}</tr>`,
      )
      const head = `<thead>\n<tr>${titles.join('')}</tr>\n</thead>`
      const table = `<div class="wide"><table>\n${head}\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table></div>`
      if (block.folded === undefined) return table
      return `<details>\n<summary>${escapeHtml(block.folded)}</summary>\n${table}\n</details>`
    }
    case 'links': {
      const links = block.items.map(({ text, to }) => `<a href="${escapeHtml(encodeLink(to))}">${escapeHtml(text)}</a>`)
      return `<p class="links">${escapeHtml(block.title)}: ${links.join(' · ')}</p>`
    }
    case 'code':
      return `<pre>${escapeHtml(block.text)}</pre>`
    case 'picture':
      return `<figure>\n${block.svg}\n<figcaption>${escapeHtml(block.caption)}</figcaption>\n</figure>`
  }
}

/** Each part of a path for itself. */
export function encodeLink(to: string): string {
  return to.startsWith('#') ? to : to.split('/').map(encodeURIComponent).join('/')
}

function classOf({ isNumeric }: Column): string {
  return isNumeric ? ' class="number"' : ''
}

function writeCell(cell: Cell, column: Column): string {
  const content =
    typeof cell === 'string'
      ? escapeHtml(cell)
      : `<a href="${escapeHtml(encodeURIComponent(cell.file))}">${escapeHtml(cell.text)}</a>`
  return `<td${classOf(column)}>${content}</td>`
}
