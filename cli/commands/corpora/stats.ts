// `benchsteer corpora stats`: how much a corpus holds, from where, and what was lost.

import { type CorpusStatistics, countCorpus, Store } from '../../../corpora/index.ts'
import type { Command } from '../../command.ts'
import { corpusOption, countLines, grouped } from './options.ts'

interface StatsFlags {
  readonly corpus: string
  readonly json: boolean
}

export const statsCommand: Command<StatsFlags> = {
  name: 'stats',
  summary: 'Count the sources, kernels, tokens, licences and losses of a corpus.',
  options: [corpusOption, { syntax: '--json', summary: 'print one JSON object with everything' }],
  examples: ['corpora stats', 'corpora stats --corpus corpus.db --json'],

  async run(flags, io) {
    using store = Store.open(flags.corpus, { mustExist: true })
    const everything = store.kernels.list({ includeDuplicates: true, heldOut: 'include' })
    const statistics = countCorpus(store.sources.list(), everything)
    for (const line of flags.json ? [JSON.stringify(statistics)] : describe(statistics)) io.out(line)
  },
}

function describe({ sources, kernels, tokens, ...counts }: CorpusStatistics): string[] {
  const { p10, p50, p90, p99, max } = tokens.percentiles
  return [
    row('sources', sources.count, `${grouped(sources.files)} files, ${grouped(sources.units)} units`),
    row('kernels that compile', sources.kernels, 'distinct within their source'),
    row('normal forms', kernels.normalForms, describeCounts(kernels.byOrigin)),
    row('distinct by IR', kernels.distinctByIr),
    row('held out', kernels.heldOut),
    row('fit for training', kernels.usable, `from ${grouped(kernels.repositories)} repositories`),
    row('tokens of these', tokens.total, `10 % ≤ ${p10}, 50 % ≤ ${p50}, 90 % ≤ ${p90}, 99 % ≤ ${p99}, longest ${max}`),
    ...countLines('licence classes', counts.licenceClasses),
    ...countLines('licences', counts.licences),
    ...countLines('repositories', counts.repositories),
    ...countLines('held out', counts.heldOut),
    ...countLines('losses', counts.losses),
  ]
}

function row(label: string, count: number, remark = ''): string {
  return `${label.padEnd(22)}${grouped(count).padStart(11)}  ${remark}`.trimEnd()
}

function describeCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${grouped(count)} ${name}`)
    .join(', ')
}
