// How much of what a group returns somebody had written before, and what groups have in common.

import type { EvaluationKernel } from '../records.ts'
import { drawIntervals, type IntervalRow } from './charts.ts'
import { evaluateDistribution } from './distribution.ts'
import {
  absent,
  type DataTable,
  type DataValue,
  type Evaluator,
  type EvaluatorInput,
  numbers,
  texts,
} from './evaluator.ts'
import { styleOf } from './group-style.ts'
import { kernelsOf } from './runs.ts'

export const novelty: Evaluator = {
  id: 'novelty',
  title: 'Novelty and overlap',
  question:
    'How many of the kernels copy what the model was trained on, how many sit where a mined kernel sits, how long is the ' +
    'longest run of tokens that each shares with a seed kernel, and which kernels did several groups return?',
  evaluate(input) {
    const all = input.results.groups.map((group) => ({ group, kernels: kernelsOf(input.results, group) }))
    if (all.every(({ kernels }) => kernels.length === 0)) return absent('No run returned a kernel.')
    const overlap = evaluateDistribution(input, {
      ...{ noun: 'tokens in a row shared with a seed kernel', type: 'symlog', decimals: 0 },
      ...{ read: ({ overlapTokens }) => overlapTokens, missing: '' },
    })
    const shares = sharesOf(input, all)
    const more = overlap.kind === 'present' ? overlap : { figures: [], tables: [], notes: [] }
    return {
      kind: 'present',
      figures: [...shares.figures, ...more.figures],
      tables: [...shares.tables, commonTable(all), ...more.tables],
      notes: [
        'A copy repeats a kernel of other people that the model was trained on, whole or for 60 tokens in a row. Our own seed kernels are training data, too, but what repeats them is no copy here: the longest runs shared with them are told below. Of groups that ask the model, copies are refused before they count, so that these have none. Groups that read a corpus have their kernels from there.',
        ...more.notes,
      ],
    }
  },
}

interface GroupKernels {
  readonly group: string
  readonly kernels: readonly EvaluationKernel[]
}

function sharesOf({ drawing, styles, results }: EvaluatorInput, all: readonly GroupKernels[]) {
  const rows: DataValue[][] = []
  const bars: IntervalRow[] = []
  for (const { group, kernels } of all) {
    const told = kernels.filter(({ isCopy }) => isCopy !== null)
    const share = told.length === 0 ? null : (100 * told.filter(({ isCopy }) => isCopy).length) / told.length
    const mined = results.spaces.map((space) => {
      const known = kernels.filter(({ minedDistance }) => minedDistance[space] !== undefined)
      if (known.length === 0) return null
      return (100 * known.filter(({ minedDistance }) => minedDistance[space] === 0).length) / known.length
    })
    rows.push([group, kernels.length, told.length, share, ...mined])
    if (share === null) continue
    const text = `${share.toFixed(1)} % (n ${told.length})`
    bars.push({
      panel: 'copies of training kernels',
      style: styleOf(styles, group),
      value: share,
      low: share,
      high: share,
      text,
    })
  }
  const columns = [
    ...texts('group'),
    ...numbers(0, 'kernels', 'of which is known'),
    ...numbers(1, 'copies, %', ...results.spaces.map((space) => `at a mined kernel in ${space}, %`)),
  ]
  const table: DataTable = { name: 'copies', title: 'Copies, and kernels at the place of a mined one', columns, rows }
  if (bars.length === 0) return { tables: [table], figures: [] }
  const svg = drawIntervals(drawing, 'Copies of training kernels', bars, { label: 'kernels, %', domain: [0, 100] })
  const caption = 'Share of the returned kernels that copy a training kernel, of those of which that is known.'
  return { tables: [table], figures: [{ name: 'copies', svg, caption, tables: ['copies'] }] }
}

/** How many kernels of the row the column has, too; on the diagonal all of the group. */
function commonTable(all: readonly GroupKernels[]): DataTable {
  const ids = all.map(({ kernels }) => new Set(kernels.map(({ id }) => id)))
  const rows = all.map(({ group }, i) => [
    group,
    ...ids.map((other) => [...ids[i]].filter((id) => other.has(id)).length),
  ])
  const columns = [...texts('kernels of'), ...numbers(0, ...all.map(({ group }) => group))]
  return { name: 'common', title: 'Kernels that two groups returned', columns, rows }
}
