// The time that a kernel was in view: stands still while the study is paused and while the page is hidden.

/** One watch, started anew for each kernel. */
export class Stopwatch {
  #beforeMs = 0
  /** @type {number | null} */
  #sinceMs = null

  /** @param {number} elapsedMs - shown by the watch when it starts */
  start(elapsedMs) {
    this.#beforeMs = elapsedMs
    this.#sinceMs = performance.now()
  }

  /** @returns {number} ms shown */
  read() {
    return this.#beforeMs + (this.#sinceMs === null ? 0 : performance.now() - this.#sinceMs)
  }

  stop() {
    this.#beforeMs = this.read()
    this.#sinceMs = null
  }

  /** @returns {boolean} */
  isRunning() {
    return this.#sinceMs !== null
  }
}
