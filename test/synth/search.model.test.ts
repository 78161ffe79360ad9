import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { findFeatureSpace } from '../../features/index.ts'
import { Model, resolveTarget, type SearchOptions, type SearchProgress, search } from '../../synth/index.ts'
import { makeTinyModel, shippedModel } from './test-model.ts'

const made = shippedModel() ?? (await makeTinyModel())
if (typeof made === 'string') console.warn(`SKIPPED: ${made}`)

describe.skipIf(typeof made === 'string')('search', () => {
  const { folder, isTemporary } = typeof made === 'string' ? { folder: '', isTemporary: false } : made
  afterAll(() => {
    if (isTemporary) rmSync(folder, { recursive: true, force: true })
  })

  async function lastOf(options: SearchOptions): Promise<SearchProgress> {
    using model = await Model.load(folder)
    const target = await resolveTarget('rodinia/kmeans/kmeans_kernel_c', findFeatureSpace('grewe'))
    let last: SearchProgress | undefined
    for await (const progress of search(model, target, { holes: 0, seed: 3, generations: 8, ...options })) {
      last = progress
    }
    if (last === undefined) throw new Error('no progress')
    return last
  }

  it('goes on where an exact match is refused, and without it', async () => {
    const refused: string[] = []
    const accepts = ({ text }: { readonly text: string }): Promise<boolean> => {
      if (refused.length === 2) return Promise.resolve(true)
      refused.push(text)
      return Promise.resolve(false)
    }
    const { best, beam, generation } = await lastOf({ accepts })
    expect(refused).toHaveLength(2)
    expect(best?.distance).toBe(0)
    expect(generation).toBeLessThan(8)
    expect(beam.map(({ text }) => text)).not.toEqual(expect.arrayContaining([refused[0]]))
    expect(refused).not.toContain(best?.text)
  })

  it('ends at its limit where every match is refused', async () => {
    const { best, generation } = await lastOf({ accepts: () => Promise.resolve(false), generations: 2 })
    expect(generation).toBe(2)
    expect(best?.distance).toBeGreaterThan(0)
  })

  it('restarts when it is stuck, and keeps the best', async () => {
    const options = { accepts: () => Promise.resolve(false), patience: 1, width: 4, edits: 1, generations: 6 }
    const [once, again] = [await lastOf(options), await lastOf(options)]
    expect(once.generation).toBe(6)
    expect(again.best?.text).toBe(once.best?.text)
  })
})
