// The contract on all built-in spaces, records, and looking spaces up.

import { describe, expect, it } from 'vitest'
import {
  featureSpaces,
  findFeatureSpace,
  fromFeatureRecord,
  grewe,
  loadFeatureSpace,
  toFeatureRecord,
} from '../../features/index.ts'
import { expected, readText } from './expected.ts'
import { itKeepsTheContract } from './space.contract.ts'

const paths = expected.map(([path]) => path).filter((path) => path.startsWith('test/'))
const fixtureOf = (name: string): string => `${import.meta.dirname}/fixtures/${name}`

describe('contract', () => {
  for (const space of featureSpaces) {
    const isSyntax = space.input === 'syntax'
    itKeepsTheContract(
      space,
      paths.map((path) => readText(isSyntax ? path : path.replace(/\.cl$/, '.ll'))),
    )
  }
})

describe('dimensions', () => {
  it('are those of the papers', () => {
    expect(featureSpaces.map(({ id, names }) => [id, names.length])).toEqual([
      ['grewe', 8],
      ['instcount', 70],
      ['autophase', 56],
    ])
  })
})

describe('records', () => {
  const record = toFeatureRecord(grewe, [1, 2, 3, 4, 5, 6, 7, 8])

  it('name what is missing, unknown or of the wrong length', () => {
    const { mem: _, ...withoutMem } = record
    expect(() => fromFeatureRecord(grewe, withoutMem)).toThrow("expected a number for 'mem', received undefined")
    expect(() => fromFeatureRecord(grewe, { ...record, mems: 1 })).toThrow("grewe has no feature 'mems'")
    expect(() => toFeatureRecord(grewe, [1])).toThrow('expected 8 numbers for grewe, received 1')
  })
})

describe('findFeatureSpace', () => {
  it('names the known spaces and suggests the nearest', () => {
    expect(() => findFeatureSpace('gruwe')).toThrow(
      new RangeError("space: expected one of grewe, instcount, autophase, received 'gruwe'; did you mean 'grewe'?"),
    )
  })

  it('finds each space by its id', () => {
    for (const space of featureSpaces) expect(findFeatureSpace(space.id)).toBe(space)
  })
})

describe('loadFeatureSpace', () => {
  it("loads a user's space", async () => {
    const space = await loadFeatureSpace(fixtureOf('line-count.mjs'))
    expect(space.input === 'ir' && space.extractModule('a\nb\n')[0]).toBe(2)
  })

  it('says what a module lacks', async () => {
    await expect(loadFeatureSpace(fixtureOf('faulty-space.mjs'))).rejects.toThrow(
      /must export `featureSpace` with as many `ratios` as `names`/,
    )
    await expect(loadFeatureSpace(fixtureOf('faulty-blocks.mjs'))).rejects.toThrow(/`blockCounts` of features that are/)
    await expect(loadFeatureSpace(fixtureOf('absent.mjs'))).rejects.toThrow(TypeError)
  })
})
