// What a report says, as blocks that are turned into HTML elsewhere. Every figure stands on the ledger.

import type { Block, Column } from '../../../corpora/index.ts'
import { type ArmName, findArm } from '../arms.ts'
import type { AliasFindings } from './aliasing.ts'
import type { LearnPicture } from './charts.ts'
import type { Gain, Share } from './gains.ts'
import type { Influence } from './influence.ts'
import type { ArmCosts, Comparison, FoldFacts, LearnResults } from './results.ts'

/** Everything that a report is made of. */
export interface LearnReport {
  readonly results: LearnResults
  /** Of which arm benchmarks were left out. */
  readonly shown: ArmName
  readonly pictures: readonly LearnPicture[]
  readonly influence: { readonly influences: readonly Influence[]; readonly looked: number; readonly all: number }
}

const mostInfluences = 40
const mostChanges = 3
/** Fewer clusters than the bootstrap does well with (Cameron, Gelbach and Miller, 2008). */
const fewPrograms = 20

export function describeReport({ results, shown, pictures, influence }: LearnReport): Block[] {
  const picture = (name: LearnPicture['name']): Block[] =>
    pictures
      .filter((own) => own.name === name)
      .map(({ svg, caption }): Block => ({ kind: 'picture', file: `${name}.svg`, svg, caption }))
  return [
    heading(1, 'Active learning of the CPU-or-GPU heuristic'),
    { kind: 'paragraph', text: answerOf(results) },
    ...fewNote(results),
    ...modelledNote(results),
    heading(2, 'Learning curve'),
    ...picture('curve'),
    curveTable(results),
    heading(2, 'Comparisons after the last common round'),
    comparisonTable(results),
    { kind: 'paragraph', text: gapOf(results) },
    heading(2, 'Feature space'),
    ...picture('before'),
    ...picture('after'),
    heading(2, 'Which benchmarks changed which predictions'),
    ...influenceBlocks(influence, shown),
    heading(2, 'Where the features are not enough'),
    ...aliasBlocks(results.aliasing),
    heading(2, 'Cost'),
    costTable(results.costs),
    rejectionTable(results.costs),
    heading(2, 'What was compared'),
    { kind: 'list', items: results.curves.map(({ arm }) => `${arm}: ${findArm(arm).summary}`) },
    { kind: 'facts', rows: factsOf(results) },
  ]
}

/** Did it help, by how much, how sure are we? */
function answerOf({ comparisons, rounds }: LearnResults): string {
  if (rounds === 0) return 'No round is over for every learner yet: there is only the baseline.'
  const main = comparisons.filter(({ arm }) => arm === 'active')
  if (main.length === 0) return 'No active learner took part.'
  return main.map(sentenceOf).join(' ')
}

function fewNote({ programs }: LearnResults): Block[] {
  if (programs >= fewPrograms) return []
  const text = `The held-out rows are of ${programs} programs, which are few: such intervals tend to be too narrow, and p is coarse.`
  return [{ kind: 'paragraph', text }]
}

function sentenceOf({ against, gain, p }: Comparison): string {
  const than = against === 'baseline' ? 'the baseline without synthetic rows' : `the ${against} learner`
  const change = `${gain.ratio >= 1 ? 'faster' : 'slower'} than ${than} by ${percent(Math.abs(gain.ratio - 1))}`
  const sure =
    gain.low > 1
      ? 'the 95 % interval lies above zero'
      : gain.high < 1
        ? 'the 95 % interval lies below zero'
        : 'the 95 % interval holds zero, so that this run does not show a difference'
  const interval = `${signed(gain.low - 1)} to ${signed(gain.high - 1)}`
  return `What the active learner chooses is ${change} (${interval}): ${sure}. Over programs, a sign-flip test has p = ${probability(p)}.`
}

function modelledNote({ timeSources }: LearnResults): Block[] {
  const modelled = timeSources.modelled ?? 0
  if (modelled === 0) return []
  const all = Object.values(timeSources).reduce((sum, count) => sum + count, 0)
  const text = `${modelled} of ${all} rows carry modelled times: estimates of a cost model, not measurements. Nothing here is shown for real devices as far as it rests on them.`
  return [{ kind: 'paragraph', text }]
}

function curveTable({ curves }: LearnResults): Block {
  const titles = ['round', 'kernels added', 'rows added', 'accuracy', 'speedup', '95 % interval', 'entropy, bits']
  const rows = curves.flatMap(({ arm, points }) =>
    points.map(({ round, addedKernels, addedRows, accuracy, speedup, entropy }) => [
      ...[arm, String(round), addedKernels.toFixed(1), addedRows.toFixed(1), percent(accuracy)],
      ...[speedup.ratio.toFixed(4), intervalOf(speedup), entropy.toFixed(3)],
    ]),
  )
  return { kind: 'table', columns: columnsOf('arm', titles), rows }
}

function comparisonTable({ comparisons }: LearnResults): Block {
  const rows = comparisons.map(({ arm, against, gain, p }) => [
    ...[`${arm} over ${against}`, gain.ratio.toFixed(4), intervalOf(gain), percent(gain.shareAbove), probability(p)],
  ])
  const titles = ['ratio of runtimes', '95 % interval', 'draws above 1', 'p over programs']
  return { kind: 'table', columns: columnsOf('comparison', titles), rows }
}

function gapOf({ gapClosed, baseline, oracleSpeedup, staticBest }: LearnResults): string {
  const shares = gapClosed.map(({ arm, share }) => `${arm} ${share === null ? 'nothing to close' : shareText(share)}`)
  return (
    `The baseline has a speedup of ${baseline.ratio.toFixed(4)} (${intervalOf(baseline)}) over always choosing the ` +
    `${staticBest}, an oracle ${oracleSpeedup.toFixed(4)}. Of the way between the two, in logarithms: ${shares.join(', ')}.`
  )
}

function influenceBlocks({ influences, looked, all }: LearnReport['influence'], shown: ArmName): Block[] {
  const changed = influences.reduce((sum, own) => sum + own.changed.length, 0)
  const text =
    `${looked} of ${all} benchmarks that the ${shown} learners added were left out, one at a time, and the heuristic was ` +
    `trained again: ${influences.length} of them change what most trees say of held-out rows, ${changed} times in all. ` +
    'Those with the greatest effect on runtime come first.'
  if (influences.length === 0) return [{ kind: 'paragraph', text }]
  const rows = influences.slice(0, mostInfluences).map(({ kernelKey, label, fold, seed, round, changed: own }) => {
    const right = own.filter(({ isRight }) => isRight).length
    const effect = Math.exp(own.reduce((sum, { ratio }) => sum + Math.log(ratio), 0) / own.length)
    const shown = own.slice(0, mostChanges).map(({ program, dataset, to }) => `${program} ${dataset} → ${to}`)
    const more = own.length > mostChanges ? [`and ${own.length - mostChanges} more`] : []
    return [
      ...[kernelKey.slice(0, 12), label, fold, String(seed), String(round)],
      ...[String(right), String(own.length - right), effect.toFixed(3), [...shown, ...more].join('; ')],
    ]
  })
  const columns: Column[] = [
    ...columnsOf('benchmark', []),
    ...['label', 'held out'].map((title) => ({ title, isNumeric: false })),
    ...['seed', 'round', 'made right', 'made wrong', 'mean speedup of these'].map((title) => ({
      title,
      isNumeric: true,
    })),
    { title: 'predictions', isNumeric: false },
  ]
  return [
    { kind: 'paragraph', text },
    { kind: 'table', columns, rows },
  ]
}

function aliasBlocks(findings: AliasFindings): Block[] {
  const { rows, points, aliasedRows, wrongAtLeast, withAdded, separators, pairs } = findings
  const text =
    `Of ${rows} rows, base and added, ${aliasedRows} lie at ${points} points where equal F1 to F4 carry both labels; ` +
    `${wrongAtLeast} are wrong whatever a model over F1 to F4 says. ${withAdded} of these points have an added row. ` +
    'Below: what further numbers say of the label there, against what they say when labels are dealt anew.'
  const ranked = separators.map(({ name, rows: own, gain, chance, p, separated }) => [
    ...[name, String(own), gain.toFixed(4), chance.toFixed(4), probability(p), String(separated)],
  ])
  const made = pairs.map(({ difference, proposed, labelled, alike, parted }) => [
    ...[difference, String(proposed), String(labelled), String(alike), String(parted)],
  ])
  const titles = ['rows', 'bits a row', 'by chance', 'p', 'points parted']
  const none: Block = { kind: 'paragraph', text: 'No number is known that differs within these points.' }
  return [
    { kind: 'paragraph', text },
    ranked.length === 0 ? none : { kind: 'table', columns: columnsOf('number', titles), rows: ranked },
    ...(made.length === 0
      ? [{ kind: 'paragraph', text: 'No pairs were asked for (`--pairs`).' } as const]
      : [
          {
            kind: 'table',
            columns: columnsOf('pairs that differ in', [
              'proposed',
              'both labelled',
              'F1 to F4 alike',
              'labels differ',
            ]),
            rows: made,
          } as const,
        ]),
  ]
}

function costTable(costs: readonly ArmCosts[]): Block {
  const rows = costs.map(({ arm, attempts, kernels, findMs, labelMs }) => [
    ...[arm, attempts.toFixed(1), kernels.toFixed(1), seconds(findMs), seconds(labelMs)],
  ])
  const titles = ['points', 'benchmarks', 's finding', 's labelling']
  return { kind: 'table', columns: columnsOf('arm, per learner', titles), rows }
}

function rejectionTable(costs: readonly ArmCosts[]): Block {
  const stages = [...new Set(costs.flatMap(({ rejections }) => rejections.map(([stage]) => stage)))]
  if (stages.length === 0) return { kind: 'paragraph', text: 'No kernel was turned away.' }
  const rows = costs.map(({ arm, rejections }) => [
    arm,
    ...stages.map((stage) => String(rejections.find(([own]) => own === stage)?.[1] ?? 0)),
  ])
  return { kind: 'table', columns: columnsOf('turned away', stages), rows }
}

function factsOf({ folds, seeds, trees, rounds, timeSources, minSamplesLeaf }: LearnResults): [string, string][] {
  const sources = Object.entries(timeSources).map(([source, count]) => `${source} ${count}`)
  return [
    ['held out', folds.map(describeFold).join('; ')],
    ['seeds', seeds.join(', ')],
    ['common rounds', String(rounds)],
    [
      'heuristic',
      `entropy tree on F1 to F4; means over ${trees} trees that take equally good splits in different orders`,
    ],
    ['rows that each leaf keeps', String(minSamplesLeaf)],
    ['rows by source of their times', sources.join(', ')],
  ]
}

function describeFold({ name, train, test, twins }: FoldFacts): string {
  const seen = twins === 0 ? '' : `, ${twins} with a twin among these (same kernel name and counts)`
  return `${name}: ${test} rows, ${train} to learn from${seen}`
}

/** Text first, then numbers. */
function columnsOf(first: string, others: readonly string[]): Column[] {
  return [{ title: first, isNumeric: false }, ...others.map((title) => ({ title, isNumeric: true }))]
}

function heading(level: 1 | 2, text: string): Block {
  return { kind: 'heading', level, text }
}

function intervalOf({ low, high }: Gain): string {
  return `${low.toFixed(4)} to ${high.toFixed(4)}`
}

function shareText({ share, low, high }: Share): string {
  const interval = low === null || high === null ? 'no interval' : `${percent(low)} to ${percent(high)}`
  return `${percent(share)} (${interval})`
}

function probability(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3)
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function signed(share: number): string {
  return `${share >= 0 ? '+' : '−'}${percent(Math.abs(share))}`
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1)
}
