// Several infilling processes: whole batches go to whichever has the least to do, so that every core writes.

import { availableParallelism } from 'node:os'
import type { Infill, InfillOptions } from './infill.ts'
import { type Infiller, InfillProcess } from './infill-process.ts'
import type { Context } from './model.ts'

/** Owns processes that each hold a model. */
export class InfillPool implements Infiller, Disposable {
  readonly #processes: readonly { readonly infiller: InfillProcess; waiting: number }[]

  /**
   * @param folder - of the model
   * @param size - processes; each takes about 200 MB. Default: one per core
   */
  constructor(folder: string, size: number = availableParallelism()) {
    this.#processes = Array.from({ length: size }, () => ({ infiller: new InfillProcess(folder), waiting: 0 }))
  }

  get size(): number {
    return this.#processes.length
  }

  /** As `InfillProcess.infill`; what comes does not depend on which process it comes from. */
  async infill(contexts: readonly Context[], options: InfillOptions, seed: number): Promise<readonly Infill[]> {
    const chosen = this.#processes.reduce((a, b) => (b.waiting < a.waiting ? b : a))
    chosen.waiting++
    try {
      return await chosen.infiller.infill(contexts, options, seed)
    } finally {
      chosen.waiting--
    }
  }

  /** When all hold the model. @throws as `infill` */
  async ready(): Promise<void> {
    await Promise.all(this.#processes.map(({ infiller }) => infiller.ready()))
  }

  [Symbol.dispose](): void {
    for (const { infiller } of this.#processes) infiller[Symbol.dispose]()
  }
}
