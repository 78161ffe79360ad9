import { expect, it } from 'vitest'
import { formatTable } from '../../cli/table.ts'

it('aligns text to the left, numbers to the right, and leaves no trailing blanks', () => {
  const rows = [
    ['comp', '12', 'x'],
    ['F2:coalesced/mem', '0.5', ''],
  ]
  expect(formatTable(['feature', 'value', 'note'], rows)).toEqual([
    'feature           value  note',
    'comp                 12  x',
    'F2:coalesced/mem    0.5',
  ])
})
