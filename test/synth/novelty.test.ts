import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadMinedVectors, loadSeedVectors } from '../../corpora/index.ts'
import { grewe } from '../../features/index.ts'
import { lex } from '../../kernels/index.ts'
import { CopiesBuilder } from '../../synth/copies.ts'
import { NoveltyMeter } from '../../synth/novelty.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-novelty-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const tokensOf = (text: string): string[] => lex(text).map((token) => token.text)
const seed = tokensOf(loadSeedVectors().kernels[0].text)
const foreign = Array.from({ length: 80 }, (_, i) => `foreign${i}`)
const builder = new CopiesBuilder()
for (const tokens of [seed, foreign]) builder.add(tokens)
writeFileSync(join(folder, 'copies.bin'), builder.pack())

describe('NoveltyMeter', () => {
  const meter = new NoveltyMeter(folder, grewe)
  const [vector] = loadMinedVectors().spaces.grewe

  it('tells what copies a training kernel, and does not mind our own seeds', () => {
    const values = Float64Array.from(vector)
    expect(meter.measure(foreign, values)).toEqual({ isCopy: true, seedRun: 0, minedDistance: 0 })
    expect(meter.measure(seed, values)).toMatchObject({ isCopy: false, seedRun: seed.length })
    const part = ['kernel', ...foreign.slice(5, 70)]
    expect(meter.measure(part, values)).toMatchObject({ isCopy: true, seedRun: 1 })
    expect(meter.measure(foreign.slice(0, 40), values).isCopy).toBe(false)
  })

  it('measures how far the nearest mined kernel is', () => {
    const values = Float64Array.from(vector, (value) => value + 1e6)
    const nearest = Math.min(
      ...loadMinedVectors().spaces.grewe.map((other) => Math.hypot(...other.map((value, i) => values[i] - value))),
    )
    expect(meter.measure(seed, values).minedDistance).toBeCloseTo(nearest, 3)
  })

  it('does not guess where the model does not tell what it was trained on', () => {
    expect(new NoveltyMeter('/nowhere', grewe).measure(seed, Float64Array.from(vector)).isCopy).toBeNull()
  })
})
