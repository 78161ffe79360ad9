// The time that a command has: a limit, or Ctrl-C before it.

/** The time that an invocation has. Hold it with `using`. */
export class Clock implements Disposable {
  readonly #totalMs: number
  readonly #startedMs = performance.now()
  readonly #end = new AbortController()
  readonly #stop: AbortSignal
  readonly #timer: NodeJS.Timeout | undefined
  readonly #pass = (): void => this.#end.abort(this.#stop.reason)

  constructor(totalMs: number, stop: AbortSignal) {
    this.#totalMs = totalMs
    this.#stop = stop
    if (stop.aborted) this.#pass()
    stop.addEventListener('abort', this.#pass, { once: true })
    // Not `AbortSignal.any` of a timeout: Node 20 collects a timeout that nobody else holds, and it never comes.
    const longestMs = 2 ** 31 - 1 // of a timer
    if (Number.isFinite(totalMs)) {
      this.#timer = setTimeout(() => this.#end.abort(new Error('the time is over')), Math.min(totalMs, longestMs))
    }
  }

  get signal(): AbortSignal {
    return this.#end.signal
  }

  /** 0 to 1; 0 where nothing limits it. */
  get share(): number {
    return Math.min(1, (performance.now() - this.#startedMs) / this.#totalMs)
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    this.#stop.removeEventListener('abort', this.#pass)
  }
}
