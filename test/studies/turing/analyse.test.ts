// Whole studies of known effect, and the rules by which participants are left out.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DOMParser } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { analyseStudy, concludeFrom } from '../../../studies/turing/analysis/analyse.ts'
import { type Analysis, everybody } from '../../../studies/turing/analysis/analysis.ts'
import { concludeInWords } from '../../../studies/turing/analysis/describe.ts'
import { testDifference } from '../../../studies/turing/analysis/difference.ts'
import { decimals, percent, probability, range } from '../../../studies/turing/analysis/figures.ts'
import { judgeStudy } from '../../../studies/turing/analysis/judgments.ts'
import { readAnswers } from '../../../studies/turing/analysis/read-answers.ts'
import { writeReport } from '../../../studies/turing/analysis/write-report.ts'
import { writeStudy } from '../../../studies/turing/export/export-study.ts'
import { powerOf } from '../../../studies/turing/power/power.ts'
import { defaultResponseModel } from '../../../studies/turing/power/response-model.ts'
import { simulateAnswers } from '../../../studies/turing/power/simulate-answers.ts'
import type { AnswerFile } from '../../../studies/turing/study.ts'
import { Random } from '../../../synth/random.ts'
import { temporaryFolder } from '../../corpora/samples.ts'
import { expectShare } from './expect-share.ts'
import { sampleStudy } from './sample-corpora.ts'

const built = sampleStudy()
const { study, key } = built
/** Kernels that differ little among themselves, so that 12 of a kind are enough. */
const model = { ...defaultResponseModel, itemDeviation: 0.05 }

function rehearse(machine: number, participants = 40, seed = 1): AnswerFile[] {
  const rehearsal = { model, difference: { machine, control: 0.6 }, participants, startMs: 1_790_000_000_000 }
  return simulateAnswers(study, key, rehearsal, new Random(seed))
}

function analyse(files: readonly AnswerFile[]): Analysis {
  return analyseStudy(study, key, { files, unreadable: [] }, '0.0.0', new Random(2))
}

describe('analyseStudy', { timeout: 20_000 }, () => {
  const none = analyse(rehearse(0))
  const some = analyse(rehearse(0.4))
  const of = ({ contrasts }: Analysis, compares: string) =>
    contrasts.find((one) => one.compares === compares && one.level === everybody)!

  it('calls what is the same equivalent, and recognises the control', () => {
    expect(of(none, 'machine').conclusion).toBe('equivalent')
    expect(of(none, 'control')).toMatchObject({ conclusion: 'different', test: { isDifferent: true } })
    expect(of(none, 'control').pPermutation).toBeLessThan(0.01)
    expect(of(none, 'machine').pPermutation).toBeGreaterThan(0.05)
  })

  it('finds a difference where there is one, about as large as it is', () => {
    expect(of(some, 'machine').conclusion).toBe('different')
    expect(of(some, 'machine').test?.difference).toBeCloseTo(0.4, 0)
    const [low, high] = of(some, 'machine').test!.interval
    expect([low < 0.4, high > 0.4]).toEqual([true, true])
    expect(of(some, 'machine').meanDetection.sensitivity.mean).toBeGreaterThan(0.5)
  })

  it('agrees with itself: shares, accuracy, items and people count the same judgments', () => {
    const { counts, accuracy, test } = of(some, 'machine')
    const total = counts.hits + counts.misses + counts.falseAlarms + counts.rejections
    expect(accuracy.count).toBe(total)
    expect(accuracy.share).toBeCloseTo((counts.hits + counts.rejections) / total, 12)
    const group = key.groups.find(({ compares }) => compares === 'machine')!.id
    const share = (corpus: string): number =>
      some.shares.find((row) => row.corpus === corpus && row.group === group && row.level === everybody)!.labelledHuman
        .share!
    expect(share('human') - share('machine')).toBeCloseTo(test!.difference, 12)
    expect(some.items.reduce((sum, { count }) => sum + count, 0)).toBe(
      some.people.reduce((sum, { count }) => sum + count, 0),
    )
    expect(some.items).toHaveLength(48)
    expect(some.people).toHaveLength(some.participants.kept)
    const confident = some.confidence.filter(({ compares, level }) => compares === 'machine' && level === everybody)
    expect(confident.reduce((sum, { accuracy }) => sum + accuracy.count, 0)).toBe(total)
  })

  it('splits everything by experience', () => {
    const levels = Object.keys(some.participants.byLevel)
    expect(levels.length).toBeGreaterThan(2)
    expect(some.contrasts.map(({ level }) => level)).toEqual(expect.arrayContaining(levels))
    const byLevel = some.contrasts.filter(({ compares, level }) => compares === 'machine' && level !== everybody)
    expect(byLevel.reduce((sum, { participants }) => sum + participants, 0)).toBe(of(some, 'machine').participants)
    for (const rows of [some.shares, some.confidence, some.responseTimes, some.agreement]) {
      expect(new Set(rows.map(({ level }) => level))).toEqual(new Set([everybody, ...levels]))
    }
  })

  it('is the same again for the same answers and seed', () => {
    expect(analyse(rehearse(0.4))).toEqual(some)
  })

  it('says that there are too few answers where there are none', () => {
    const empty = analyse([])
    expect(empty.contrasts.map(({ conclusion }) => conclusion)).toEqual(['too few answers', 'too few answers'])
  })

  it('finds equivalence and difference in the share of studies that the power calculation promises', () => {
    const planned = { ...key.plan, effect: 0.2, power: 0.8, itemsPerKind: 12, model }
    const promised = powerOf(12, planned)
    const machine = key.groups.find(({ compares }) => compares === 'machine')!.id
    const studies = 40
    const tests = Array.from({ length: 2 * studies }, (_, i) => {
      const files = rehearse(i < studies ? 0 : planned.effect, 24, 100 + i)
      const { judgments } = judgeStudy(study, key, files)
      return testDifference(
        judgments.filter(({ group }) => group === machine),
        key.plan,
      )!
    })
    const [none, some] = [tests.slice(0, studies), tests.slice(studies)]
    expectShare(none.filter(({ isEquivalent }) => isEquivalent).length, studies, promised.equivalence)
    expectShare(none.filter(({ isDifferent }) => isDifferent).length, studies, key.plan.alpha)
    expectShare(some.filter(({ isDifferent }) => isDifferent).length, studies, promised.difference)
    const covered = some.filter(({ interval: [low, high] }) => low <= planned.effect && planned.effect <= high)
    expectShare(covered.length, studies, 1 - key.plan.alpha)
  })
})

describe('judgeStudy', () => {
  const [first] = rehearse(0, 1)
  const reasonsFor = (change: (file: AnswerFile) => AnswerFile): readonly string[] =>
    judgeStudy(study, key, [change(first)]).excluded.flatMap(({ reasons }) => reasons)
  const checks = new Set(key.items.flatMap(({ kind, id }) => (kind === 'check' ? [id] : [])))

  it('keeps who follows the rules, and counts neither checks nor practice', () => {
    const { judgments, excluded } = judgeStudy(study, key, [first])
    expect(excluded).toEqual([])
    expect(judgments).toHaveLength(24)
  })

  it('leaves out who answered too little', () => {
    expect(reasonsFor((file) => ({ ...file, answers: file.answers.slice(0, 15) }))).toEqual([
      expect.stringMatching(/^answered 1[45] of 24 kernels$/),
    ])
  })

  it('leaves out who failed the checks, by label or by confidence', () => {
    const other = (file: AnswerFile): AnswerFile => ({
      ...file,
      answers: file.answers.map((one) => (checks.has(one.item) ? { ...one, confidence: 3 } : one)),
    })
    expect(reasonsFor(other)).toEqual(['failed 2 attention checks'])
    const once = (file: AnswerFile): AnswerFile => {
      const place = file.answers.findIndex(({ item }) => checks.has(item))
      return { ...file, answers: file.answers.map((one, i) => (i === place ? { ...one, confidence: 3 } : one)) }
    }
    expect(reasonsFor(once)).toEqual([])
  })

  it('leaves out who hurried, and who gave one label', () => {
    expect(
      reasonsFor((file) => ({ ...file, answers: file.answers.map((one) => ({ ...one, responseMs: 900 })) })),
    ).toEqual(['took 0.9 s for a kernel'])
    expect(
      reasonsFor((file) => ({
        ...file,
        answers: file.answers.map((one) => (checks.has(one.item) ? one : { ...one, label: 'machine' })),
      })),
    ).toEqual(['gave 24 of 24 kernels one label'])
  })

  it('leaves out single answers that came too fast or too late', () => {
    const kernels = first.answers.filter(({ item }) => !checks.has(item)).slice(0, 2)
    const odd = new Map([
      [kernels[0].item, 499],
      [kernels[1].item, 600_001],
    ])
    const answers = first.answers.map((one) => ({ ...one, responseMs: odd.get(one.item) ?? one.responseMs }))
    const { judgments, excludedAnswers } = judgeStudy(study, key, [{ ...first, answers }])
    expect([judgments.length, excludedAnswers]).toEqual([22, 2])
  })
})

describe('a folder of answers', { timeout: 20_000 }, () => {
  const files = rehearse(0, 12)

  async function writeFolder(): Promise<string> {
    const folder = temporaryFolder()
    await writeStudy(folder, { ...built, preregistration: '' })
    for (const [i, file] of files.entries()) writeFileSync(join(folder, 'answers', `${i}.json`), JSON.stringify(file))
    const early = { ...files[0], answers: files[0].answers.slice(0, 3), finishedAtMs: null }
    writeFileSync(join(folder, 'answers', 'again.json'), JSON.stringify(early))
    writeFileSync(join(folder, 'answers', 'cut.json'), '{"study":')
    writeFileSync(join(folder, 'answers', 'other.json'), JSON.stringify({ ...files[1], study: '0123456789abcdef' }))
    return folder
  }

  it('gives each participant once, with the most answers, and says what could not be read', async () => {
    const read = readAnswers(await writeFolder(), study)
    expect(read.files).toHaveLength(12)
    expect(read.files.find(({ participant }) => participant === files[0].participant)).toEqual(files[0])
    expect(read.unreadable).toEqual([
      { file: 'cut.json', problem: expect.stringContaining('JSON') },
      { file: 'other.json', problem: `the answers are of study 0123456789abcdef, not of ${study.id}` },
    ])
  })

  it('becomes a report in which text stays text', async () => {
    const analysis = { ...analyse(files), title: '<script>alert(1)</script>' }
    const folder = temporaryFolder()
    await writeReport(folder, analysis)
    const html = readFileSync(join(folder, 'report.html'), 'utf8')
    const document = new DOMParser().parseFromString(html, 'text/html')
    expect(document.querySelectorAll('script')).toHaveLength(0)
    expect(document.querySelectorAll('figure svg')).toHaveLength(6)
    expect(document.querySelector('h1')?.textContent).toBe('Results: <script>alert(1)</script>')
    expect(html).not.toMatch(/NaN|undefined|Infinity/)
    const markdown = readFileSync(join(folder, 'report.md'), 'utf8')
    expect(markdown).not.toMatch(/NaN|undefined|Infinity/)
    expect(markdown).toContain('](report/tests.svg)')
    expect(JSON.parse(readFileSync(join(folder, 'analysis.json'), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(analysis)),
    )
  })

  it('becomes a report also where nobody took part', async () => {
    const empty = temporaryFolder()
    await writeReport(empty, analyse([]))
    expect(readFileSync(join(empty, 'report.md'), 'utf8')).toContain('too few answers')
  })
})

describe('conclusions', { timeout: 20_000 }, () => {
  it('tell all four cases apart', () => {
    const conclude = (isDifferent: boolean, isEquivalent: boolean) => concludeFrom({ isDifferent, isEquivalent })
    expect([conclude(false, true), conclude(true, false), conclude(true, true), conclude(false, false)]).toEqual([
      'equivalent',
      'different',
      'different within the margin',
      'inconclusive',
    ])
  })

  it('do not call kernels recognised that pass for human more often than human ones', () => {
    const contrast = analyse(rehearse(-0.5)).contrasts[0]
    expect(concludeInWords(contrast, 0.15)).toBe('People label machine kernels human more often than human kernels.')
  })
})

describe('figures', () => {
  it('are printed for people', () => {
    expect([percent(0.5421), percent(null), decimals(-0.061), decimals(-0.0001), probability(0.0004)]).toEqual([
      '54.2 %',
      '–',
      '−0.061',
      '0.000',
      '< 0.001',
    ])
    expect(range([-0.05, 0.12], 2)).toBe('−0.05 to 0.12')
  })
})
