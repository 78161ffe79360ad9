import { describe, expect, it } from 'vitest'
import { type Selectable, selectCorpus } from '../../corpora/index.ts'

/** 5,000 records over 20 repositories and 701 templates, in a scrambled but fixed order. */
const records: Selectable[] = Array.from({ length: 5000 }, (_, i) => ({
  key: ((i * 2654435761) % 4294967296).toString(16).padStart(8, '0'),
  repository: `owner/r${i % 20}`,
  templateKey: `t${(i * 7) % 701}`,
  licenceClass: i % 4 === 0 ? 'copyleft' : i % 4 === 1 ? 'unknown' : 'permissive',
}))

function largest(values: readonly (string | null)[]): number {
  const counts = new Map<string | null, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return Math.max(...counts.values())
}

describe('selectCorpus', () => {
  it('keeps every cap', () => {
    const { kept } = selectCorpus(records, { perRepository: 90, perTemplate: 3 })
    expect(largest(kept.map(({ repository }) => repository))).toBe(90)
    expect(largest(kept.map(({ templateKey }) => templateKey))).toBe(3)
  })

  it('gives the same kernels for any order of the records', () => {
    const backwards = selectCorpus([...records].reverse(), { perRepository: 50 })
    expect(backwards).toEqual(selectCorpus(records, { perRepository: 50 }))
  })

  it('counts every record as kept or dropped', () => {
    const { kept, dropped } = selectCorpus(records, { perRepository: 100, perTemplate: 2, permissiveOnly: true })
    expect(kept.length + dropped.licence + dropped.template + dropped.repository).toBe(records.length)
    expect(dropped.licence).toBe(2500)
  })

  it('drops unknown licences along with copyleft ones when only permissive ones are wanted', () => {
    const { kept } = selectCorpus(records, { permissiveOnly: true })
    expect(new Set(kept.map(({ licenceClass }) => licenceClass))).toEqual(new Set(['permissive']))
  })

  it('is stable: a selection selects itself', () => {
    const { kept } = selectCorpus(records, { perRepository: 90, perTemplate: 3 })
    expect(selectCorpus(kept, { perRepository: 90, perTemplate: 3 }).kept).toEqual(kept)
  })

  it('caps neither repository nor template where there is none', () => {
    const own = records.map((record) => ({ ...record, repository: null, templateKey: null }))
    expect(selectCorpus(own, { perRepository: 1, perTemplate: 1 }).kept).toHaveLength(records.length)
  })

  it('names a cap that lets nothing through', () => {
    expect(() => selectCorpus(records, { perTemplate: 0 })).toThrow('perTemplate: expected at least 1, received 0')
  })
})
