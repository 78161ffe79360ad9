import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { seedFolder } from '../../corpora/index.ts'
import { findFeatureSpace } from '../../features/index.ts'
import { contentKey, lex, packagePath } from '../../kernels/index.ts'
import {
  type Candidate,
  Model,
  resolveTarget,
  type SearchOptions,
  type SearchPart,
  type SearchProgress,
  search,
} from '../../synth/index.ts'
import { makeTinyModel, shippedModel } from './test-model.ts'

const made = shippedModel() ?? (await makeTinyModel())
if (typeof made === 'string') console.warn(`SKIPPED: ${made}`)

describe.skipIf(typeof made === 'string')('search', () => {
  const { folder, isTemporary } = typeof made === 'string' ? { folder: '', isTemporary: false } : made
  afterAll(() => {
    if (isTemporary) rmSync(folder, { recursive: true, force: true })
  })

  /** A target that a seed kernel meets. */
  const seedFile = packagePath(seedFolder, 'scans/add-block-offsets.cl')

  async function progressOf(
    options: SearchOptions,
    targetName = 'rodinia/kmeans/kmeans_kernel_c',
  ): Promise<SearchProgress[]> {
    using model = await Model.load(folder)
    const target = await resolveTarget(targetName, findFeatureSpace('grewe'))
    const all: SearchProgress[] = []
    for await (const progress of search(model, target, { holes: 0, seed: 3, generations: 8, ...options })) {
      all.push(progress)
    }
    return all
  }

  async function lastOf(options: SearchOptions): Promise<SearchProgress> {
    const last = (await progressOf(options)).at(-1)
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
    const [once, again] = [await progressOf(options, seedFile), await progressOf(options, seedFile)]
    expect(again.at(-1)?.beam).toEqual(once.at(-1)?.beam)
    const patient = await progressOf({ ...options, patience: 6 }, seedFile)
    expect(patient.at(-1)?.funnel).not.toEqual(once.at(-1)?.funnel)
    const distances = once.map(({ best }) => best?.distance ?? Number.POSITIVE_INFINITY)
    expect(distances).toEqual([...distances].sort((a, b) => b - a))
  })

  it.each([
    ['surrogate', 3, 'rodinia/hotspot/hotspot'],
    ['combinations', 5, 'rodinia/hotspot/hotspot'],
    ['fusion', 1, 'rodinia/hotspot/hotspot'],
    ['diversity', 6, 'rodinia/hotspot/hotspot'],
    ['dropout', 8, 'rodinia/hotspot/hotspot'],
    ['laziness', 1, 'rodinia/hotspot/hotspot'],
    ['pressure', 12, seedFile],
  ] as const)('tries something else without %s', async (part, generations, target) => {
    const options = { accepts: () => Promise.resolve(false), width: 4, edits: 1, generations, patience: 99 }
    const tried = async (without: readonly SearchPart[]): Promise<unknown> => {
      return (await progressOf({ ...options, without }, target)).at(-1)?.funnel
    }
    const whole = await tried([])
    expect(await tried([])).toEqual(whole)
    expect(await tried([part])).not.toEqual(whole)
  })

  it('tries something else far from the target without bundles', async () => {
    const options = { width: 4, edits: 1, generations: 3 }
    const tried = async (without: readonly SearchPart[]): Promise<unknown> => {
      return (await progressOf({ ...options, without }, 'comp=190,mem=90,coalesced=45')).at(-1)?.funnel
    }
    // Seeds put together would be near at once.
    expect(await tried(['fusion', 'bundles'])).not.toEqual(await tried(['fusion']))
  })

  it('fills other holes without aim, and without tally', async () => {
    const options = { accepts: () => Promise.resolve(false), holes: 6, samples: 4, width: 16, edits: 0, generations: 6 }
    const tried = async (without: readonly SearchPart[]): Promise<unknown> => {
      return (await progressOf({ ...options, without }, 'rodinia/hotspot/hotspot')).at(-1)?.funnel
    }
    const whole = await tried([])
    expect(await tried(['aim'])).not.toEqual(whole)
    expect(await tried(['tally'])).not.toEqual(whole)
  })

  it('goes on after an exact match where it is not to stop there', async () => {
    const asked: string[] = []
    const accepts = ({ text }: { readonly text: string }): Promise<boolean> => {
      asked.push(text)
      return Promise.resolve(true)
    }
    const options = { accepts, width: 4, edits: 1, generations: 4 }
    expect((await progressOf(options, seedFile)).at(-1)?.generation).toBe(0)
    const last = (await progressOf({ ...options, without: ['stop'] }, seedFile)).at(-1)
    expect(last?.generation).toBe(4)
    expect(last?.best?.distance).toBe(0)
    expect(new Set(asked.slice(1)).size).toBe(asked.length - 1) // each is asked about once
  })

  it('tries something else without renewal', async () => {
    const options = { accepts: () => Promise.resolve(false), patience: 1, width: 4, edits: 1, generations: 6 }
    const whole = (await progressOf(options, seedFile)).at(-1)?.funnel
    expect((await progressOf({ ...options, without: ['renewal'] }, seedFile)).at(-1)?.funnel).not.toEqual(whole)
  })

  it('builds on nothing that does not run well', async () => {
    const asked = new Map<string, boolean>()
    const runsWell = (text: string): Promise<boolean> => {
      asked.set(text, text.length % 3 > 0)
      return Promise.resolve(text.length % 3 > 0)
    }
    const progress = await progressOf({ accepts: () => Promise.resolve(false), runsWell, generations: 4 })
    const written = progress.flatMap(({ beam }) => beam.filter(({ generation }) => generation > 0))
    expect([...asked.values()]).toContain(false)
    expect(new Set(written.map(({ text }) => asked.get(text)))).toEqual(new Set([true]))
  })

  it('knows the text of every parent in a lineage', async () => {
    const never = (): Promise<boolean> => Promise.resolve(false)
    const progress = await progressOf({ accepts: never, width: 4, edits: 1, generations: 4 })
    const beam = progress.at(-1)?.beam ?? []
    const parents = beam.flatMap(({ lineage }) => lineage.flatMap(({ parent }) => parent ?? []))
    expect(parents.length).toBeGreaterThan(0)
    for (const { lineage, ancestors } of beam) {
      expect(ancestors.map(({ key }) => key)).toEqual(lineage.flatMap(({ parent }) => parent ?? []))
      for (const { key, text } of ancestors) expect(contentKey(lex(text).map((token) => token.text))).toBe(key)
    }
  })

  it('does not restart from a seed kernel that was refused', async () => {
    const refused = new Set<string>()
    const accepts = ({ key }: Candidate): Promise<boolean> => {
      refused.add(key)
      return Promise.resolve(false)
    }
    const progress = await progressOf({ accepts, patience: 1, width: 4, edits: 1, generations: 6 }, seedFile)
    const lineages = progress.flatMap(({ beam }) => beam.flatMap(({ lineage }) => lineage))
    expect(refused.size).toBeGreaterThan(0)
    expect(lineages.filter(({ parent }) => parent !== null && refused.has(parent))).toEqual([])
  })
})
