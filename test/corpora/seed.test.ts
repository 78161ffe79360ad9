import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadSeedKernels } from '../../corpora/index.ts'
import { packageRoot } from '../../kernels/index.ts'

it('loads at least 280 seed kernels, each with a name of its own, in order of name', () => {
  const seeds = loadSeedKernels()
  const names = seeds.map(({ name }) => name)
  expect(seeds.length).toBeGreaterThanOrEqual(280)
  expect(new Set(names).size).toBe(names.length)
  expect([...names].sort()).toEqual(names)
  for (const { name, path, source } of seeds) {
    expect(path).toBe(`corpora/seed/${name}.cl`)
    expect(existsSync(join(packageRoot, path))).toBe(true)
    expect(source).toMatch(/\bkernel\b|__kernel/)
  }
})
