// What `measure` writes for other programs, of one store or several.

import { greweHeader, greweLines, measurementLines, pairTimes, Store, type TimePair } from '../../corpora/index.ts'
import type { TimingDevice } from '../../kernels/index.ts'

/** What is written of what is stored. */
export interface Chosen {
  /** Paths of stores. */
  readonly corpora: readonly string[]
  /** Ids of devices. Default: all. */
  readonly devices?: readonly string[]
  /** Pair measured times with modelled ones? */
  readonly mix: boolean
}

/**
 * Pairs in the Grewe layout. Where there are times of a CPU and a GPU, what lacks one of the two is left out.
 * @throws {RangeError} before the first line, where devices cannot be paired
 */
export function csvLines(chosen: Chosen): string[] {
  const bodies = chosen.corpora.map((corpus) => {
    using store = Store.open(corpus, { mustExist: true })
    return [...greweLines(store, completePairs(pairTimes(store, chosen)))]
  })
  return [greweHeader(), ...bodies.flat()]
}

/** All of them where no pair is complete. */
export function completePairs(pairs: readonly TimePair[]): readonly TimePair[] {
  const complete = pairs.filter(({ label }) => label !== undefined)
  return complete.length === 0 ? pairs : complete
}

/** Every measurement with its repetitions. */
export function* jsonLines({ corpora, devices }: Chosen): Generator<string> {
  for (const corpus of corpora) {
    using store = Store.open(corpus, { mustExist: true })
    yield* measurementLines(store, devices)
  }
}

/** Fails before hours of measuring what could not be written then. @throws {RangeError} */
export function mustBePairable(devices: readonly TimingDevice[], mix: boolean): void {
  const isCpu = ({ facts }: TimingDevice): boolean => facts.kind === 'cpu'
  const cpus = devices.filter(isCpu)
  const names = devices.map(({ facts }) => facts.name).join(', ')
  if (cpus.length > 1 || devices.length - cpus.length > 1) {
    throw new RangeError(`--devices: csv pairs one CPU with one GPU, received ${names}`)
  }
  if (!mix && new Set(devices.map(({ facts }) => facts.provenance)).size > 1) {
    throw new RangeError(`--devices: csv pairs measured times with modelled ones only with --mix, received ${names}`)
  }
}
