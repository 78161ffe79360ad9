// `benchsteer corpora training-data | vectors | manifest | seeds | hold-out`: what is made from a mined corpus, or from
// our seeds. The shipped model and the files in corpora/ came about this way; CONTRIBUTING.md has the recipe.

import { writeFileSync } from 'node:fs'
import {
  distinctVectors,
  formatSourceManifest,
  isPin,
  loadSeedKernels,
  packHashes,
  packMinedVectors,
  packSeedVectors,
  Store,
  type StoredKernel,
  seedVectorsPath,
  selectCorpus,
  shingleHashes,
  sideOf,
  sourcesFile,
} from '../../../corpora/index.ts'
import { featureSpaces } from '../../../features/index.ts'
import { findClang, irFlags, lex, packagePath } from '../../../kernels/index.ts'
import { measureSeeds, readSampledKernels, type TrainingKernel, writeTrainingData } from '../../../synth/index.ts'
import { type Command, integer } from '../../command.ts'
import { corpusOption, grouped } from './options.ts'

interface TrainingDataFlags {
  readonly corpus: string
  readonly out: string
  readonly copyleft: boolean
  readonly perRepository: number
  readonly perTemplate: number
  readonly sampled?: string
}

export const trainingDataCommand: Command<TrainingDataFlags> = {
  name: 'training-data',
  summary: 'Write what the trainer reads: vocabulary, features, kernels with their holes.',
  description:
    'Takes kernels that are not held out, drops duplicates by IR, caps what one repository or template gives, and splits ' +
    'by repository. Only permissively licensed kernels unless --copyleft.',
  options: [
    corpusOption,
    { syntax: '-o, --out <dir>', summary: 'folder to write', isRequired: true },
    { syntax: '--copyleft', summary: 'also kernels whose licence is copyleft or unknown' },
    { syntax: '--per-repository <n>', summary: 'kernels one repository may give', parse: integer(1), default: 300 },
    { syntax: '--per-template <n>', summary: 'kernels that may share one template', parse: integer(1), default: 6 },
    { syntax: '--sampled <file>', summary: 'also train on kernels that a model wrote, as `sample --out` writes them' },
  ],
  examples: [
    'corpora training-data --corpus corpus.db --out data/training',
    'corpora training-data --corpus corpus.db --sampled kernels.jsonl --out data/training-2',
  ],
  async run(flags, io) {
    using store = Store.open(flags.corpus, { mustExist: true })
    const { perRepository, perTemplate, copyleft } = flags
    const limits = { perRepository, perTemplate, permissiveOnly: !copyleft }
    const { kept, dropped } = selectCorpus([...store.kernels.list()], limits)
    const human = kept.map((kernel) => trainingKernel(kernel, store))
    const knownIr = new Set(kept.flatMap(({ irKey }) => irKey ?? []))
    const sampled =
      flags.sampled === undefined ? undefined : await readSampledKernels(flags.sampled, { knownIr, perTemplate })
    const summary = await writeTrainingData([...human, ...(sampled?.kernels ?? [])], flags.out)
    io.out(JSON.stringify({ ...summary, dropped, droppedSampled: sampled?.dropped }))
  },
}

function trainingKernel(kernel: StoredKernel, store: Store): TrainingKernel {
  const { key, text, licence } = kernel
  const repository = kernel.repository ?? 'benchsteer/seed'
  const isValidation = kernel.repository !== null && sideOf(repository) === 'validation'
  const tokens = lex(text).map((token) => token.text)
  const features = store.kernels.featuresOf(kernel.id)
  return { key, text, tokens, features, repository, licence, split: isValidation ? 'valid' : 'train' }
}

interface DeriveFlags {
  readonly corpus: string
  readonly out: string
}

export const vectorsCommand: Command<DeriveFlags> = {
  name: 'vectors',
  summary: 'Write the distinct feature vectors of a corpus: the baseline of `bench steering`.',
  options: [
    corpusOption,
    { syntax: '-o, --out <file>', summary: 'file to write', default: packagePath('corpora', 'mined-vectors.json.gz') },
  ],
  examples: ['corpora vectors --corpus corpus.db'],
  async run(flags, io) {
    using store = Store.open(flags.corpus, { mustExist: true })
    const repositories = new Set([...store.kernels.list({ origin: 'mined' })].map((kernel) => kernel.repository))
    const spaces = featureSpaces.map(({ id }) => {
      const vectors = [...store.kernels.vectors(id, { origin: 'mined' })].map(({ values }) => values)
      return [id, distinctVectors(vectors)] as const
    })
    const kernels = store.kernels.count({ origin: 'mined' })
    const toolchain = `clang ${findClang().version} ${irFlags.join(' ')}`
    const packed = { kernels, repositories: repositories.size, toolchain, spaces: Object.fromEntries(spaces) }
    writeFileSync(flags.out, packMinedVectors(packed))
    io.out(spaces.map(([id, vectors]) => `${id}: ${grouped(vectors.length)} distinct vectors`).join(', '))
  },
}

export const manifestCommand: Command<DeriveFlags> = {
  name: 'manifest',
  summary: 'Write which commits a corpus was mined from, so that `corpora mine --manifest` mines it again.',
  options: [corpusOption, { syntax: '-o, --out <file>', summary: 'file to write', default: packagePath(sourcesFile) }],
  examples: ['corpora manifest --corpus corpus.db -o sources.json'],
  async run(flags, io) {
    using store = Store.open(flags.corpus, { mustExist: true })
    const all = store.sources.list()
    const sources = all.filter(isPin)
    writeFileSync(flags.out, formatSourceManifest(sources))
    const left = all.length - sources.length
    const remark = left === 0 ? '' : `; ${grouped(left)} left out that are no commit of an owner/name`
    io.out(`${grouped(sources.length)} sources written to ${flags.out}${remark}`)
  },
}

export const seedsCommand: Command<Pick<DeriveFlags, 'out'>> = {
  name: 'seeds',
  summary: 'Write normal forms and vectors of the seed kernels: what a search starts from.',
  options: [{ syntax: '-o, --out <file>', summary: 'file to write', default: seedVectorsPath }],
  examples: ['corpora seeds'],
  async run(flags, io) {
    const vectors = await measureSeeds(loadSeedKernels())
    writeFileSync(flags.out, packSeedVectors(vectors))
    io.out(`${grouped(vectors.kernels.length)} kernels written to ${flags.out}`)
  },
}

export const holdOutCommand: Command<DeriveFlags> = {
  name: 'hold-out',
  summary: 'Write the shingles of a corpus of evaluation suites: what mining keeps out of training.',
  options: [
    corpusOption,
    { syntax: '-o, --out <file>', summary: 'file to write', default: packagePath('corpora', 'held-out.bin') },
  ],
  examples: ['corpora hold-out --corpus suites.db'],
  async run(flags, io) {
    using store = Store.open(flags.corpus, { mustExist: true })
    const hashes = new Set<number>()
    for (const { text } of store.kernels.list({ includeDuplicates: true, heldOut: 'include' })) {
      for (const hash of shingleHashes(lex(text).map((token) => token.text))) hashes.add(hash)
    }
    writeFileSync(flags.out, packHashes(hashes))
    io.out(`${grouped(hashes.size)} shingles written to ${flags.out}`)
  },
}
