import { describe, expect, it } from 'vitest'
import { checkDescription } from '../../cli/evaluate/describe.ts'
import { averagedKernels, checkSubject, type EvaluateFlags, resolveEvaluateFlags } from '../../cli/evaluate/flags.ts'
import { makeUpResults } from '../evaluation/made-up-results.ts'

const flags: EvaluateFlags = {
  ...{ targets: 'rodinia', spaces: 'all', group: [], budget: 1000, seeds: 2, seed: 3, keep: 4, clsmithInclude: [] },
  ...{ out: 'out', reportOnly: false, size: 64, likelihood: false, describe: 1 },
  ...{ verify: false, verifySample: 1, quiet: false },
}

describe('options of evaluate', () => {
  it('are all groups but CLSmith, all spaces, and each vector of a space once', async () => {
    const { groups, targets, seeds } = await resolveEvaluateFlags(flags)
    expect(groups.map(({ name }) => name)).toEqual([
      ...['corpus', 'mutate', 'left-to-right', 'undirected', 'directed', 'full'],
    ])
    expect(new Set(targets.map(({ space }) => space.id))).toEqual(new Set(['grewe', 'instcount', 'autophase']))
    expect(new Set(targets.map(({ space, values }) => `${space.id} ${values.join()}`)).size).toBe(targets.length)
    expect(seeds).toEqual([3, 4])
  })

  it('know CLSmith by --clsmith, and look for its headers beside it', async () => {
    const { groups, settings } = await resolveEvaluateFlags({ ...flags, clsmith: '/c/build/CLSmith' })
    expect(groups.map(({ name }) => name)).toContain('clsmith')
    expect(settings.clsmith).toEqual({
      binary: '/c/build/CLSmith',
      includePaths: ['/c/build', '/c/build/runtime', '/c/runtime'],
    })
  })

  it('add given groups to those that are named', async () => {
    const { groups } = await resolveEvaluateFlags({ ...flags, groups: 'full', group: ['mine=/a=b', 'x.1=/c'] })
    expect(groups).toEqual([
      { kind: 'built-in', name: 'full' },
      { kind: 'given', name: 'mine', path: '/a=b' },
      { kind: 'given', name: 'x.1', path: '/c' },
    ])
  })

  it('draw the same targets each time, by name, whatever the order of suites', async () => {
    const draw = async (targets: string): Promise<string[]> => {
      const plan = await resolveEvaluateFlags({ ...flags, targets, sample: 5, spaces: 'instcount' })
      return plan.targets.map(({ name }) => name).sort()
    }
    const drawn = await draw('polybench,shoc')
    expect(drawn).toHaveLength(5)
    expect(await draw('shoc,polybench')).toEqual(drawn)
  })

  it.each([
    [{ group: ['mine'] }, /--group: expected name=path, received 'mine'/],
    [{ targets: '' }, /--targets: expected suites/],
    [{ groups: '' }, /--groups: expected a group/],
    [{ spaces: 'grew' }, /expected one of grewe/],
  ])('refuse %j', async (wrong, message) => {
    await expect(resolveEvaluateFlags({ ...flags, ...wrong })).rejects.toThrow(message)
  })

  it('name a subject among the groups, or none', () => {
    expect(() => checkSubject('directed', ['corpus', 'directed'])).not.toThrow()
    expect(() => checkSubject(undefined, ['corpus'])).not.toThrow()
    expect(() => checkSubject('full', ['corpus', 'directed'])).toThrow(
      /--subject: expected one of corpus, directed, received 'full'/,
    )
  })

  it('average over no more kernels than each run kept', () => {
    const { runs } = makeUpResults([{ name: 'full', left: 0.5 }], { programs: 2 })
    expect(averagedKernels({ keep: 100 }, runs)).toBe(10)
    expect(averagedKernels({ keep: 4 }, runs)).toBe(4)
    const [first, ...rest] = runs
    const short = { ...first, provenance: { ...first.provenance, keep: 1 } }
    expect(averagedKernels({ keep: 10 }, [...rest, short])).toBe(1)
  })

  it('time only what was validated', () => {
    expect(() => checkDescription({ ...flags, devices: ['cpu', 'gpu'] })).toThrow(/--devices: expected --validate/)
    expect(() => checkDescription({ ...flags, devices: ['cpu', 'gpu'], validate: 'quick' })).not.toThrow()
  })
})
