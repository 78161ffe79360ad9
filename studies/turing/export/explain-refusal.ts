// Why corpora cannot be balanced: which band lacks which corpus, and what would help.

import { type Band, type Bands, bandsOf, capacityOf, demands, type MatchOptions } from './band-table.ts'
import { type Fineness, finenesses } from './bands.ts'
import type { Candidate } from './candidates.ts'

const mostNamed = 5

/** Which band lacks which corpus, and what would help. */
export function explainRefusal(candidates: readonly Candidate[], options: MatchOptions, bands: Bands): string {
  const { items, machines, fineness } = options
  const unit = 2 * machines.length
  const possible = (wide: Fineness): number =>
    unit * [...bandsOf(candidates, wide).values()].reduce((sum, corpora) => sum + capacityOf(corpora, machines), 0)
  const wanting = [...bands]
    .map(([band, corpora]) => ({ band, corpora, short: shortOf(corpora, machines) }))
    .sort((a, b) => sizeOf(b.corpora) - sizeOf(a.corpora))
    .slice(0, mostNamed)
    .map(({ band, corpora, short }) => `  ${band}: ${countsOf(corpora, machines)}; ${short}`)
  const wider = finenesses
    .slice(0, finenesses.indexOf(fineness))
    .reverse()
    .filter((wide) => possible(wide) >= 2 * unit && possible(wide) > possible(fineness))
    .map((wide) => `--bands ${wide} (${possible(wide)} items)`)
  const advice = [
    ...(possible(fineness) >= 2 * unit ? [`--items ${possible(fineness)}`] : []),
    ...wider,
    'more kernels of the corpora named above, of that size',
  ]
  return [
    `the corpora cannot be balanced: ${items} items need ${items / unit} units of matched kernels, and the bands allow ${possible(fineness) / unit}.`,
    `The largest bands, and what limits each (a unit takes ${demands(machines)
      .map(([name, count]) => `${count} of ${name}`)
      .join(', ')}):`,
    ...wanting,
    `What would help: ${advice.join('; ')}.`,
  ].join('\n')
}

function shortOf(corpora: Band, machines: readonly string[]): string {
  const capacity = capacityOf(corpora, machines)
  const short = demands(machines)
    .filter(([name, perUnit]) => Math.floor((corpora.get(name)?.length ?? 0) / perUnit) === capacity)
    .map(([name]) => name)
  return capacity === 0 ? `lacks ${short.join(' and ')}` : `${capacity} units, limited by ${short.join(' and ')}`
}

function countsOf(corpora: Band, machines: readonly string[]): string {
  return demands(machines)
    .map(([name]) => `${name} ${corpora.get(name)?.length ?? 0}`)
    .join(', ')
}

function sizeOf(corpora: Band): number {
  return [...corpora.values()].reduce((sum, { length }) => sum + length, 0)
}
