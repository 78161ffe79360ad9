// Opens what the loop works with: sources of kernels, and what labels them.

import {
  type Arm,
  CorpusSource,
  type DataSet,
  type Fold,
  findArm,
  findOverlap,
  LabelledPool,
  type Labeller,
  type LearnParts,
  SampleSource,
  SearchSource,
  seedCorpus,
  storeCorpus,
} from '../../active-learning/index.ts'
import { Store } from '../../corpora/index.ts'
import { packagePath } from '../../kernels/index.ts'
import { type ModelInfo, readModelInfo } from '../../synth/index.ts'
import type { CliIo } from '../io.ts'
import type { LabellerOpener } from './labeller.ts'
import type { LearnRunOptions } from './options.ts'
import { readRows } from './read-rows.ts'

/** Where kernels and their labels come from. */
export interface Means extends Disposable {
  readonly sources: LearnParts['sources']
  readonly labeller: Labeller
}

/**
 * @param openLabeller - undefined where nothing measures
 * @throws {RangeError} naming the option; {BenchError} where a model or device is missing
 */
export async function openMeans(
  options: LearnRunOptions,
  folds: readonly Fold[],
  names: readonly Arm['name'][],
  openLabeller: LabellerOpener | undefined,
  io: CliIo,
): Promise<Means> {
  const { labels } = options
  if (labels === null)
    throw new RangeError('--replay: expected --replay or two --devices, to say where labels come from')
  if (labels.kind === 'replay') return replayMeans(readRows('--replay', labels.file, io), folds, names, io)
  if (openLabeller === undefined)
    throw new RangeError('--devices: expected --replay; there is nothing here that measures')
  const opened = openSources(options, names)
  try {
    const labeller = await openLabeller(labels.devices, io)
    return {
      ...{ sources: opened.sources, labeller },
      [Symbol.dispose]() {
        opened[Symbol.dispose]()
        labeller[Symbol.dispose]()
      },
    }
  } catch (error) {
    opened[Symbol.dispose]()
    throw error
  }
}

/** Rows of a file in place of kernels to be written. */
function replayMeans(data: DataSet, folds: readonly Fold[], names: readonly Arm['name'][], io: CliIo): Means {
  const known = folds.flatMap(({ train, test }) => [...train, ...test])
  const { leaks } = findOverlap(data.rows, known)
  const shared = leaks.find(({ kind }) => kind !== 'twin')
  if (shared !== undefined) {
    const { kind, train } = shared
    throw new RangeError(
      `--replay: expected rows of which --base and --test have neither program nor source, received the ${kind} of ` +
        `'${train.program}' ${train.kernel}`,
    )
  }
  const twins = leaks.filter(({ kind }) => kind === 'twin').length
  if (twins > 0) {
    io.err(`--replay: ${twins} rows of --base or --test have a kernel of the same name and counts in ${data.name}`)
  }
  if (names.some((name) => findArm(name).kernels === 'corpus')) {
    throw new RangeError(
      "--arms: expected arms that --replay can answer, received 'nearest', which takes kernels from a corpus",
    )
  }
  const pool = new LabelledPool(data)
  return {
    sources: { search: pool.nearest(), samples: pool.drawn() },
    labeller: pool.labeller(),
    [Symbol.dispose]() {},
  }
}

/** Only what the arms need; their processes start with the first request. */
function openSources(options: LearnRunOptions, names: readonly Arm['name'][]): Pick<Means, 'sources'> & Disposable {
  const { search: settings, workers, buildDevice: device, corpus: path } = options
  const model = (): ModelInfo => readModelInfo(options.model ?? packagePath('model'))
  const kinds = new Set(names.map((name) => findArm(name).kernels))
  const search = kinds.has('search') ? new SearchSource(model(), { search: settings, workers, device }) : undefined
  const samples = kinds.has('samples') ? new SampleSource(model(), workers) : undefined
  const corpus = kinds.has('corpus') ? new CorpusSource([...seedCorpus(), ...readCorpus(path)]) : undefined
  return {
    sources: { search, samples, corpus },
    [Symbol.dispose]() {
      search?.[Symbol.dispose]()
      samples?.[Symbol.dispose]()
    },
  }
}

function readCorpus(path: string | undefined): ReturnType<typeof storeCorpus> {
  if (path === undefined) return []
  using store = Store.open(path, { mustExist: true })
  return storeCorpus(store)
}
