// Counts that outlive a process: a file with one JSON line a launch. Interpreting is what models cost; with the counts at
// hand another description of a device, or another size, costs next to nothing.

import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { type ExecutedWork, workKinds } from './executed-work.ts'

/** What was counted before. */
export interface CountMemory {
  /** @param payload - hash of what the kernel was launched with */
  find(source: string, payload: string): ExecutedWork | undefined
  add(source: string, payload: string, work: ExecutedWork): void
}

/** Counts in a file, which is created with the first one. Several processes may add to one file. */
export class CountFile implements CountMemory {
  readonly #path: string
  readonly #known = new Map<string, ExecutedWork>()

  /**
   * Lines that are no counts, as an interrupted process leaves one, are passed over.
   * @throws the system's error where there is a file that cannot be read
   */
  constructor(path: string) {
    this.#path = path
    if (!existsSync(path)) return
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      const entry = parseLine(line)
      if (entry !== undefined) this.#known.set(entry.launch, entry.work)
    }
  }

  find(source: string, payload: string): ExecutedWork | undefined {
    return this.#known.get(launchOf(source, payload))
  }

  add(source: string, payload: string, work: ExecutedWork): void {
    const launch = launchOf(source, payload)
    this.#known.set(launch, work)
    // The line break comes first, so that a half line before does not spoil this one.
    appendFileSync(this.#path, `\n${JSON.stringify({ launch, work })}`)
  }
}

/** One name for what is counted: text and payload. */
function launchOf(source: string, payload: string): string {
  return createHash('sha256').update(source).update('\0').update(payload).digest('hex').slice(0, 32)
}

function parseLine(line: string): { readonly launch: string; readonly work: ExecutedWork } | undefined {
  if (line === '') return undefined
  try {
    const { launch, work } = JSON.parse(line) as { launch?: unknown; work?: Partial<Record<string, unknown>> }
    const isWhole = typeof launch === 'string' && workKinds.every((kind) => typeof work?.[kind] === 'number')
    return isWhole ? { launch, work: work as unknown as ExecutedWork } : undefined
  } catch {
    return undefined
  }
}
