import { describe, expect, it } from 'vitest'
import { findTarget, loadTargetSuites } from '../../corpora/index.ts'
import { featureSpaces, fromFeatureRecord } from '../../features/index.ts'

describe('loadTargetSuites', () => {
  it('holds vectors of every space under names of their own, with provenance', () => {
    const suites = loadTargetSuites()
    expect(suites.map(({ suite }) => suite)).toContain('rodinia')
    const names = suites.flatMap(({ targets }) => targets.map(({ name }) => name))
    expect(new Set(names).size).toBe(names.length)
    for (const { suite, repository, commit, toolchain, targets } of suites) {
      expect(repository).toMatch(/^[^/]+\/[^/]+$/)
      expect(commit).toMatch(/^[0-9a-f]{40}$/)
      expect(toolchain).toMatch(/^clang \d+\.\d+\.\d+ /)
      expect(targets.length).toBeGreaterThan(0)
      for (const { name, features } of targets) {
        expect(name).toMatch(new RegExp(`^${suite}/[^/]+/[^/]+$`))
        for (const space of featureSpaces) fromFeatureRecord(space, features[space.id])
      }
    }
  })
})

describe('findTarget', () => {
  it('finds every target by its name', () => {
    for (const { targets } of loadTargetSuites())
      for (const { name } of targets) expect(findTarget(name).name).toBe(name)
  })

  it('suggests the nearest names', () => {
    const { name } = loadTargetSuites()[0].targets[0]
    const typo = `${name.slice(0, -1)}_`
    expect(() => findTarget(typo)).toThrow(RangeError)
    expect(() => findTarget(typo)).toThrow(`no target named '${typo}'; did you mean ${name}`)
    expect(() => findTarget(name.toUpperCase())).toThrow(`did you mean ${name}`)
  })
})
