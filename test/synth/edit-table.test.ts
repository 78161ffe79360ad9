import { describe, expect, it } from 'vitest'
import { autophase, instcount } from '../../features/index.ts'
import { TargetMeter } from '../../synth/index.ts'
import { EditTable } from '../../synth/search/edit-table.ts'

const size = instcount.names.length
const vector = (...values: number[]): Float64Array => {
  const whole = new Float64Array(size)
  whole.set(values)
  return whole
}
const edit = (start: number, end: number, ...change: number[]) => ({
  edit: { start, end, tokens: [] },
  kind: `${start}`,
  change: vector(...change),
})
const meter = new TargetMeter({ name: 't', space: instcount, values: vector(10, 10, 10) })

const twelve = new TargetMeter({
  name: 't',
  space: instcount,
  values: vector(...Array.from({ length: 12 }, (_, f) => 10 + (f % 4))),
})
/** Six changes that bring it from ten of each feature to the target. */
const needed = (part: number): number[] =>
  Array.from({ length: 12 }, (_, f) => (Math.floor(f / 2) === part ? f % 4 : 0))

describe('EditTable', () => {
  it('finds the edits that add up to the target', () => {
    const table = new EditTable(vector(7, 9, 11), meter)
    const parts = [edit(0, 2, 3, 0, -2), edit(4, 5, 0, 1, 1), edit(8, 9, -5, 3, 0), edit(12, 13, 1, 1, 1)]
    for (const part of parts) table.add(part)
    table.refresh()
    const [best] = table.combinations
    expect(best.predicted).toBe(0)
    expect(best.edits.map(({ kind }) => kind)).toEqual(['0', '4'])
  })

  it('never combines edits that touch the same tokens', () => {
    const table = new EditTable(vector(8, 10, 10), meter)
    table.add(edit(3, 7, 1, 0, 0))
    table.add(edit(5, 9, 1, 0, 0))
    table.refresh()
    expect(table.combinations).toEqual([])
    table.add(edit(9, 9, 1, 0, 0))
    table.refresh()
    expect(table.combinations[0].edits.map(({ kind }) => kind)).toContain('9')
  })

  it('keeps rare edits where many do the same', () => {
    const table = new EditTable(vector(9, 9, 10), meter)
    table.add(edit(0, 2, 0, 1, 0))
    for (let i = 1; i <= 2000; i++) table.add(edit(4 * i, 4 * i + 2, 1, 0, 0))
    table.refresh()
    expect(table.combinations[0].edits.map(({ kind }) => kind)).toContain('0')
    expect(table.combinations[0].predicted).toBe(0)
  })

  it('finds six edits of three hundred that fit together', () => {
    const table = new EditTable(vector(...Array.from({ length: 12 }, () => 10)), twelve)
    for (let i = 0; i < 300; i++) {
      const change = Array.from({ length: 12 }, (_, f) => ((i * 7 + f * 5 + ((i * f) % 11)) % 9) - 4)
      table.add(edit(4 * i, 4 * i + 2, ...(i % 50 === 7 ? needed(Math.floor(i / 50)) : change)))
    }
    table.refresh()
    const [best] = table.combinations
    expect(best.predicted).toBe(0)
  })

  it('puts many edits together where the target is far', () => {
    const table = new EditTable(vector(0, 0, 0), meter)
    for (let i = 0; i < 40; i++)
      table.add(edit(4 * i, 4 * i + 2, i % 3 === 0 ? 1 : 0, i % 3 === 1 ? 1 : 0, i % 3 === 2 ? 1 : 0))
    table.refresh()
    const [best] = table.combinations
    expect(best.predicted).toBe(0)
    expect(best.edits).toHaveLength(30)
  })

  it('knows of a kernel after edits what lies apart from them', () => {
    const table = new EditTable(vector(7, 9, 11), meter)
    const parts = [edit(0, 2, 1, 0, 0), edit(4, 5, 0, 1, 0), edit(8, 9, 0, 0, -1), edit(12, 13, 2, 0, 0)]
    for (const part of parts) table.add(part)
    const applied = { start: 4, end: 9, tokens: [{ text: 'a', class: '' }] }
    const next = table.after([applied], vector(7, 10, 10))
    expect(next.size).toBe(2)
    next.refresh()
    const [best] = next.combinations
    expect(best.predicted).toBe(0)
    expect(best.edits.map(({ edit: { start, end } }) => [start, end])).toEqual([
      [0, 2],
      [8, 9],
    ])
  })

  it('gives the nearest first, each once, and none again that was taken', () => {
    const table = new EditTable(vector(0, 0, 0), meter)
    for (let i = 0; i < 12; i++) table.add(edit(10 * i, 10 * i + 1, i % 3, (i + 1) % 3, 1))
    table.refresh()
    const found = table.combinations
    expect(found.length).toBeGreaterThan(100)
    expect(found.map(({ predicted }) => predicted)).toEqual(
      found.map(({ predicted }) => predicted).sort((a, b) => a - b),
    )
    expect(new Set(found.map(({ edits }) => edits.map(({ kind }) => kind).join())).size).toBe(found.length)
    const [first, second] = found
    table.take(first)
    expect(table.combinations[0]).toBe(second)
  })

  describe('where features count blocks by their size', () => {
    const counts = (record: Readonly<Record<string, number>>): Float64Array =>
      Float64Array.from(autophase.names, (name) => record[name] ?? 0)
    /** Adds some instructions to either block. */
    const adding = (start: number, first: number, second: number, change = {}) => ({
      edit: { start, end: start + 2, tokens: [] },
      kind: `${start}`,
      change: counts({ Add: first + second, TotalInsts: first + second, ...change }),
      blockChange: Float64Array.of(first, second),
    })
    const target = (record: Readonly<Record<string, number>>): TargetMeter =>
      new TargetMeter({ name: 't', space: autophase, values: counts(record) })

    it('moves instructions out of a block that has too many, though no edit changes the count', () => {
      const features = counts({ Add: 5, TotalInsts: 21, BlockMid: 1, BlockLow: 1 })
      const table = new EditTable(features, target({ Add: 5, TotalInsts: 21, BlockLow: 2 }), Float64Array.of(16, 5))
      for (const [i, [first, second]] of [
        [-1, 0],
        [0, 2],
        [0, 1],
        [-1, 0],
        [3, 0],
      ].entries()) {
        table.add(adding(4 * i, first, second))
      }
      table.refresh()
      const [best] = table.combinations
      expect(best.predicted).toBe(0)
      expect(best.edits.map(({ kind }) => kind)).toEqual(['0', '4', '12'])
    })

    it('tries nothing that changes no feature where it is not known what it does to the blocks', () => {
      const features = counts({ Add: 5, TotalInsts: 21, BlockMid: 1, BlockLow: 1 })
      const table = new EditTable(features, target({ Add: 6, TotalInsts: 22, BlockLow: 2 }), Float64Array.of(16, 5))
      for (let i = 0; i < 9; i++) table.add({ ...adding(4 * i, 1, -1), change: counts({}), blockChange: undefined })
      expect(table.size).toBe(0)
      const moving = { ...adding(0, -2, 2), change: counts({}) }
      table.add(moving)
      table.add(adding(4, 0, 1))
      table.refresh()
      expect(table.combinations[0].predicted).toBe(0)
      expect(table.combinations[0].edits.map(({ kind }) => kind)).toEqual(['0', '4'])
    })

    it('counts a block once that two edits fill, and goes by sums where blocks come and go', () => {
      const features = counts({ Add: 5, TotalInsts: 14, BlockLow: 1 })
      const wanted = target({ Add: 7, TotalInsts: 16, BlockMid: 1 })
      const filling = { BlockMid: 1, BlockLow: -1 }
      const table = new EditTable(features, wanted, Float64Array.of(14))
      const [one, other] = [adding(0, 1, 0, filling), adding(4, 1, 0, filling)]
      const single = (edit: typeof one) => ({ ...edit, blockChange: edit.blockChange.subarray(0, 1) })
      table.add(single(one))
      table.add(single(other))
      table.refresh()
      expect(table.combinations[0].predicted).toBe(0)
      const unknown = new EditTable(features, wanted, Float64Array.of(14))
      unknown.add(single(one))
      unknown.add({ ...other, blockChange: undefined })
      unknown.refresh()
      expect(unknown.combinations[0].predicted).toBeCloseTo(Math.SQRT2)
    })
  })
})
