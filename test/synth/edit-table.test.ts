import { describe, expect, it } from 'vitest'
import { instcount } from '../../features/index.ts'
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
})
