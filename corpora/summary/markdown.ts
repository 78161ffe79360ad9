// Blocks as GitHub's Markdown.

import type { Block, Cell } from './describe.ts'
import { encodeLink } from './html.ts'
import { printable } from './text.ts'

export function toMarkdown(blocks: readonly Block[]): string {
  return `${blocks.map(write).join('\n\n')}\n`
}

/** Text that stays text: no markup, no HTML, no cell borders. */
export function escapeMarkdown(text: string): string {
  return printable(text).replace(/[\\`*[\]<>|&~$]|(?<!\w)_|_(?!\w)/g, '\\$&')
}

function write(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escapeMarkdown(block.text)}`
    case 'paragraph':
      return escapeMarkdown(block.text)
    case 'list':
      return block.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n')
    case 'facts':
      return [row(['', '']), row(['---', '---']), ...block.rows.map((cells) => row(cells.map(escapeMarkdown)))].join(
        '\n',
      )
    case 'table': {
      const rules = block.columns.map(({ isNumeric }) => (isNumeric ? '---:' : '---'))
      const titles = block.columns.map(({ title }) => escapeMarkdown(title))
      return [row(titles), row(rules), ...block.rows.map((cells) => row(cells.map(writeCell)))].join('\n')
    }
    case 'links':
      return `${escapeMarkdown(block.title)}: ${block.items.map(({ text, to }) => `[${escapeMarkdown(text)}](${encodeLink(to)})`).join(' · ')}`
    case 'code':
      return `\`\`\`\`\n${printable(block.text)}\n\`\`\`\``
    case 'picture':
      return `![${escapeMarkdown(block.caption)}](${encodeURI(block.file)})\n\n${escapeMarkdown(block.caption)}`
  }
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function writeCell(cell: Cell): string {
  if (typeof cell === 'string') return escapeMarkdown(cell)
  return `[${escapeMarkdown(cell.text)}](${encodeURIComponent(cell.file)})`
}
