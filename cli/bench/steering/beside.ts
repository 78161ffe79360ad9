// Methods against the first of them over the same targets and seeds: paired, by program, corrected for how many they
// are.

import { buildGrid, compareGroups, judge } from '../../../evaluation/index.ts'
import type { SteeringRun } from './run.ts'

const seed = 0 // of bootstrap and test

/** @returns lines of Markdown; none for a single method */
export function besideFirst(runs: readonly SteeringRun[], methods: readonly string[]): string[] {
  const [first, ...others] = methods
  const spaces = [...new Set(runs.map(({ space }) => space))]
  const compared = spaces.flatMap((space) => {
    const gridOf = (method: string) => {
      const byTarget = new Map<string, Map<number, number>>()
      for (const run of runs) {
        if (run.space !== space || run.method !== method) continue
        byTarget.set(run.target, (byTarget.get(run.target) ?? new Map()).set(run.seed, run.proximity))
      }
      return buildGrid(byTarget)
    }
    const reference = gridOf(first)
    return others.flatMap((method) => {
      const comparison = compareGroups([method, gridOf(method)], [first, reference], seed)
      return comparison === undefined ? [] : [{ space, ...comparison }]
    })
  })
  const rows = judge(compared).map((own) => {
    const { difference, interval, targets, programs, seeds } = own
    const span = `${signed(difference)} (${signed(interval.low)} to ${signed(interval.high)})`
    const p = own.adjustedP < 0.001 ? '< 0.001' : own.adjustedP.toFixed(3)
    const counts = [targets, programs, seeds, span, own.better, own.equal, own.worse, p]
    return `| ${[own.space, own.subject, ...counts].join(' | ')} |`
  })
  if (rows.length === 0) return []
  return [
    `| space | beside \`${first}\` | targets | programs | seeds | points nearer (95 %) | nearer | alike | less near | p (Holm) |`,
    '|---|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...rows,
  ]
}

function signed(value: number): string {
  return value < 0 ? `−${(-value).toFixed(2)}` : `+${value.toFixed(2)}`
}
