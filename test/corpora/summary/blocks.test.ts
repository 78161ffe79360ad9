import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { type Block, toHtml, toMarkdown } from '../../../corpora/index.ts'

const blocks: Block[] = [
  { kind: 'heading', level: 2, text: 'A <part>', anchor: 'a-part' },
  { kind: 'links', title: 'Files', items: [{ text: 'a & b', to: 'data/a b#1.csv' }, { text: 'up', to: '#a-part' }] }, // biome-ignore format: a line each
  { kind: 'table', columns: [{ title: 'n', isNumeric: true }], rows: [['1']], folded: 'All "rows"' },
  { kind: 'code', text: 'benchsteer x <y> `z`' },
]

describe('toHtml', () => {
  const html = toHtml(blocks, '')
  const { document } = parseHTML(html)

  it('lets links lead to anchors and to files, each part of a path for itself', () => {
    const links = [...document.querySelectorAll('.links a')].map((link) => link.getAttribute('href'))
    expect(links).toEqual(['data/a%20b%231.csv', '#a-part'])
    expect(document.getElementById('a-part')?.textContent).toBe('A <part>')
  })

  it('folds a table under its name, and keeps code as text', () => {
    expect(document.querySelector('details summary')?.textContent).toBe('All "rows"')
    expect(document.querySelector('details table td')?.textContent).toBe('1')
    expect(document.querySelector('pre')?.textContent).toBe('benchsteer x <y> `z`')
  })
})

describe('toMarkdown', () => {
  it('writes links and code', () => {
    const text = toMarkdown(blocks)
    expect(text).toContain('Files: [a & b](data/a%20b%231.csv) · [up](#a-part)'.replace('&', '\\&'))
    expect(text).toContain('````\nbenchsteer x <y> `z`\n````')
  })
})
