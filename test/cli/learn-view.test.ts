import { describe, expect, it } from 'vitest'
import type { LearnEvent } from '../../active-learning/index.ts'
import { describeStep } from '../../cli/learn/view.ts'

const place = { trajectory: { id: 1, arm: 'active', fold: 'npb-3.3', seed: 2 }, round: 3 } as const
const counts = { comp: 9, rational: 0, mem: 4, localmem: 1, coalesced: 3, atomic: 0 }
const pick = { point: { counts, launch: { transferBytes: 65536, wgsize: 64 } }, entropy: 0.918 }
const kernel = { key: 'k', text: '', kernelName: 'f0', counts, distance: 2.4142 }

describe('describeStep', () => {
  it.each([
    [{ ...place, kind: 'picked', picks: [pick, pick] }, '2 targets'],
    [{ ...place, kind: 'picked', picks: [] }, 'baseline'],
    [
      { ...place, kind: 'found', slot: 0, pick, attempt: { slot: 0, found: [kernel], failure: null, findMs: 5 } },
      'target comp 9, mem 4, localmem 1, coalesced 3, 65536 B by 64, entropy 0.92; found at distance 2.4',
    ],
    [
      {
        ...{ ...place, kind: 'found', slot: 0, pick },
        attempt: { slot: 0, found: [{ ...kernel, distance: null }], failure: null, findMs: 5 },
      },
      'entropy 0.92; found',
    ],
    [
      { ...place, kind: 'found', slot: 0, pick, attempt: { slot: 0, found: [], failure: null, findMs: 5 } },
      'entropy 0.92; found nothing',
    ],
    [
      {
        ...{ ...place, kind: 'labelled', slot: 0, pick, rows: [] },
        outcome: { ok: false, rejections: [{ kernelKey: 'k', stage: 'race-free', log: '' }] },
      },
      'entropy 0.92; turned away: race-free',
    ],
  ] as [LearnEvent, string][])('says where the run is and what was done: %#', (event, text) => {
    const described = describeStep(event)
    expect(described).toMatch(/^round 3, active without npb-3.3, seed 2: /)
    expect(described.endsWith(text)).toBe(true)
  })
})
