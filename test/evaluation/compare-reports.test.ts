import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { compareReports, readReport, type WrittenReport } from '../../evaluation/index.ts'
import { toCsv, toJson } from '../../evaluation/report/data-files.ts'

const root = mkdtempSync(join(tmpdir(), 'benchsteer-reports-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const runs = {
  ...{ name: 'runs', title: 'All runs' },
  columns: [['space'], ['group'], ['target'], ['seed', 0], ['proximity', 2], ['run took, ms', 0]],
  rows: [
    ['grewe', 'full', 's/a', 1, 100 / 3, 900],
    ['grewe', 'corpus', 's/a', 1, 50, 400],
  ],
} as const
const verdict = '- Against corpus: better. +1.00 points'

/** A report as `writeReport` leaves it, as far as it is read. */
function reportAt(name: string, alter: (folder: string) => void = () => {}): WrittenReport {
  const folder = join(root, name)
  mkdirSync(join(folder, 'data'), { recursive: true })
  for (const of of ['nearest-runs', 'verdicts-nearest', 'novelty-copies']) {
    writeFileSync(join(folder, 'data', `${of}.json`), toJson(runs))
    writeFileSync(join(folder, 'data', `${of}.csv`), toCsv(runs))
  }
  writeFileSync(join(folder, 'report.md'), `# Report\n\n${verdict}\n`)
  alter(folder)
  const report = readReport(folder)
  if (report === undefined) throw new Error('no report')
  return report
}

function replace(folder: string, file: string, old: string, text: string): void {
  writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace(old, text))
}

describe('a report that was there', () => {
  const now = reportAt('now')

  it('is as the records say where nothing was altered', () => {
    const { isOfSameRuns, figures, differences } = compareReports(reportAt('same'), now)
    expect([isOfSameRuns, differences]).toEqual([true, []])
    expect(figures).toBe(2 * (1 + 12 + 1) + 1) // of two tables: rows, cells, CSV; and the verdict
  })

  it.each([
    ['data/verdicts-nearest.json', '33.33', '43.33', 'row 1, proximity'],
    ['data/verdicts-nearest.csv', '33.33', '43.33', 'content'],
    ['data/nearest-runs.json', '50', '51', 'row 2, proximity'],
    ['report.md', '+1.00', '+2.00', 'verdict'],
  ])('is found out where %s was altered', (file, old, text, figure) => {
    const before = reportAt(`altered-${figure}`, (folder) => replace(folder, file, old, text))
    const { differences } = compareReports(before, now)
    expect(differences).toContainEqual(expect.objectContaining({ of: file, figure }))
  })

  it('is not held against what answers another question, or what is found out later', () => {
    const title = (folder: string): void => replace(folder, 'data/verdicts-nearest.json', 'All runs', 'of corpus')
    const altered = reportAt('title', (folder) => {
      title(folder)
      replace(folder, 'data/verdicts-nearest.json', '50', '51')
      replace(folder, 'data/novelty-copies.json', '50', '51')
      replace(folder, 'report.md', 'corpus', 'full')
    })
    expect(compareReports(altered, now).differences).toEqual([])
  })

  it('is not looked at where it is of other runs', () => {
    const other = reportAt('other', (folder) => replace(folder, 'data/nearest-runs.json', '900', '901'))
    expect(compareReports(other, now)).toEqual({ isOfSameRuns: false, figures: 0, differences: [] })
    expect(readReport(join(root, 'nowhere'))).toBeUndefined()
  })
})
