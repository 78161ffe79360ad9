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

describe('EditTable', () => {
  it('finds the edits that add up to the target', () => {
    const table = new EditTable(vector(7, 9, 11))
    const parts = [edit(0, 2, 3, 0, -2), edit(4, 5, 0, 1, 1), edit(8, 9, -5, 3, 0), edit(12, 13, 1, 1, 1)]
    for (const part of parts) table.add(part)
    const [best] = table.combine(meter, 5)
    expect(best.predicted).toBe(0)
    expect(best.edits.map(({ kind }) => kind)).toEqual(['0', '4'])
  })

  it('never combines edits that touch the same tokens', () => {
    const table = new EditTable(vector(8, 10, 10))
    table.add(edit(3, 7, 1, 0, 0))
    table.add(edit(5, 9, 1, 0, 0))
    expect(table.combine(meter, 5)).toEqual([])
    table.add(edit(9, 9, 1, 0, 0))
    expect(table.combine(meter, 5)[0].edits.map(({ kind }) => kind)).toContain('9')
  })

  it('gives as many as asked, nearest first, each once', () => {
    const table = new EditTable(vector(0, 0, 0))
    for (let i = 0; i < 12; i++) table.add(edit(10 * i, 10 * i + 1, i % 3, (i + 1) % 3, 1))
    const found = table.combine(meter, 9)
    expect(found).toHaveLength(9)
    expect(found.map(({ predicted }) => predicted)).toEqual(
      found.map(({ predicted }) => predicted).sort((a, b) => a - b),
    )
    expect(new Set(found.map(({ edits }) => edits.map(({ kind }) => kind).join())).size).toBe(9)
  })
})
