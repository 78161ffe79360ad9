// The normal form against a real compiler: every kernel of the seeds still compiles in it and keeps its features.

import { beforeAll, describe, expect, it } from 'vitest'
import { kernelFeatures } from '../../corpora/index.ts'
import {
  compileAll,
  extractKernel,
  findKernels,
  normaliseKernel,
  normaliseText,
  parseUnit,
} from '../../kernels/index.ts'
import { expandSeeds } from './seed-units.ts'

interface Pair {
  readonly name: string
  readonly original: string
  readonly normal: string
}

/** The normal form drops `#pragma unroll`, by design, and with it what the pragma did to the IR. */
const unrolled = /#pragma unroll/

describe('normal forms of the seed kernels', () => {
  let pairs: readonly Pair[] = []

  beforeAll(async () => {
    pairs = (await expandSeeds()).flatMap(({ name, source }) => {
      const unit = parseUnit(source)
      return findKernels(unit).map((kernel) => {
        const form = normaliseKernel(unit, kernel)
        if (!form.ok) throw new Error(`${name}: ${form.log}`)
        return { name: `${name} ${kernel}`, original: extractKernel(unit, kernel) ?? '', normal: form.text }
      })
    })
  })

  it('are normal forms themselves', () => {
    for (const { name, normal } of pairs) expect(normaliseText(normal), name).toMatchObject({ ok: true, text: normal })
  })

  it('compile, and keep the features of the original in every space', async () => {
    const originals = await compileAll(pairs.map(({ original }) => original))
    const normals = await compileAll(pairs.map(({ normal }) => normal))
    pairs.forEach(({ name, original, normal }, i) => {
      const [before, after] = [originals[i], normals[i]]
      if (!before.ok || !after.ok)
        throw new Error(`${name}: ${before.ok ? '' : before.log} / ${after.ok ? '' : after.log}`)
      const { grewe, ...irSpaces } = kernelFeatures(normal, after.ir)
      const expected = kernelFeatures(original, before.ir)
      expect(grewe, name).toEqual(expected.grewe)
      if (unrolled.test(original)) return
      for (const [space, values] of Object.entries(irSpaces))
        expect(values, `${name} ${space}`).toEqual(expected[space])
    })
    expect(pairs.filter(({ original }) => unrolled.test(original)).length).toBeLessThan(10)
  })
})
