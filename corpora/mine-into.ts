// Mines one location into a store. Kernels are committed in batches as they are found; the source is recorded last,
// so what was interrupted is mined again and finds its kernels known.

import { type MinedKernel, type MinedSource, type MineOptions, mine } from './mine.ts'
import { type Mirrors, openMirror } from './mirror.ts'
import type { PinnedSource } from './source-manifest.ts'
import type { NewKernel } from './store/records.ts'
import type { Store } from './store/store.ts'

/** How a location is mined into a store. */
export interface MineIntoOptions extends Omit<MineOptions, 'isDone'> {
  /** Now, in ms since 1970; stored with what is added. */
  readonly nowMs: number
  /** What measures the features, as `clang 14.0.6`. */
  readonly toolchain: string
  /** Mine a commit again that is in the store already. Default false. */
  readonly force?: boolean
  /** Record everything under this name, licence and origin instead of what the location says. */
  readonly attribution?: Pick<NewKernel, 'origin' | 'repository' | 'licence' | 'licenceClass'>
}

/** What mining one location brought. */
export interface MineReport {
  /** Undefined where the store has the commit already. */
  readonly source: MinedSource | undefined
  /** New kernels. */
  readonly added: number
  /** New normal forms with the IR of an earlier kernel. */
  readonly duplicates: number
  /** Normal forms that the store had. */
  readonly known: number
  /** Of all these, kept out of training. */
  readonly heldOut: number
}

/**
 * Mine a source of a manifest, fetched where no mirror has it.
 * @throws {BenchError} where it cannot be fetched or read or the store not be written
 * @throws the signal's reason when aborted; what was found before is in the store
 */
export async function minePinned(
  store: Store,
  source: PinnedSource,
  mirrors: Mirrors,
  options: Omit<MineIntoOptions, 'pin'>,
): Promise<MineReport> {
  if (options.force !== true && store.sources.isComplete(source.repository, source.commit)) {
    return { source: undefined, added: 0, duplicates: 0, known: 0, heldOut: 0 }
  }
  const location = await openMirror(source, mirrors, options.signal)
  return await mineInto(store, location, { ...options, pin: source })
}

const batchSize = 200

/** A plain folder has no commit that could tell whether it changed. */
const withoutCommit = 'directory'

/**
 * @throws {BenchError} where the location cannot be read or the store not be written
 * @throws the signal's reason when aborted; what was found before is in the store
 */
export async function mineInto(store: Store, location: string, options: MineIntoOptions): Promise<MineReport> {
  const counts = { added: 0, duplicates: 0, known: 0, heldOut: 0 }
  let pending: MinedKernel[] = []
  let source: MinedSource | undefined
  const flush = (): void => {
    const batch = pending
    pending = []
    const added = store.transaction(() => batch.map((kernel) => store.kernels.add(newKernel(kernel, options))))
    for (const { status } of added) counts[status === 'duplicate' ? 'duplicates' : status]++
  }
  const isDone = (repository: string, commit: string): boolean =>
    options.force !== true && commit !== withoutCommit && store.sources.isComplete(repository, commit)
  try {
    for await (const found of mine(location, { ...options, isDone })) {
      if (found.kind === 'source') source = attributed(found.source, options)
      else {
        if (found.kernel.heldOut !== null) counts.heldOut++
        if (pending.push(found.kernel) >= batchSize) flush()
      }
    }
  } finally {
    flush()
  }
  if (source !== undefined) store.sources.add({ ...source, minedAtMs: options.nowMs })
  return { source, ...counts }
}

function newKernel(kernel: MinedKernel, options: MineIntoOptions): NewKernel {
  const { tokens, ...rest } = kernel
  const { toolchain, nowMs, attribution } = options
  return { ...rest, origin: 'mined', tokenCount: tokens.length, toolchain, createdAtMs: nowMs, ...attribution }
}

function attributed(source: MinedSource, { attribution }: MineIntoOptions): MinedSource {
  if (attribution === undefined) return source
  const { repository, licence, licenceClass } = attribution
  return { ...source, repository: repository ?? source.repository, licence, licenceClass }
}
