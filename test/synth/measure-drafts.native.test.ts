import { describe, expect, it } from 'vitest'
import { autophase, instcount, type SingleFeatureSpace } from '../../features/index.ts'
import { TargetMeter } from '../../synth/index.ts'
import { emptyFunnel, type Measured } from '../../synth/search/candidate.ts'
import { Drafter, measureDrafts } from '../../synth/search/evaluate.ts'
import { RecentKeys } from '../../synth/search/recent-keys.ts'
import { seedForms, seedTokenizer } from './seed-forms.ts'

async function measure(space: SingleFeatureSpace): Promise<Measured[]> {
  const funnel = emptyFunnel()
  const drafter = new Drafter(seedTokenizer, new RecentKeys(), funnel)
  const drafts = drafter.fromFusions(seedForms.slice(0, 24).map(({ tokens }) => ({ tokens, count: 1 })))
  const meter = new TargetMeter({ name: 't', space, values: new Float64Array(space.names.length) })
  const measured = await measureDrafts(drafts, meter, (all) => new Set(all), funnel, undefined)
  return measured.map(({ candidate }) => candidate)
}

describe('measureDrafts', () => {
  it('measures the blocks that features count by their size', async () => {
    const measured = await measure(autophase)
    const of = (features: Float64Array, name: string): number => features[autophase.names.indexOf(name)]
    for (const { features, blocks = new Float64Array() } of measured) {
      expect(blocks).toHaveLength(of(features, 'TotalBlocks'))
      expect(blocks.reduce((sum, size) => sum + size, 0)).toBe(of(features, 'TotalInsts'))
      expect(blocks.filter((size) => size < 15)).toHaveLength(of(features, 'BlockLow'))
      expect(blocks.filter((size) => size >= 15 && size <= 500)).toHaveLength(of(features, 'BlockMid'))
    }
    expect(measured.some(({ features }) => of(features, 'BlockMid') > 0)).toBe(true)
  })

  it('measures no blocks where no feature does', async () => {
    const measured = await measure(instcount)
    expect(measured.length).toBeGreaterThan(0)
    expect(new Set(measured.map(({ blocks }) => blocks))).toEqual(new Set([undefined]))
  })
})
