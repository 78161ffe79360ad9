// Warm children, lent one at a time to at most so many borrowers. One that has died is replaced at once, in the
// background, because a fresh one takes up to a second to load its driver; spares stand in meanwhile.

import { DisposedError } from '../errors.ts'

/** What a pool holds. */
export interface PoolChild extends Disposable {
  readonly isAlive: boolean
  /** Called first and once; the child is ready then. */
  open(): Promise<void>
}

/** How many children a pool holds. */
export interface PoolSize {
  /** Lent at once, 1 to 64. */
  readonly workers: number
  /** More of them, warm, for those that die. */
  readonly spares: number
}

/** Owns children that are all alike. */
export class ChildPool<Child extends PoolChild> implements Disposable {
  readonly #owner: string
  readonly #create: () => Child
  readonly #children = new Set<Child>()
  readonly #idle: Promise<Child>[] = []
  readonly #waiting: (() => void)[] = []
  #free = 0
  #isDisposed = false

  /**
   * @param owner - class name, for DisposedError
   * @param create - starts a child; the pool opens and disposes it
   */
  constructor(owner: string, create: () => Child) {
    this.#owner = owner
    this.#create = create
  }

  /** To be called first and once. @returns one of the children @throws what opening throws, or RangeError */
  async fill({ workers, spares }: PoolSize): Promise<Child> {
    if (!Number.isInteger(workers) || workers < 1 || workers > 64) {
      throw new RangeError(`workers: expected an integer from 1 to 64, received ${workers}`)
    }
    if (!Number.isInteger(spares) || spares < 0 || spares > 64) {
      throw new RangeError(`spares: expected an integer from 0 to 64, received ${spares}`)
    }
    const children = Array.from({ length: workers }, () => this.#startOne())
    for (let i = 0; i < spares; i++) this.#addReplacement()
    this.#idle.unshift(...children)
    this.#free = workers
    const [first] = await Promise.all(children)
    return first
  }

  /** A living child, to be given back. Waits where as many as there are workers are out. */
  async take(): Promise<Child> {
    this.check()
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#free--
    for (;;) {
      this.check()
      const next = this.#idle.shift()
      if (next === undefined) throw new Error('ChildPool lent more children than it has')
      try {
        const child = await next
        if (child.isAlive) return child
        this.#children.delete(child)
      } catch (error) {
        this.#addReplacement()
        this.#release()
        throw error
      }
      this.#addReplacement()
    }
  }

  /** Lend the child to the next in line; a dead one is replaced. */
  giveBack(child: Child): void {
    if (this.#isDisposed) return
    if (child.isAlive) this.#idle.unshift(Promise.resolve(child))
    else {
      this.#children.delete(child)
      this.#addReplacement()
    }
    this.#release()
  }

  /** @throws {DisposedError} after dispose */
  check(): void {
    if (this.#isDisposed) throw new DisposedError(this.#owner)
  }

  [Symbol.dispose](): void {
    if (this.#isDisposed) return
    this.#isDisposed = true
    for (const child of this.#children) child[Symbol.dispose]()
    for (const resume of this.#waiting.splice(0)) resume()
  }

  #release(): void {
    const resume = this.#waiting.shift()
    if (resume === undefined) this.#free++
    else resume()
  }

  #addReplacement(): void {
    const replacement = this.#startOne()
    replacement.catch(() => {}) // whoever takes it sees the error
    this.#idle.push(replacement)
  }

  async #startOne(): Promise<Child> {
    this.check()
    const child = this.#create()
    this.#children.add(child)
    try {
      await child.open()
      return child
    } catch (error) {
      child[Symbol.dispose]()
      this.#children.delete(child)
      this.check()
      throw error
    }
  }
}
