// A study as it is written: balanced, the same for the same seed, and silent about where kernels come from.

import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { opaqueId } from '../../../studies/turing/export/build-study.ts'
import { auditLeaks } from '../../../studies/turing/export/leak-audit.ts'
import { resolveStudyOptions } from '../../../studies/turing/export/options.ts'
import { parseAnswerFile, parseKey, parseStudy } from '../../../studies/turing/parse.ts'
import { defaultResponseModel } from '../../../studies/turing/power/response-model.ts'
import { simulateAnswers } from '../../../studies/turing/power/simulate-answers.ts'
import type { KeyedKernel } from '../../../studies/turing/study.ts'
import { Random } from '../../../synth/random.ts'
import { sampleStudy } from './sample-corpora.ts'

const built = sampleStudy()
const { study, key, keyText } = built
const kernels = key.items.filter((item): item is KeyedKernel => item.kind === 'kernel')

describe('a study', { timeout: 20_000 }, () => {
  it('passes its own parsers, as its key and its answers do', () => {
    expect(parseStudy(JSON.parse(JSON.stringify(study)))).toEqual({ ok: true, value: study })
    expect(parseKey(JSON.parse(keyText), study)).toEqual({ ok: true, value: key })
    const rehearsal = {
      model: defaultResponseModel,
      difference: { machine: 0, control: 0.5 },
      participants: 3,
      startMs: 0,
    }
    for (const file of simulateAnswers(study, key, rehearsal, new Random(1))) {
      expect(parseAnswerFile(JSON.parse(JSON.stringify(file)), study)).toEqual({ ok: true, value: file })
    }
  })

  it('is the same for the same seed, and another for another', () => {
    expect(sampleStudy()).toEqual(built)
    const other = sampleStudy(2)
    const ids = new Set(study.items.map(({ id }) => id))
    expect(other.study.items.filter(({ id }) => ids.has(id))).toEqual([])
    expect(sampleStudy(1, 20).study.id).not.toBe(study.id)
  })

  it('commits to its key', () => {
    expect(study.keyHash).toBe(createHash('sha256').update(keyText).digest('hex'))
  })

  it('has two groups that share attention checks and no kernel, with every kernel in every schedule of its group', () => {
    const checks = key.items.filter(({ kind }) => kind === 'check').map(({ id }) => id)
    expect(checks).toHaveLength(2)
    for (const { group, order } of study.schedules) {
      const own = kernels.filter((kernel) => kernel.group === group).map(({ id }) => id)
      expect([...order].sort()).toEqual([...own, ...checks].sort())
    }
    const groups = study.schedules.map(({ group }) => group)
    expect(groups.slice(0, 4)).toEqual(['a', 'b', 'a', 'b'])
    expect(groups.filter((group) => group === 'a')).toHaveLength(24)
  })

  it('practises on both kinds, on kernels that are not judged', () => {
    expect(study.practice.map(({ origin }) => origin).sort()).toEqual(['human', 'human', 'machine', 'machine'])
    const shown = new Set(study.items.map(({ text }) => text))
    expect(study.practice.filter(({ text }) => shown.has(text))).toEqual([])
  })
})

describe('the public file', { timeout: 20_000 }, () => {
  it('names neither corpora nor origins, seed nor secret, outside practice and texts', () => {
    const { items, schedules, id, keyHash } = study
    const open = JSON.stringify({ items, schedules, id, keyHash })
    const texts = key.items
      .filter(({ kind }) => kind === 'check')
      .map(({ id }) => items.find((item) => item.id === id)!.text)
    const rest = texts.reduce((sum, text) => sum.replace(JSON.stringify(text), ''), open)
    expect(rest).not.toMatch(/human|machine|control|origin|corpus|seed/i)
  })

  it('has the same shape for every item, whoever wrote it', () => {
    const shapes = study.items.map((item) => Object.keys(item).join())
    expect(new Set(shapes)).toEqual(new Set(['id,text']))
    for (const { text } of study.items) expect(text).toMatch(/^[\x20-\x7e\n]+\n$/)
  })

  it('has kernels in one normal form: renamed, without comments but those of the checks', () => {
    const checks = new Set(key.items.flatMap(({ kind, id }) => (kind === 'check' ? [id] : [])))
    for (const { id, text } of study.items) {
      expect(text.includes('//')).toBe(checks.has(id))
      expect(text).toMatch(/kernel void f0\(/)
    }
  })

  it('sorts by ids that follow from text and secret alone', () => {
    const ids = study.items.map(({ id }) => id)
    expect(ids).toEqual([...ids].sort())
    expect(opaqueId('secret', 'item', 'text')).toBe(opaqueId('secret', 'item', 'text'))
    expect(opaqueId('secret', 'item', 'text')).not.toBe(opaqueId('other', 'item', 'text'))
  })

  it('lets no classifier tell machines from people by layout, features or order, as far as chance goes', () => {
    const audits = auditLeaks(study, key, built.rest, new Random(9), 200)
    expect(audits.map(({ compares, sees }) => `${compares} ${sees}`).sort()).toEqual(
      ['machine', 'control'].flatMap((one) => ['layout', 'content', 'order'].map((sees) => `${one} ${sees}`)).sort(),
    )
    for (const audit of audits) expect(audit).toMatchObject({ items: 24, p: expect.toSatisfy((p: number) => p > 0.01) })
  })

  it('would be caught if order told: with human kernels first the audit says so', () => {
    const isHuman = (id: string): boolean => kernels.find((one) => one.id === id)?.origin === 'human'
    const items = [...study.items].sort((a, b) => Number(isHuman(b.id)) - Number(isHuman(a.id)))
    const audits = auditLeaks({ ...study, items }, key, [], new Random(9), 200)
    expect(audits.map(({ sees }) => sees)).toEqual(['order', 'order'])
    for (const { accuracy, p } of audits) expect([accuracy > 0.9, p < 0.01]).toEqual([true, true])
  })
})

describe('resolveStudyOptions', () => {
  it.each([
    [{ items: 0 }, 'items: expected a positive integer, received 0'],
    [{ margin: 1 }, 'margin: expected a number between 0 and 1, received 1'],
    [{ alpha: 0.5 }, 'alpha: expected a number between 0 and 0.5, received 0.5'],
    [{ leastLines: 9, mostLines: 8 }, 'mostLines: expected at least the 9 of leastLines, received 8'],
    [{ model: { itemDeviation: -1 } }, 'model.itemDeviation: expected a number from 0 to 0.5, received -1'],
  ])('refuses %o', (options, message) => {
    expect(() => resolveStudyOptions(options)).toThrow(message)
  })
})
