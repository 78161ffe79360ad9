import { expect, it } from 'vitest'
import { chainOf } from '../../explorer/chain.ts'
import { lineage, lineText } from './stores.ts'

const kernel = { key: 'final', text: lineText }

it('says which texts were not kept', () => {
  const chain = chainOf(lineage, kernel, () => undefined)
  expect(chain.map(({ lines }) => lines === null)).toEqual([true, true, false])
  // Nothing before it is known: all of it is shown.
  expect(chain[2].lines?.every(({ sign }) => sign === ' ')).toBe(true)
  expect(chain[2].skipped).toBe(2)
})

it('shows the changes of steps whose texts were not kept with the next that was', () => {
  const chain = chainOf(lineage, kernel, (key) => (key === 'seed-key' ? 'a\n' : undefined))
  expect(chain.map(({ skipped }) => skipped)).toEqual([0, 0, 1])
  expect(chain[2].lines?.map(({ sign }) => sign)).toEqual(['-', '+', '+', '+'])
})

it('shows a kernel that is a seed as it is', () => {
  const [start, ...others] = chainOf(lineage.slice(0, 1), kernel, () => undefined)
  expect(others).toEqual([])
  expect(start).toMatchObject({ key: 'final', proposal: 'seed a/b', skipped: 0 })
  expect(start.lines).toHaveLength(3)
})
