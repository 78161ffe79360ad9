// What a reader of these results must know before the verdicts, read off the records.

import { loadMinedVectors } from '../../corpora/index.ts'
import type { EvaluationResults, EvaluationRun } from '../records.ts'
import { programOf, targetKey } from '../statistics/grid.ts'

/** Fewer can neither be told apart by the test nor give intervals that hold what they promise. */
const fewestPrograms = 6
/** One says nothing of chance. */
const fewestSeeds = 2

/** Sentences, those on the whole first. */
export function findCaveats(results: EvaluationResults): string[] {
  return [...ofSample(results), ...ofMixture(results), ...ofGroups(results)]
}

function ofSample({ runs, seeds, groups, deterministic = [] }: EvaluationResults): string[] {
  const programs = new Set(runs.map((run) => programOf(targetKey(run)))).size
  const isRandom = groups.some((group) => !deterministic.includes(group))
  return [
    ...(programs >= fewestPrograms
      ? []
      : [
          `The targets come from ${some(programs, 'program')}: too few to tell groups apart, and intervals are narrower than they should be. Nothing here is shown for other programs.`,
        ]),
    ...(seeds.length >= fewestSeeds || !isRandom
      ? []
      : [`There is ${some(seeds.length, 'seed')}: what chance does to a search cannot be told from its merit.`]),
  ]
}

/** Runs that were not made alike. */
function ofMixture({ runs }: EvaluationResults): string[] {
  const kinds: readonly [what: string, read: (run: EvaluationRun) => string, consequence: string][] = [
    ['machines', ({ provenance }) => provenance.machine, 'the same budget is not the same work on each'],
    ['numbers of cores', ({ provenance }) => `${provenance.cores}`, 'the same budget is not the same work on each'],
    ['programs', ({ provenance }) => programNameOf(provenance), 'groups of one name may differ'],
    ['numbers of kernels kept', ({ provenance }) => `${provenance.keep ?? 'unknown'}`, 'averages are over the fewest'],
    ['models', ({ provenance }) => provenance.model ?? '', 'groups that ask the model may differ'],
  ]
  return kinds.flatMap(([what, read, consequence]) => {
    const values = [...new Set(runs.map(read))].filter((value) => value !== '').sort()
    return values.length < 2 ? [] : [`The runs come from different ${what} (${values.join('; ')}): ${consequence}.`]
  })
}

function programNameOf({ version, program }: EvaluationRun['provenance']): string {
  return `benchsteer ${version}${program === undefined ? '' : `, code ${program}`}`
}

/** Where a group is not what one might take it for. */
function ofGroups({ runs }: EvaluationResults): string[] {
  const isShipped = (name: string): boolean =>
    runs.some(({ group, kind, provenance }) => group === name && kind === 'built-in' && provenance.input === null)
  const minedKernels = (): string => loadMinedVectors().kernels.toLocaleString('en')
  return [
    ...(isShipped('mutate')
      ? [
          `mutate starts from our own seed kernels alone, while corpus has the vectors of ${minedKernels()} mined ones: with --corpus both have the same.`,
        ]
      : []),
    ...(isShipped('corpus')
      ? [
          'The vectors of corpus are those that ship: measured when their kernels were mined, neither compiled nor built on the device here, as the kernels of all other groups are.',
        ]
      : []),
  ]
}

function some(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
