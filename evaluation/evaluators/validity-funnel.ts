// What becomes of candidates, and of the kernels that were returned when they are validated.

import { describeFault, type Fault, faults, stages } from '../../kernels/index.ts'
import type { EvaluationKernel } from '../records.ts'
import {
  absent,
  type DataTable,
  type DataValue,
  type Evaluator,
  type EvaluatorInput,
  type Figure,
  numbers,
  texts,
} from './evaluator.ts'
import { styleOf } from './group-style.ts'
import { drawLines, type LinePoint } from './line-chart.ts'
import { kernelsOf, runsOf } from './runs.ts'

export const validityFunnel: Evaluator = {
  id: 'validity-funnel',
  title: 'Validity funnel',
  question:
    'How many candidates parse, are new and compile, and at which stage of validation are returned kernels lost?',
  evaluate(input) {
    const { results } = input
    if (results.runs.length === 0) return absent('There is no run yet.')
    const validated = results.groups.map((group) => {
      return { group, kernels: kernelsOf(results, group).filter(({ outcome }) => outcome !== null) }
    })
    const isValidated = validated.some(({ kernels }) => kernels.length > 0)
    const funnels = validated
      .filter(({ kernels }) => kernels.length > 0)
      .map((own) => ({ ...own, left: survivors(own.kernels) }))
    const figures = isValidated ? [drawFunnel(input, funnels)] : []
    return {
      kind: 'present',
      figures,
      tables: [candidateTable(input), ...(isValidated ? [stageTable(funnels), outcomeTable(validated)] : [])],
      notes: [
        'Candidates are those of all runs together; an empty place: the group does not tell.',
        isValidated
          ? 'Validated are kernels that were returned, as far as there was time; foreign ones too.'
          : 'No returned kernel was validated, so that there is no picture of the stages of validation.',
      ],
    }
  },
}

interface GroupKernels {
  readonly group: string
  readonly kernels: readonly EvaluationKernel[]
}

interface Funnel extends GroupKernels {
  /** Kernels that pass each stage. */
  readonly left: readonly number[]
}

/** Kernels that pass each stage, by the stage that found their fault. */
function survivors(kernels: readonly EvaluationKernel[]): number[] {
  return stages.map((_, i) => kernels.filter(({ outcome }) => lostAt(outcome) > i).length)
}

/** Index of the stage; beyond the last where none found a fault. */
function lostAt(outcome: string | null): number {
  const fault = faults.find((own): own is Fault => own === outcome)
  return fault === undefined ? stages.length : stages.indexOf(describeFault(fault).stage)
}

function drawFunnel({ styles, drawing }: EvaluatorInput, funnels: readonly Funnel[]): Figure {
  const points = funnels.flatMap(({ group, kernels, left }): LinePoint[] => {
    const style = styleOf(styles, group)
    const shares = left.map((count, i) => ({ style, x: i + 1, y: (100 * count) / kernels.length }))
    return [{ style, x: 0, y: 100 }, ...shares]
  })
  const svg = drawLines(drawing, 'Kernels left after each stage of validation', points, {
    x: {
      label: '',
      ticks: [0, ...stages.map((_, i) => i + 1)],
      // Alternately one line lower, so that all names have room.
      tickFormat: (i) => `${i % 2 === 1 ? '\n' : ''}${i === 0 ? 'all' : stages[i - 1]}`,
    },
    y: { label: 'kernels left after the stage, %', domain: [0, 100] },
    isStepped: true,
  })
  const caption = 'Share of the validated kernels of each group that is left after each stage.'
  return { name: 'stages', svg, caption, tables: ['stages'] }
}

function candidateTable({ results }: EvaluatorInput): DataTable {
  const counts = ['evaluated', 'parsed', 'unique', 'checked', 'compiled'] as const
  const rows = results.spaces.flatMap((space) =>
    results.groups.flatMap((group): DataValue[][] => {
      const runs = runsOf(results, space, group)
      if (runs.length === 0) return []
      const totals = counts.map((name) => {
        const told = runs.flatMap((run) => run[name] ?? [])
        return told.length < runs.length ? null : told.reduce((sum, value) => sum + value, 0)
      })
      return [[space, group, runs.length, ...totals, kernelsOf(results, group, space).length]]
    }),
  )
  const columns = [
    ...texts('space', 'group'),
    ...numbers(0, 'runs', 'candidates', 'parsed', 'unique', 'handed to the compiler', 'compiled', 'returned'),
  ]
  return { name: 'candidates', title: 'What becomes of candidates', columns, rows }
}

function stageTable(funnels: readonly Funnel[]): DataTable {
  const rows = funnels.map(({ group, kernels, left }): DataValue[] => [group, kernels.length, ...left])
  const columns = [...texts('group'), ...numbers(0, 'validated', ...stages)]
  return { name: 'stages', title: 'Kernels left after each stage of validation', columns, rows }
}

function outcomeTable(validated: readonly GroupKernels[]): DataTable {
  const rows = validated.flatMap(({ group, kernels }) => {
    const counts = new Map<string, number>()
    for (const { outcome } of kernels) counts.set(outcome ?? '', (counts.get(outcome ?? '') ?? 0) + 1)
    return [...counts].sort(([, a], [, b]) => b - a).map(([outcome, count]): DataValue[] => [group, outcome, count])
  })
  const columns = [...texts('group', 'outcome'), ...numbers(0, 'kernels')]
  return { name: 'outcomes', title: 'Outcomes of validation', columns, rows, isDetail: true }
}
