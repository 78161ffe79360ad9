import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EvaluationResults, type ReportOptions, writeReport } from '../../evaluation/index.ts'
import { makeUpResults } from './made-up-results.ts'

const options: ReportOptions = {
  ...{ version: '9.9.9', date: '2026-01-31T12:00:00.000Z', command: 'benchsteer evaluate --targets made-up' },
}
const groups = [
  { name: 'full', left: 0.1, exact: 0.5 },
  { name: 'rival <b>&|', left: 0.5 },
  { name: 'equal', left: 0.1, exact: 0.5, isGiven: true },
]

const root = mkdtempSync(join(tmpdir(), 'benchsteer-test-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function write(results: EvaluationResults, name: string): Promise<string> {
  const folder = join(root, name)
  await writeReport(results, folder, options)
  return folder
}

describe('writeReport', () => {
  const results = makeUpResults(groups, { programs: 9, kernelsPerProgram: 1, seeds: 2 })
  let folder = ''
  let [html, markdown] = ['', '']
  beforeAll(async () => {
    folder = await write(results, 'once')
    html = readFileSync(join(folder, 'report.html'), 'utf8')
    markdown = readFileSync(join(folder, 'report.md'), 'utf8')
  })

  it('says the verdict on each rival in words', () => {
    expect(markdown).toMatch(
      /- Against rival .*: better\. \+\d+\.\d\d points of proximity .*of 9 targets.*p 0\.008 \(Holm\)/,
    )
    expect(markdown).toMatch(/- Against equal: no difference shown\. /)
    expect(markdown).toContain(
      'full against 2 rivals: 9 targets, 1 feature space (grewe), 2 seeds, 10 s for each search',
    )
  })

  it('leads from each figure to its pictures, its data and its command, and all links lead somewhere', () => {
    const { document } = parseHTML(html)
    const links = [...document.querySelectorAll('a')].map((link) =>
      decodeURIComponent(String(link.getAttribute('href'))),
    )
    for (const link of links) {
      if (link.startsWith('#')) expect(document.getElementById(link.slice(1)), link).not.toBeNull()
      else expect(existsSync(join(folder, link)), link).toBe(true)
    }
    const figures = [...document.querySelectorAll('figure')]
    expect(figures.length).toBeGreaterThan(15)
    for (const figure of figures) {
      const own = [...figure.nextElementSibling!.querySelectorAll('a')].map(({ textContent }) => String(textContent))
      expect(own.slice(0, 2)).toEqual(['SVG', 'PNG'])
      expect(own.some((text) => text.endsWith('.csv')) && own.some((text) => text.endsWith('.json'))).toBe(true)
      expect(own.at(-1)).toBe('command')
    }
    for (const [, file] of markdown.matchAll(/\]\(([^)#]+)\)/g))
      expect(existsSync(join(folder, decodeURI(file))), file).toBe(true)
  })

  it('needs nothing from elsewhere and runs no script', () => {
    expect(html).toContain("default-src 'none'")
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/)
  })

  it('holds a PNG of each picture', () => {
    const names = readdirSync(join(folder, 'figures'))
    const [svgs, pngs] = ['.svg', '.png'].map((end) => names.filter((name) => name.endsWith(end)))
    expect(pngs.map((name) => name.replace('.png', '.svg'))).toEqual(svgs)
    for (const name of pngs) {
      const bytes = readFileSync(join(folder, 'figures', name))
      expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG')
      expect(bytes.readUInt32BE(16)).toBe(1230)
    }
  })

  it('has the same figures in CSV, JSON and the page', () => {
    const csv: string[][] = parse(readFileSync(join(folder, 'data/verdicts-nearest.csv'), 'utf8'))
    const json = JSON.parse(readFileSync(join(folder, 'data/verdicts-nearest.json'), 'utf8'))
    expect(json.columns).toEqual(csv[0])
    expect(json.rows.map((cells: (string | number)[]) => cells.map(String))).toEqual(csv.slice(1))
    const place = csv[0].indexOf('difference')
    expect(html).toContain(Number(csv[1][place]).toFixed(2))
  })

  it('says what is missing instead of drawing it', () => {
    expect(html).toContain('What is missing')
    expect(markdown).toMatch(/- Directed against undirected: It takes the groups directed and undirected/)
    expect(markdown).toMatch(/- CPU and GPU labels: No kernel was timed/)
    expect(existsSync(join(folder, 'figures/device-labels-labels.svg'))).toBe(false)
  })

  it('keeps markup in names as text, and kernels out', () => {
    expect(html).not.toContain('<b>')
    expect(html).toContain('rival &#60;b&#62;&#38;|')
    const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(html|md|svg|csv|json)$/.test(name),
    )
    for (const name of all) expect(readFileSync(join(folder, name), 'utf8')).not.toContain('kernel void')
  })

  it('writes the same bytes again, and leaves nothing of an earlier report', async () => {
    const again = await write(results, 'again')
    writeFileSync(join(again, 'data/nearest-old.csv'), '')
    writeFileSync(join(again, 'data/mine.csv'), '')
    await write(results, 'again')
    expect(existsSync(join(again, 'data/nearest-old.csv'))).toBe(false)
    expect(existsSync(join(again, 'data/mine.csv'))).toBe(true)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'))
    for (const name of files)
      expect(readFileSync(join(again, name)).equals(readFileSync(join(folder, name))), name).toBe(true)
  })

  it('refuses a subject that is no group, and a K below 1', async () => {
    const wrong = writeReport(results, folder, { ...options, subject: 'mine' })
    await expect(wrong).rejects.toThrow("subject: expected one of full, rival <b>&|, equal, received 'mine'")
    await expect(writeReport(results, folder, { ...options, topK: 0 })).rejects.toThrow('topK: expected an integer')
  })
})
