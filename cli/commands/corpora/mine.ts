// `benchsteer corpora mine`: from repositories to a corpus. Commits as it goes, so Ctrl-C loses nothing.

import {
  loadHeldOutShingles,
  type MineIntoOptions,
  type MineReport,
  mineInto,
  Store,
  seedFolder,
} from '../../../corpora/index.ts'
import { BenchError, findClang, packagePath } from '../../../kernels/index.ts'
import type { Command } from '../../command.ts'
import type { CliIo } from '../../io.ts'
import { type Progress, startProgress } from '../../progress.ts'
import { defaultCorpusPath, grouped } from './options.ts'

interface MineFlags {
  readonly corpus: string
  readonly seed: boolean
  readonly force: boolean
}

interface Place {
  readonly location: string
  readonly attribution?: MineIntoOptions['attribution']
}

export const mineCommand: Command<MineFlags> = {
  name: 'mine',
  summary: 'Add the OpenCL kernels of directories and git repositories to a corpus.',
  description:
    'Kernels come from .cl files and from string literals. They are preprocessed, normalised, compiled and measured; ' +
    'each normal form is kept once, with its licence and origin. Kernels of the evaluation suites are marked as held ' +
    'out. A commit that is in the corpus already is skipped; interrupt it at any time and run it again to go on.',
  operands: [{ syntax: '[location...]', summary: 'directories, git checkouts or bare git mirrors on this machine' }],
  options: [
    { syntax: '-c, --corpus <file>', summary: 'corpus to create or extend', default: defaultCorpusPath },
    { syntax: '--seed', summary: 'also add the kernels that come with benchsteer' },
    { syntax: '--force', summary: 'mine commits again that are in the corpus already' },
  ],
  examples: ['corpora mine --seed', 'corpora mine ~/src/clblast ~/mirrors/*.git --corpus corpus.db'],

  async run(flags, io, operands) {
    const places: Place[] = operands.map((location) => ({ location }))
    if (flags.seed) places.unshift(seedPlace())
    if (places.length === 0) throw new RangeError('location: expected at least one directory or repository, or --seed')
    const common = { toolchain: `clang ${findClang().version}`, heldOutShingles: loadHeldOutShingles() }
    using store = Store.open(flags.corpus)
    let failures = 0
    for (const [i, place] of places.entries()) {
      const label = `[${i + 1}/${places.length}] ${place.location}`
      const options = { ...common, ...place, force: flags.force, nowMs: Date.now(), signal: io.signal }
      if (!(await mineOne(store, place.location, label, options, io))) failures++
    }
    const usable = grouped(store.kernels.count())
    io.out(`${flags.corpus}: ${usable} kernels fit for training, ${grouped(store.sources.list().length)} sources`)
    return failures === 0 ? 0 : 1
  },
}

function seedPlace(): Place {
  const attribution = {
    origin: 'seed',
    repository: 'benchsteer',
    licence: 'Apache-2.0',
    licenceClass: 'permissive',
  } as const
  return { location: packagePath(seedFolder), attribution }
}

/** The number of units is known only when the first are done. */
class UnitProgress implements Disposable {
  readonly #start: (units: number) => Progress
  #progress: Progress | undefined

  constructor(label: string, io: CliIo) {
    this.#start = (total) => startProgress(io, { label, total, unit: 'units' })
  }

  update(done: number, units: number): void {
    this.#progress ??= this.#start(units)
    this.#progress.update(done)
  }

  [Symbol.dispose](): void {
    this.#progress?.[Symbol.dispose]()
  }
}

/** @returns false where the location could not be read; the others go on */
async function mineOne(
  store: Store,
  location: string,
  label: string,
  options: MineIntoOptions,
  io: CliIo,
): Promise<boolean> {
  try {
    io.err(`${label}: ${describe(await mineWithProgress(store, location, label, options, io))}`)
    return true
  } catch (error) {
    const isAboutLocation = error instanceof BenchError && ['SOURCE_UNREADABLE', 'GIT_FAILED'].includes(error.code)
    if (!isAboutLocation) throw error
    io.err(`${label}: ${error.message}`)
    return false
  }
}

async function mineWithProgress(
  store: Store,
  location: string,
  label: string,
  options: MineIntoOptions,
  io: CliIo,
): Promise<MineReport> {
  using progress = new UnitProgress(label, io)
  const onProgress = (done: number, units: number): void => progress.update(done, units)
  return await mineInto(store, location, { ...options, onProgress })
}

function describe({ source, added, duplicates, known, heldOut }: MineReport): string {
  if (source === undefined) return 'in the corpus already'
  const counts = [
    `${grouped(source.kernels)} kernels in ${grouped(source.units)} units`,
    `${grouped(added)} new`,
    `${grouped(known)} known`,
    `${grouped(duplicates)} with known IR`,
    `${grouped(heldOut)} held out`,
  ]
  return `${counts.join(', ')} (${source.licence})`
}
