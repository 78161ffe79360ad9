import { describe, expect, it } from 'vitest'
import { sideOf } from '../../corpora/index.ts'

const repositories = Array.from({ length: 4000 }, (_, i) => `owner${i % 37}/project-${i}`)

describe('sideOf', () => {
  it('puts about the asked share into validation', () => {
    const count = (share: number): number => repositories.filter((name) => sideOf(name, share) === 'validation').length
    expect(count(0.08) / repositories.length).toBeCloseTo(0.08, 1)
    expect(count(0.5) / repositories.length).toBeCloseTo(0.5, 1)
    expect([count(0), count(1)]).toEqual([0, repositories.length])
  })

  it('gives forks by other users, other spellings and bare mirrors the same side', () => {
    for (const repository of repositories.slice(0, 300)) {
      const name = repository.split('/')[1]
      const sides = [repository, `fork/${name}`, `A/${name.toUpperCase()}`, `${name}.git`, name].map((r) => sideOf(r))
      expect(new Set(sides).size).toBe(1)
    }
  })

  it('only ever moves repositories to validation as the share grows', () => {
    for (const repository of repositories) {
      if (sideOf(repository, 0.05) === 'validation') expect(sideOf(repository, 0.1)).toBe('validation')
    }
  })

  it('names an impossible share', () => {
    expect(() => sideOf('a/b', 8)).toThrow('validationShare: expected 0 to 1, received 8')
  })
})
