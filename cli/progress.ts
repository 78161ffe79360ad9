// Progress on standard error: a bar where a person is watching, else a plain line every ten seconds.

import { SingleBar } from 'cli-progress'
import type { CliIo } from './io.ts'

/** What the progress of some work looks like. */
export interface ProgressOptions {
  /** What is being done: `synthesizing`. */
  readonly label: string
  /** Units of work in all. Default: nobody knows, so that only notes are shown. */
  readonly total?: number
  /** What a unit is called, in the plural: `kernels`. Default `steps`; empty for a share of a budget, shown as ETA. */
  readonly unit?: string
}

const quietMs = 10_000

/** Hold it with `using`; other output goes through `io` after the bar has ended. */
export interface Progress extends Disposable {
  /**
   * @param done - units done so far, from 0 to `total`; may grow by fractions
   * @param note - short free text behind the figures, e.g. the best distance so far
   */
  update(done: number, note?: string): void
}

/** Start reporting. Ends with the bar full, or where it stood, at dispose. */
export function startProgress(io: CliIo, options: ProgressOptions): Progress {
  return io.isTty ? startBar(options) : startLines(io, options)
}

function startBar({ label, total, unit = 'steps' }: ProgressOptions): Progress {
  const startMs = performance.now()
  const bar = new SingleBar({
    format: total === undefined ? `${label}  {note}` : `${label} [{bar}] {percentage}%  {figures}  {note}`,
    barCompleteChar: '=',
    barIncompleteChar: ' ',
    barsize: 30,
    fps: 5,
    hideCursor: true,
    // Ctrl-C is ours: the run saves before it ends.
    gracefulExit: false,
  })
  bar.start(total ?? 1, 0, { figures: '', note: '' })
  return {
    update(done, note = '') {
      const shown = total === undefined ? '' : figures(done, total, unit, performance.now() - startMs)
      bar.update(Math.min(done, total ?? 0), { figures: shown, note })
    },
    [Symbol.dispose]: () => bar.stop(),
  }
}

function startLines(io: CliIo, { label, total, unit = 'steps' }: ProgressOptions): Progress {
  const startMs = performance.now()
  let lastMs = startMs
  return {
    update(done, note) {
      const nowMs = performance.now()
      if (nowMs - lastMs < quietMs) return
      lastMs = nowMs
      const percent = total === undefined ? '' : ` ${Math.floor((100 * done) / total)}%`
      const shown = total === undefined ? '' : figures(done, total, unit, nowMs - startMs)
      io.err([`${label}:${percent}`, shown, note].filter(Boolean).join('  '))
    },
    [Symbol.dispose]() {},
  }
}

/** `120/400 kernels, 12.3/s, 23 s left` */
function figures(done: number, total: number, unit: string, elapsedMs: number): string {
  const rate = elapsedMs === 0 ? 0 : (done / elapsedMs) * 1000
  if (unit === '') return rate === 0 ? '' : `${formatSeconds((total - done) / rate)} left`
  const shown = `${Math.floor(done)}/${Math.floor(total)} ${unit}, ${rate.toFixed(1)}/s`
  return rate === 0 ? shown : `${shown}, ${formatSeconds((total - done) / rate)} left`
}

function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
