import { describe, expect, it } from 'vitest'
import { loadMinedVectors, loadSeedVectors, loadTargetSuites } from '../../corpora/index.ts'
import { featureSpaces, fromFeatureRecord, grewe, instcount, joinSpaces } from '../../features/index.ts'
import { checkFeasibility, resolveSpaces, resolveTarget, type Target } from '../../synth/index.ts'

async function check(text: string, spaces = 'grewe') {
  const { space } = await resolveSpaces(spaces)
  return checkFeasibility(await resolveTarget(text, space))
}

/** Given features by name. */
function valuesOf({ space, values }: Target): Record<string, number> {
  return Object.fromEntries(space.names.flatMap((name, i) => (Number.isNaN(values[i]) ? [] : [[name, values[i]]])))
}

describe('checkFeasibility', () => {
  it('passes what kernels have', () => {
    const mined = loadMinedVectors()
    const refused = featureSpaces.flatMap((space) => {
      const named = loadTargetSuites().flatMap(({ targets }) =>
        targets.map(({ features }) => fromFeatureRecord(space, features[space.id])),
      )
      const seeds = loadSeedVectors().kernels.map(({ features }) => Float64Array.from(features[space.id] ?? []))
      const some = mined.spaces[space.id].filter((_, i) => i % 8 === 0).map((vector) => Float64Array.from(vector))
      return [...named, ...seeds, ...some]
        .map((values) => checkFeasibility({ name: 'kernel', space, values }))
        .filter(({ isFeasible }) => !isFeasible)
    })
    expect(refused).toEqual([])
  })

  it.each([
    [
      'comp=3,mem=4,F4:comp/mem=0.5',
      ['F4:comp/mem = comp / mem, but F4:comp/mem is 0.5, comp is 3, mem is 4'],
      { 'F4:comp/mem': 0.75 },
    ],
    ['comp=1.5', ['comp: a count is a whole number, received 1.5'], {}],
    ['mem=-2', ['mem: expected 0 or more, received -2'], { mem: 0 }],
    ['comp=2.2..2.8,mem=1', ['comp: a count is a whole number, received 2.2..2.8'], {}],
    ['coalesced=3,F2:coalesced/mem=0.75,comp=7,F4:comp/mem=0.1', /F2:coalesced\/mem = coalesced/, {}],
  ])('says why %s cannot be, and what is nearest', async (text, reasons, nearest) => {
    const feasibility = await check(text)
    if (feasibility.isFeasible) throw new Error('expected a refusal')
    if (Array.isArray(reasons)) expect(feasibility.reasons).toEqual(reasons)
    else expect(feasibility.reasons.join('\n')).toMatch(reasons)
    expect(valuesOf(feasibility.nearest)).toMatchObject(nearest)
    expect(checkFeasibility(feasibility.nearest).isFeasible).toBe(true)
  })

  it.each([
    'comp=3,mem=4,F4:comp/mem=0.75',
    'coalesced=3,F2:coalesced/mem=0.75',
    'comp=3..9,mem=4,F4:comp/mem=2',
    'comp=5..',
    'mem=0,F4:comp/mem=7,comp=7',
    'F4:comp/mem=0.002',
    'comp=1..3,F4:comp/mem=0.002..0.0021',
    'comp=2..,F2:coalesced/mem=0.004,F4:comp/mem=0.002',
  ])('passes %s', async (text) => {
    expect((await check(text)).isFeasible).toBe(true)
  })

  it('makes rounded ratios exact', async () => {
    const feasibility = await check('coalesced=1,mem=3,F2:coalesced/mem=0.33')
    expect(feasibility.isFeasible && valuesOf(feasibility.target)['F2:coalesced/mem']).toBe(1 / 3)
  })

  it('keeps to what LLVM counts', async () => {
    const sums = await check('TotalInsts=3,Ret=1,Add=4', 'instcount')
    expect(sums).toMatchObject({
      isFeasible: false,
      reasons: [expect.stringMatching(/^TotalInsts = Ret \+ Br \+ … \+ Freeze, but the sums are 3 and 5\.\.$/)],
    })
    const blocks = await check('Br=2,BranchCount=3', 'autophase')
    expect(blocks).toMatchObject({ isFeasible: false, reasons: ['BranchCount = Br, but BranchCount is 3, Br is 2'] })
    if (blocks.isFeasible) throw new Error('expected a refusal')
    expect(valuesOf(blocks.nearest)).toEqual({ Br: 2, BranchCount: 2 })
  })

  it('holds spaces together that read the same IR', async () => {
    const feasibility = await check('instcount:Load=3,autophase:Load=4,grewe:comp=2', 'grewe,instcount,autophase')
    expect(feasibility).toMatchObject({
      isFeasible: false,
      reasons: ['instcount:Load = autophase:Load, but instcount:Load is 3, autophase:Load is 4'],
    })
  })

  it('knows nothing of a space without relations', () => {
    const space = { ...grewe, quotients: undefined }
    const values = Float64Array.of(3, 0, 4, 0, 0, 0, 9, 9)
    expect(checkFeasibility({ name: 't', space, values }).isFeasible).toBe(true)
    const faulty = { ...instcount, relations: ['Ret = Nothing'] }
    expect(() => checkFeasibility({ name: 't', space: faulty, values: new Float64Array(70) })).toThrow(
      "relations: 'Nothing' in 'Ret = Nothing' is neither a feature nor a number",
    )
    expect(() =>
      checkFeasibility({ name: 't', space: joinSpaces([grewe, faulty]), values: new Float64Array(78) }),
    ).toThrow('neither')
  })
})
