import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { InfillPool, Model, Random, type SampledKernel, sampleKernels } from '../../synth/index.ts'
import { makeTinyModel, shippedModel } from './test-model.ts'

const made = shippedModel() ?? (await makeTinyModel())
if (typeof made === 'string') console.warn(`SKIPPED: ${made}`)

describe.skipIf(typeof made === 'string')('InfillPool', () => {
  const { folder, isTemporary } = typeof made === 'string' ? { folder: '', isTemporary: false } : made
  afterAll(() => {
    if (isTemporary) rmSync(folder, { recursive: true, force: true })
  })
  const options = { samples: 150, temperature: 1, topP: 0.98, checked: true, maxTokens: 40, rewrites: 1 }

  async function textsOf(model: Model, pool?: InfillPool): Promise<string[]> {
    const all: SampledKernel[] = []
    for await (const kernels of sampleKernels(model, options, new Random(3), pool)) all.push(...kernels)
    return all.map(({ text }) => text)
  }

  it('writes what one process writes, in the same order', async () => {
    using model = await Model.load(folder)
    using pool = new InfillPool(folder, 3)
    const texts = await textsOf(model, pool)
    expect(texts).toHaveLength(options.samples)
    expect(texts).toEqual(await textsOf(model))
  })

  it('leaves nothing running when a consumer stops early', async () => {
    using model = await Model.load(folder)
    using pool = new InfillPool(folder, 2)
    for await (const kernels of sampleKernels(model, { ...options, samples: 6400 }, new Random(3), pool)) {
      expect(kernels).toHaveLength(64)
      break
    }
    const context = { ids: [1], prefix: { ids: [], buckets: [] } }
    const settings = { samples: 1, temperature: 1, topP: 1, maxTokens: 2 }
    expect(await pool.infill([context], settings, 1)).toHaveLength(1)
  })

  it('passes on that the model cannot be loaded', async () => {
    using pool = new InfillPool('/nowhere', 2)
    const settings = { samples: 1, temperature: 1, topP: 1, maxTokens: 2 }
    await expect(pool.infill([], settings, 1)).rejects.toThrow(/model file missing.*nowhere/)
  })
})
