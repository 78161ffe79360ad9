import { expect, it } from 'vitest'
import { RecentKeys } from '../../synth/search/recent-keys.ts'

it('knows the last keys, and forgets those of long ago', () => {
  const keys = new RecentKeys(3)
  const known = (): string => [...'abcdefgh'].filter((key) => keys.has(key)).join('')
  for (const key of 'ab') keys.add(key)
  expect(known()).toBe('ab')
  for (const key of 'acd') keys.add(key)
  expect(known()).toBe('abcd')
  for (const key of 'ef') keys.add(key)
  expect(known()).toBe('def')
})
