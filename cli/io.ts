// What a command sees of the outside: two lines of output, a stop signal, and whether a person is watching.

/** Handed to every command; tests hand their own. */
export interface CliIo {
  /** One line of results, to standard output. */
  out(line: string): void
  /** One line of news or complaint, to standard error. */
  err(line: string): void
  /** Aborted by Ctrl-C, SIGTERM, or when nobody reads standard output any more. */
  readonly signal: AbortSignal
  /** Standard error is a terminal: progress may redraw itself there. */
  readonly isTty: boolean
}

const doubleDeliveryMs = 500

/** The process's own streams and signals. The first Ctrl-C aborts `signal`, a second one ends the process. */
export function processIo(): CliIo {
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) onSignal(name, stop)
  // `benchsteer … | head` is no error: stop as if asked to.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    stop.abort(new OutputClosed())
  })
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    signal: stop.signal,
    isTty: process.stderr.isTTY === true,
  }
}

/** Why a run stopped: its reader has gone, as `head` does; not a failure. */
export class OutputClosed extends Error {
  constructor() {
    super('standard output was closed')
    this.name = 'OutputClosed'
  }
}

/** Why a run stopped: a signal. */
export class Interrupted extends Error {
  readonly exitCode: number

  constructor(name: 'SIGINT' | 'SIGTERM') {
    super(`stopped by ${name}`)
    this.name = 'Interrupted'
    this.exitCode = name === 'SIGINT' ? 130 : 143
  }
}

function onSignal(name: 'SIGINT' | 'SIGTERM', stop: AbortController): void {
  let firstMs: number | undefined
  process.on(name, () => {
    const nowMs = performance.now()
    // npm passes on the Ctrl-C that the terminal has sent to us already.
    if (firstMs !== undefined && nowMs - firstMs < doubleDeliveryMs) return
    if (firstMs !== undefined) process.exit(new Interrupted(name).exitCode)
    firstMs = nowMs
    stop.abort(new Interrupted(name))
  })
}
