// The loop with what is quick and real: kernels of the seed corpus, and labels from a cost model.

import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { acquisitions } from '../../../active-learning/committee/index.ts'
import type { GreweRow } from '../../../active-learning/data-set.ts'
import {
  CorpusSource,
  foldsBySuite,
  foldWithTest,
  type KernelSource,
  type Labeller,
  type LearnEvent,
  type LearnOptions,
  type LearnParts,
  Ledger,
  learn,
  seedCorpus,
} from '../../../active-learning/loop/index.ts'
import { temporaryFolder } from '../../corpora/samples.ts'
import { modelledLabeller, modelledRows } from '../modelled.ts'

const base = { name: 'modelled', rows: modelledRows(40, 1) }
const corpus = new CorpusSource(seedCorpus())
const options: LearnOptions = {
  ...{ arms: ['nearest'], seeds: [0], batch: 3, candidates: 60, pool: 12, stop: { rounds: 2 } },
  members: { mlp: 1 },
}

function partsWith(change: Partial<LearnParts> = {}): LearnParts {
  const parts = { folds: foldsBySuite(base, ['s0']), sources: { corpus }, labeller: modelledLabeller() }
  return { ...parts, ...change }
}

async function run(ledger: Ledger, parts = partsWith(), own = options, signal = new AbortController().signal) {
  const events: LearnEvent[] = []
  const end = await learn(parts, own, ledger, {
    ...{ signal, version: 'test', nowMs: 0 },
    report: (event) => events.push(event),
  })
  return { end, events }
}

function openLedger(): Ledger {
  return Ledger.open(join(temporaryFolder(), 'learn.db'))
}

/** All that trajectories are, but how long it took. */
function contentOf(ledger: Ledger) {
  return ledger.trajectories().map(({ id, ...trajectory }) => {
    const rounds = ledger.rounds(id).map((round) => ({
      ...round,
      attempts: round.attempts.map(({ findMs: _, labelMs: __, ...attempt }) => attempt),
    }))
    return { trajectory, rounds, rows: ledger.rows(id) }
  })
}

/** Turns away keys of the first half. */
const picky: Labeller = {
  identity: 'picky',
  async label(request, signal) {
    const { kernel } = request
    if (kernel.key < '8') return { ok: false, stage: 'terminates', log: 'too early in the alphabet' }
    return await modelledLabeller().label(request, signal)
  },
}

describe('learn', () => {
  it('picks, finds, labels, adds and scores, round by round', async () => {
    using ledger = openLedger()
    const { end, events } = await run(ledger)
    expect(end).toBe('rounds')
    const kinds = events.map(({ kind }) => kind)
    const round = ['picked', ...Array(3).fill('found'), ...Array(3).fill('labelled'), 'scored']
    expect(kinds).toEqual(['picked', 'scored', ...round, ...round])
    const [{ rounds, rows }] = contentOf(ledger)
    expect(rounds.map(({ score }) => score?.addedKernels)).toEqual([0, 3, 6])
    expect(rows).toHaveLength(6)
    const predictions = rounds.map(({ score }) => score?.predictions.map(({ length }) => length))
    const heldOut = Array(10).fill(base.rows.filter(({ suite }) => suite === 's0').length)
    expect(predictions).toEqual(Array(3).fill(heldOut))
  })

  it('picks what the committee disputes: more entropy than drawn at random', async () => {
    const entropyOf = async (arms: LearnOptions['arms']): Promise<number> => {
      using ledger = openLedger()
      const sources = { corpus, search: corpus }
      const { events } = await run(ledger, partsWith({ sources }), { ...options, arms, seeds: [0, 1, 2] })
      const picks = events.flatMap((event) => (event.kind === 'picked' ? event.picks : []))
      expect(picks).toHaveLength(18)
      return picks.reduce((sum, { entropy }) => sum + entropy, 0) / picks.length
    }
    expect(await entropyOf(['nearest'])).toBeGreaterThan((await entropyOf(['random'])) + 0.3)
  })

  it.each(acquisitions)('judges candidates by %s', async (acquisition) => {
    using ledger = openLedger()
    await run(ledger, partsWith(), { ...options, acquisition, stop: { rounds: 1 } })
    const points = contentOf(ledger)[0].rounds[1].picks.map(({ point }) => JSON.stringify(point))
    expect(new Set(points).size).toBe(3)
  })

  it('gives the same from the same seeds, and with them the same candidates to every arm', async () => {
    using first = openLedger()
    using second = openLedger()
    const own: LearnOptions = { ...options, arms: ['nearest', 'active'] }
    const parts = partsWith({ sources: { corpus, search: corpus } })
    await run(first, parts, own)
    await run(second, parts, own)
    expect(contentOf(first)).toEqual(contentOf(second))
    // Told apart by their names alone here, they go the same way.
    const [nearest, active] = contentOf(first)
    expect(active.rows).toEqual(nearest.rows)
  })

  it.each([0, 4, 9])('goes on after a stop at event %i to what it would have come to', async (stopAt) => {
    using calm = openLedger()
    await run(calm)
    using ledger = openLedger()
    const stop = new AbortController()
    let seen = 0
    const end = await learn(partsWith(), options, ledger, {
      ...{ signal: stop.signal, version: 'test', nowMs: 0 },
      report: () => {
        if (seen++ === stopAt) stop.abort()
      },
    })
    expect(end).toBe('stopped')
    expect(contentOf(ledger)).not.toEqual(contentOf(calm))
    await run(ledger)
    expect(contentOf(ledger)).toEqual(contentOf(calm))
  })

  it('measures a kernel once for a launch, whatever learner asks', async () => {
    using ledger = openLedger()
    let labels = 0
    const labeller = modelledLabeller(() => labels++)
    const parts = partsWith({ sources: { corpus, search: corpus }, labeller })
    await run(ledger, parts, { ...options, arms: ['nearest', 'active'] })
    expect(ledger.trajectories().flatMap(({ id }) => ledger.rows(id))).toHaveLength(12)
    expect(labels).toBe(6)
  })

  it('labels the next kernel where one is turned away, and counts why', async () => {
    using ledger = openLedger()
    await run(ledger, partsWith({ labeller: picky }))
    const outcomes = contentOf(ledger).flatMap(({ rounds }) =>
      rounds.flatMap(({ attempts }) => attempts.flatMap(({ outcome }) => outcome ?? [])),
    )
    expect(outcomes.flatMap(({ rejections }) => rejections.map(({ stage }) => stage))).toContain('terminates')
    for (const outcome of outcomes) if (outcome.ok) expect(outcome.kernelKey >= '8').toBe(true)
  })

  it('is not offered again what it has or was refused', async () => {
    using ledger = openLedger()
    const offered: string[][] = []
    const source: KernelSource = {
      identity: 'recorded',
      async find(request) {
        offered.push([...request.taken])
        return await corpus.find(request)
      },
    }
    await run(ledger, partsWith({ labeller: picky, sources: { corpus: source } }))
    const [first] = contentOf(ledger)[0].rounds.slice(1)
    const met = first.attempts.flatMap(({ outcome }) => [
      ...(outcome?.ok === true ? [outcome.kernelKey] : []),
      ...(outcome?.rejections ?? []).map(({ kernelKey }) => kernelKey),
    ])
    expect(met.some((key) => key !== null && key < '8')).toBe(true)
    expect(offered.slice(0, 3)).toEqual([[], [], []])
    for (const taken of offered.slice(3)) expect(new Set(taken)).toEqual(new Set(met))
  })

  it('looks for pairs that the features cannot tell apart, within its batch', async () => {
    using ledger = openLedger()
    await run(ledger, partsWith(), { ...options, pairs: 1 })
    const picks = contentOf(ledger)[0]
      .rounds.slice(1)
      .flatMap((round) => round.picks)
    expect(picks.map(({ pair }) => pair?.nth)).toEqual([0, 0, undefined, 0, 0, undefined])
    const [first, second] = picks
    expect(second.entropy).toBeCloseTo(first.entropy, 9)
  })

  it('adds no row whose intervals overlap, and none of a kernel that is held out', async () => {
    const overlap: Labeller = {
      identity: 'blurred',
      async label(request, signal) {
        const outcome = await modelledLabeller().label(request, signal)
        if (!outcome.ok) return outcome
        const wide = { low: 0, high: 1e9 }
        return {
          ok: true,
          launches: outcome.launches.map((one) => ({ ...one, intervalCpuMs: wide, intervalGpuMs: wide })),
        }
      },
    }
    using blurred = openLedger()
    const { events } = await run(blurred, partsWith({ labeller: overlap }), { ...options, stop: { rounds: 1 } })
    const stages = events.flatMap((event) => (event.kind === 'labelled' ? event.outcome.rejections : []))
    expect(stages.map(({ stage }) => stage)).toEqual(Array(9).fill('undecided'))
    expect(contentOf(blurred)[0].rows).toEqual([])

    using leaky = openLedger()
    const keys = seedCorpus().map(({ key }) => key)
    const [fold] = foldsBySuite(base, ['s0'])
    const test = keys.flatMap((sourceKey): GreweRow => ({ ...fold.test[0], sourceKey }))
    await run(leaky, partsWith({ folds: [{ ...fold, test }] }), { ...options, stop: { rounds: 1 } })
    expect(contentOf(leaky)[0].rows).toEqual([])
  })

  it('counts a search that failed as a benchmark less, and ends where something is missing', async () => {
    const failing: KernelSource = { identity: 'failing', find: () => Promise.reject(new Error('the process died')) }
    using ledger = openLedger()
    const { end, events } = await run(ledger, partsWith({ sources: { corpus: failing } }))
    expect(end).toBe('rounds')
    const outcome = events.find((event) => event.kind === 'labelled')
    expect(outcome).toMatchObject({
      outcome: { ok: false, rejections: [{ stage: 'search', log: 'the process died' }] },
    })
    using other = openLedger()
    await expect(run(other, partsWith({ sources: {} }))).rejects.toThrow('sources: expected corpus, for nearest')
  })

  it('rests a learner that has its benchmarks, or whose committee agrees', async () => {
    using ledger = openLedger()
    const { end } = await run(ledger, partsWith(), { ...options, stop: { benchmarks: 4 } })
    expect(end).toBe('resting')
    expect(contentOf(ledger)[0].rounds.map(({ score }) => score?.addedKernels)).toEqual([0, 3, 6])
    using agreed = openLedger()
    await run(agreed, partsWith(), { ...options, stop: { entropy: 1 } })
    expect(contentOf(agreed)[0].rounds).toHaveLength(1)
    using barren = openLedger()
    const labeller: Labeller = { identity: 'no', label: async () => ({ ok: false, stage: 'no', log: '' }) }
    expect((await run(barren, partsWith({ labeller }), { ...options, stop: { benchmarks: 9 } })).end).toBe('resting')
    expect(contentOf(barren)[0].rounds).toHaveLength(1 + 5)
    // A rule that has changed lets it go on.
    await run(agreed, partsWith(), { ...options, stop: { rounds: 1 } })
    expect(contentOf(agreed)[0].rounds).toHaveLength(2)
  })

  it('goes on only with what the ledger belongs to', async () => {
    using ledger = openLedger()
    await run(ledger)
    await expect(run(ledger, partsWith(), { ...options, seeds: [1] })).rejects.toThrow('seeds: expected [0]')
    const labeller = { ...modelledLabeller(), identity: 'another' }
    await expect(run(ledger, partsWith({ labeller }))).rejects.toThrow('labeller: expected "modelled by')
    const rows = modelledRows(40, 2)
    const folds = foldsBySuite({ name: 'modelled', rows }, ['s0'])
    await expect(run(ledger, partsWith({ folds }))).rejects.toThrow('base: expected')
  })

  it.each([
    [{ seeds: [1, 1] }, 'seeds: expected different ones, one at least, received [1, 1]'],
    [{ arms: ['passive'] }, "arms: expected active, random, undirected, nearest, received 'passive'"],
    [{ batch: 0 }, 'batch: expected a whole number from 1 to 64, received 0'],
    [{ pairs: 2 }, 'pairs: expected a whole number from 0 to 1, received 2'],
    [{ candidates: 2 }, 'candidates: expected a whole number from 3'],
    [{ acquisition: 'luck' }, "acquisition: expected vote-entropy, margin, error-reduction, received 'luck'"],
    [{ stop: { entropy: 2 } }, 'entropy: expected 0 to 1 bits, received 2'],
  ] as [object, string][])('refuses %j', async (change, message) => {
    using ledger = openLedger()
    await expect(run(ledger, partsWith(), { ...options, ...change })).rejects.toThrow(message)
  })
})

describe('folds', () => {
  it('hold out each suite in turn, or all that are named', () => {
    const each = foldsBySuite(base, 'each')
    expect(each.map(({ name }) => name)).toEqual(['s0', 's1', 's2', 's3'])
    for (const { train, test } of each) {
      expect(train.length + test.length).toBe(base.rows.length)
      expect(train.filter(({ suite }) => suite === test[0].suite)).toEqual([])
    }
    const [both] = foldsBySuite(base, ['s1', 's3'])
    expect(both.name).toBe('s1+s3')
    expect(both.train.length).toBe(base.rows.length / 2)
  })

  it('refuse what they cannot hold out, and leaks', () => {
    expect(() => foldsBySuite(base, ['npb'])).toThrow("expected suites of modelled (s0, s1, s2, s3), received 'npb'")
    expect(() => foldsBySuite(base, ['s0', 's1', 's2', 's3'])).toThrow('expected rows to learn from')
    expect(() => foldWithTest(base, { name: 'test', rows: base.rows.slice(0, 1) })).toThrow("received 's0-p0'")
    const copied = base.rows.map((row) => ({ ...row, sourceKey: 'same' }))
    expect(() => foldsBySuite({ name: 'copied', rows: copied }, ['s0'])).toThrow('has the source of a kernel that is')
  })
})
