// All three spaces against the reference tools over the seed corpus, from source text to vectors: preprocess,
// parse, compile on the project's own route, extract.

import { beforeAll, describe, expect, it } from 'vitest'
import { autophase, instcount } from '../../features/index.ts'
import { compileAll, preprocess } from '../../kernels/index.ts'
import { type Expected, expected, greweRows, isUnchanged, readText } from './expected.ts'

interface Sample {
  readonly path: string
  readonly reference: Expected
  readonly source: string
}

/** Files that have changed since the reference tools read them are left out. */
async function readSamples(): Promise<Sample[]> {
  const samples: Sample[] = []
  for (const [path, reference] of expected) {
    const text = readText(path)
    if (!isUnchanged(text, reference)) continue
    const outcome = await preprocess(text)
    if (outcome.ok) samples.push({ path, reference, source: outcome.source })
  }
  return samples
}

describe('reference vectors of the seed corpus', () => {
  let samples: readonly Sample[] = []

  beforeAll(async () => {
    samples = await readSamples()
  })

  it('still cover nine tenths of the files', () => {
    expect(samples.length).toBeGreaterThanOrEqual(0.9 * expected.length)
  })

  it('equal our Grewe features', () => {
    const ours = samples.map(({ path, reference, source }) => [path, greweRows(source, reference.grewe)])
    expect(ours).toEqual(samples.map(({ path, reference }) => [path, reference.grewe]))
  })

  it('equal our InstCount and Autophase features', async () => {
    const outcomes = await compileAll(samples.map(({ source }) => source))
    const ours = outcomes.map((outcome) =>
      outcome.ok
        ? [Array.from(instcount.extractModule(outcome.ir)), Array.from(autophase.extractModule(outcome.ir))]
        : outcome,
    )
    expect(ours).toEqual(samples.map(({ reference }) => [reference.instcount, reference.autophase]))
  })
})
