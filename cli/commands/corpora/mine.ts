// `benchsteer corpora mine`: from repositories to a corpus. Commits as it goes, so Ctrl-C loses nothing.

import {
  githubUrl,
  loadHeldOutShingles,
  type MineIntoOptions,
  type MineReport,
  mineInto,
  minePinned,
  type PinnedSource,
  readSourceManifest,
  Store,
  seedFolder,
  sourcesFile,
} from '../../../corpora/index.ts'
import { BenchError, findClang, packagePath } from '../../../kernels/index.ts'
import type { Command } from '../../command.ts'
import type { CliIo } from '../../io.ts'
import { type Progress, startProgress } from '../../progress.ts'
import { writeFile } from '../../write-file.ts'
import { describeReport, type Failure, reportOn } from './mine-report.ts'
import { defaultCorpusPath, grouped } from './options.ts'

interface MineFlags extends Mirrored {
  readonly corpus: string
  readonly seed: boolean
  /** True without a value. */
  readonly manifest?: string | true
  readonly report?: string
  readonly force: boolean
}

interface Mirrored {
  readonly mirrors: string
  readonly url: string
}

/** Something to mine. */
interface Place {
  readonly name: string
  readonly mine: (store: Store, options: MineIntoOptions) => Promise<MineReport>
}

export const mineCommand: Command<MineFlags> = {
  name: 'mine',
  summary: 'Add the OpenCL kernels of directories and git repositories to a corpus.',
  description:
    'Kernels come from .cl files and from string literals. They are preprocessed, normalised, compiled and measured; ' +
    'each normal form is kept once, with its licence and origin. Kernels of the evaluation suites are marked as held ' +
    'out. A commit that is in the corpus already is skipped; interrupt it at any time and run it again to go on.\n\n' +
    'A manifest names repositories and commits, as `corpora manifest` writes them. Commits that no mirror has are ' +
    'fetched. Mining a manifest ends with what every source of the corpus gave and what was lost.',
  operands: [{ syntax: '[location...]', summary: 'directories, git checkouts or bare git mirrors on this machine' }],
  options: [
    { syntax: '-c, --corpus <file>', summary: 'corpus to create or extend', default: defaultCorpusPath },
    { syntax: '--seed', summary: 'also add the kernels that come with benchsteer' },
    {
      syntax: '--manifest [file]',
      summary: 'also mine the commits that this names; without a file, those that come with benchsteer',
    },
    {
      syntax: '--mirrors <dir>',
      summary: 'holds the repositories of the manifest, as owner+name or owner/name; missing ones are fetched to it',
      default: 'mirrors',
    },
    {
      syntax: '--url <template>',
      summary: 'address to fetch from, with {repository} for owner/name',
      default: githubUrl,
      parse: urlTemplate,
    },
    { syntax: '--report <file>', summary: 'write as JSON what each source of the corpus gave, and all losses' },
    { syntax: '--force', summary: 'mine commits again that are in the corpus already' },
  ],
  examples: [
    'corpora mine --seed',
    'corpora mine ~/src/clblast ~/mirrors/*.git --corpus corpus.db',
    'corpora mine --manifest --mirrors ~/mirrors --report yields.json',
  ],

  async run(flags, io, operands) {
    const sources = manifestOf(flags)
    const places = [...(flags.seed ? [seedPlace()] : []), ...operands.map(localPlace), ...pinnedPlaces(sources, flags)]
    if (places.length === 0) {
      throw new RangeError('location: expected at least one directory or repository, --seed or --manifest')
    }
    const common = { toolchain: `clang ${findClang().version}`, heldOutShingles: loadHeldOutShingles() }
    using store = Store.open(flags.corpus)
    const failures: Failure[] = []
    for (const [i, place] of places.entries()) {
      const label = `[${i + 1}/${places.length}] ${place.name}`
      const options = { ...common, force: flags.force, nowMs: Date.now(), signal: io.signal }
      const failure = await mineOne(store, place, label, options, io)
      if (failure !== undefined) failures.push({ source: place.name, reason: failure })
    }
    if (flags.manifest !== undefined || flags.report !== undefined) {
      const report = reportOn(store, sources, failures)
      if (flags.manifest !== undefined) for (const line of describeReport(report)) io.out(line)
      if (flags.report !== undefined) writeFile('--report', flags.report, `${JSON.stringify(report, undefined, 2)}\n`)
    }
    const usable = grouped(store.kernels.count())
    io.out(`${flags.corpus}: ${usable} kernels fit for training, ${grouped(store.sources.list().length)} sources`)
    return failures.length === 0 ? 0 : 1
  },
}

function manifestOf({ manifest }: MineFlags): PinnedSource[] {
  if (manifest === undefined) return []
  return readSourceManifest(manifest === true ? packagePath(sourcesFile) : manifest)
}

function urlTemplate(text: string): string {
  if (text.includes('{repository}')) return text
  throw new RangeError(`expected an address with {repository} in it, received '${text}'`)
}

function localPlace(location: string): Place {
  return { name: location, mine: (store, options) => mineInto(store, location, options) }
}

function pinnedPlaces(sources: readonly PinnedSource[], { mirrors: folder, url }: Mirrored): Place[] {
  return sources.map((source) => ({
    name: source.repository,
    mine: (store, options) => minePinned(store, source, { folder, url }, options),
  }))
}

function seedPlace(): Place {
  const attribution = {
    origin: 'seed',
    repository: 'benchsteer',
    licence: 'Apache-2.0',
    licenceClass: 'permissive',
  } as const
  const location = packagePath(seedFolder)
  return { name: location, mine: (store, options) => mineInto(store, location, { ...options, attribution }) }
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

/** @returns why the place could not be read; the others go on */
async function mineOne(
  store: Store,
  place: Place,
  label: string,
  options: MineIntoOptions,
  io: CliIo,
): Promise<string | undefined> {
  try {
    io.err(`${label}: ${describe(await mineWithProgress(store, place, label, options, io))}`)
    return undefined
  } catch (error) {
    const isAboutPlace = error instanceof BenchError && ['SOURCE_UNREADABLE', 'GIT_FAILED'].includes(error.code)
    if (!isAboutPlace) throw error
    io.err(`${label}: ${error.message}`)
    return error.message
  }
}

async function mineWithProgress(
  store: Store,
  place: Place,
  label: string,
  options: MineIntoOptions,
  io: CliIo,
): Promise<MineReport> {
  using progress = new UnitProgress(label, io)
  const onProgress = (done: number, units: number): void => progress.update(done, units)
  return await place.mine(store, { ...options, onProgress })
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
