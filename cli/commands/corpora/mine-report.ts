// What mining ends with: the yield of every source of the corpus and the losses of all, for people and as JSON.

import {
  countCorpus,
  countYields,
  type Pin,
  type PinnedSource,
  type SourceYield,
  type Store,
} from '../../../corpora/index.ts'
import { formatTable } from '../../table.ts'
import { countLines, grouped } from './options.ts'

/** A source that could not be fetched or read. */
export interface Failure {
  readonly source: string
  readonly reason: string
}

/** `corpora mine --report`. */
export interface MiningReport {
  /** Most kernels added first. */
  readonly sources: readonly ReportedSource[]
  readonly failures: readonly Failure[]
  /** Units and kernels lost, by reason, most frequent first. */
  readonly losses: Readonly<Record<string, number>>
}

interface ReportedSource extends SourceYield {
  /** Kernels that the manifest promises. */
  readonly expected?: number
}

/** Report on a whole corpus, so that a run which goes on where another stopped reports on both. */
export function reportOn(store: Store, manifest: readonly PinnedSource[], failures: readonly Failure[]): MiningReport {
  const expectedOf = (one: Pin): number | undefined =>
    manifest.find(({ repository, commit }) => repository === one.repository && commit === one.commit)?.kernels
  const sources = store.sources.list()
  const yields = countYields(sources, store.kernels.list({ includeDuplicates: true, heldOut: 'include' }))
  return {
    sources: yields.map((one) => ({ ...one, expected: expectedOf(one) })),
    failures,
    losses: countCorpus(sources, []).losses,
  }
}

/** Tables for people. */
export function describeReport({ sources, failures, losses }: MiningReport): string[] {
  const header = ['repository', 'units', 'kernels', 'new', 'held out', 'licence', '']
  return [
    ...formatTable(header, sources.map(rowOf)),
    ...countLines('losses', losses),
    ...(failures.length === 0 ? [] : ['', `${grouped(failures.length)} sources could not be mined:`]),
    ...failures.map(({ source, reason }) => `  ${source}: ${reason}`),
    '',
  ]
}

function rowOf({ repository, units, kernels, added, heldOut, licence, expected }: ReportedSource): string[] {
  const isAsPromised = expected === undefined || expected === kernels
  const remark = isAsPromised ? '' : `manifest: ${grouped(expected)} kernels`
  return [repository, ...[units, kernels, added, heldOut].map(grouped), licence, remark]
}
