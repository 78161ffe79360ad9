import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DOMParser, parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { Store, writeSummary } from '../../../corpora/index.ts'
import { escapeHtml } from '../../../corpora/summary/html.ts'
import { escapeMarkdown } from '../../../corpora/summary/markdown.ts'
import { temporaryFolder } from '../samples.ts'
import { addSampleSearches, addSearch } from './sample-store.ts'

/** @returns the folder */
async function write(fill: (store: Store) => void): Promise<string> {
  const folder = temporaryFolder()
  using store = Store.open(join(folder, 'benchsteer.db'))
  fill(store)
  await writeSummary(folder, store)
  return folder
}

const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8')

function pageOf(folder: string) {
  const { document } = parseHTML(read(folder, 'summary.html'))
  const textsOf = (selector: string): string[] =>
    [...document.querySelectorAll(selector)].map((element) => String(element.textContent))
  const rows = [...document.querySelectorAll('tr')].map((row) =>
    [...row.querySelectorAll('th, td')].map((cell) => String(cell.textContent)),
  )
  return { document, textsOf, rows }
}

const hostile = '<script>alert(1)</script>|*x* `y` [z](javascript:1) & "q"\n# h'

describe('writeSummary', () => {
  it('writes a page with tables, links and pictures', async () => {
    const { document, textsOf, rows } = pageOf(await write(addSampleSearches))
    expect(textsOf('p')[0]).toMatch(/^5 benchmarks for 3 targets in 1 feature space: 1 of the targets matched exactly/)
    expect(rows).toContainEqual(['grewe', '3', '1', '63.33', '0.00', '5', '4'])
    expect(rows).toContainEqual(['parsed', '400', '50.0 %', '10'])
    const near = ['rodinia/bfs/BFS_1', 'grewe', '90.00', '1.000', '2.0 s', '2', '200', '1', 'aa.cl']
    expect(rows).toContainEqual(near)
    expect(rows).toContainEqual(['exact', 'grewe', '100, exact', '0', '3.0 s', '3', '300', '7', 'ba.cl'])
    expect([...document.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual(['aa.cl', 'ba.cl'])
    expect(document.querySelectorAll('figure svg').length).toBe(4)
    expect(textsOf('details summary')[0]).toMatch(/^Proximity by generation: of each target/)
    expect(rows).toContainEqual(['rodinia/bfs/BFS_1', '60.00', '60.00', '90.00', '90.00', '90.00', '9'])
    expect(rows).toContainEqual(['exact', '60.00', '60.00', '60.00', '', '100', '3'])
    expect(rows).toContainEqual(['last search ended', '2023-11-14 22:13 UTC'])
  })

  it('says what failed', async () => {
    const { textsOf } = pageOf(await write(addSampleSearches))
    expect(textsOf('li')).toEqual(
      expect.arrayContaining([
        'lost in grewe: no kernel',
        'lost in grewe, seed 7: the search failed: its process died',
        'Licence as recorded, by kernel: unknown (4).',
      ]),
    )
  })

  it('writes a page that loads nothing and runs nothing', async () => {
    const { document } = pageOf(await write(addSampleSearches))
    expect(document.querySelectorAll('script, link, img, iframe, [src], [onload]').length).toBe(0)
    expect(document.querySelector('meta[http-equiv]')?.getAttribute('content')).toContain("default-src 'none'")
    const html = document.toString()
    expect(html).toContain('prefers-color-scheme: dark')
    expect(html).not.toMatch(/url\(|@import/)
  })

  it('writes Markdown whose pictures are there and are XML of their own', async () => {
    const folder = await write(addSampleSearches)
    const files = [...read(folder, 'summary.md').matchAll(/^!\[.*\]\((.*)\)$/gm)].map((match) => match[1])
    expect(files).toEqual(
      ['proximity', 'progress', 'generations', 'coverage'].map((name) => `summary/grewe-${name}.svg`),
    )
    expect(readdirSync(join(folder, 'summary')).length).toBe(4)
    for (const file of files) {
      const { documentElement } = new DOMParser().parseFromString(read(folder, file), 'image/svg+xml')
      expect(documentElement?.getAttribute('xmlns')).toBe('http://www.w3.org/2000/svg')
    }
    expect(read(folder, 'summary.md')).toContain(
      '| rodinia/bfs/BFS_1 | grewe | 90.00 | 1.000 | 2.0 s | 2 | 200 | 1 | [aa.cl](aa.cl) |',
    )
  })

  it('keeps the names of targets text', async () => {
    const folder = await write((store) => addSearch(store, { target: hostile, found: { 'javascript:alert(1)': 50 } }))
    const { document, rows } = pageOf(folder)
    expect(document.querySelectorAll('script').length).toBe(0)
    expect(rows.map(([name]) => name)).toContain(hostile.replace('\n', '\ufffd'))
    expect(document.querySelector('a')?.getAttribute('href')).toBe('javascript%3Aalert.cl')
    const markdown = read(folder, 'summary.md')
    expect(markdown).not.toMatch(/(?<!\\)<script/)
    const line = markdown.split('\n').find((text) => text.includes('alert')) ?? ''
    expect(line.match(/(?<!\\)\|/g)?.length).toBe(10)
  })

  it('gives the same bytes for the same store', async () => {
    const folder = await write(addSampleSearches)
    const names = ['summary.md', 'summary.html', 'summary/grewe-coverage.svg']
    const first = names.map((name) => read(folder, name))
    using store = Store.open(join(folder, 'benchsteer.db'))
    await writeSummary(folder, store)
    expect(names.map((name) => read(folder, name))).toEqual(first)
  })

  it('describes a store without any benchmark', async () => {
    const folder = await write(() => {})
    expect(pageOf(folder).textsOf('p')).toEqual(['No target was searched for yet.'])
    expect(read(folder, 'summary.md')).toContain('| first search began | never |')
    expect(existsSync(join(folder, 'summary'))).toBe(false)
  })

  it('needs the folder to be there', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'store'))
    using store = Store.open(join(folder, 'store', 'benchsteer.db'))
    await expect(writeSummary(join(folder, 'none'), store)).rejects.toThrow(/ENOENT/)
  })
})

describe('escaping', () => {
  it('leaves no sign with a meaning in HTML, and no control characters', () => {
    expect(escapeHtml(`<a href="x" b='y'>&\u0000\ud800`)).toBe(
      '&#60;a href=&#34;x&#34; b=&#39;y&#39;&#62;&#38;\ufffd\ufffd',
    )
  })

  it('leaves Markdown names with underscores as they are, and nothing that is markup', () => {
    expect(escapeMarkdown('rodinia/bfs/BFS_1')).toBe('rodinia/bfs/BFS_1')
    expect(escapeMarkdown('_a_ *b* `c` [d](e) <f> |g| &h; \\')).toBe(
      '\\_a\\_ \\*b\\* \\`c\\` \\[d\\](e) \\<f\\> \\|g\\| \\&h; \\\\',
    )
  })
})
