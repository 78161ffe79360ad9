// Starts programs by the dozen. To start one, Node copies the page tables of its own process: 20 ms and more of the main
// thread where a process has grown to 700 MB, as searches do, 1 ms in a small one. So after a few programs a small
// process starts them for us.

import type { ChildProcess } from 'node:child_process'
import { forkModule } from '../fork-module.ts'
import { type Program, type ProgramEnd, runProgram } from './program.ts'

export type LaunchRequest =
  | { readonly kind: 'start'; readonly id: number; readonly program: Program }
  | { readonly kind: 'stop'; readonly id: number }

export type LaunchReply =
  | { readonly id: number; readonly end: ProgramEnd }
  | { readonly id: number; readonly error: string }

interface Waiting {
  readonly program: Program
  readonly signal: AbortSignal | undefined
  resolve(end: ProgramEnd | Promise<ProgramEnd>): void
  reject(error: unknown): void
}

/** Programs that this process starts itself: who runs no more of them needs no launcher. */
const startedHere = 8

/** Launchers that may die before this process starts everything itself. */
const mostLaunchers = 3

let started = 0
let launchers = 0
let launcher: Launcher | undefined

/**
 * Run a program to its end. The one place where it runs makes no difference to what comes back.
 * @throws the error of a program that cannot be started, or the abort reason of the signal
 */
export async function launch(program: Program, signal?: AbortSignal): Promise<ProgramEnd> {
  signal?.throwIfAborted()
  if (++started > startedHere && !launcher?.isAlive && launchers < mostLaunchers) {
    launcher = new Launcher()
    launchers++
  }
  return launcher?.isReady ? await launcher.run(program, signal) : await runProgram(program, signal)
}

/** Does not keep this process alive but while programs run. */
class Launcher {
  isReady = false
  isAlive = true
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  #requests = 0

  constructor() {
    this.#child = forkModule(new URL('./launcher-worker.ts', import.meta.url), { leadsGroup: true })
    this.#child.on('message', (reply: LaunchReply | 'ready') => {
      if (reply === 'ready') this.isReady = true
      else this.#answer(reply)
    })
    this.#child.stderr?.resume()
    this.#child.on('error', () => this.#fail())
    this.#child.on('exit', () => this.#fail())
    this.#child.unref()
    this.#child.channel?.unref()
    if (this.#child.stderr && 'unref' in this.#child.stderr) (this.#child.stderr as { unref(): void }).unref()
  }

  async run(program: Program, signal: AbortSignal | undefined): Promise<ProgramEnd> {
    const id = this.#requests++
    const stop = (): void => {
      this.#child.send({ kind: 'stop', id } satisfies LaunchRequest, () => {})
      this.#waiting.get(id)?.reject(signal?.reason)
    }
    signal?.addEventListener('abort', stop, { once: true })
    this.#child.channel?.ref()
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.set(id, { program, signal, resolve, reject })
        this.#child.send({ kind: 'start', id, program } satisfies LaunchRequest, (error) => {
          if (error) this.#fail()
        })
      })
    } finally {
      signal?.removeEventListener('abort', stop)
      this.#waiting.delete(id)
      if (this.#waiting.size === 0) this.#child.channel?.unref()
    }
  }

  #answer(reply: LaunchReply): void {
    const waiting = this.#waiting.get(reply.id)
    if ('end' in reply) waiting?.resolve(reply.end)
    else waiting?.reject(new Error(reply.error))
  }

  /** What it was at is begun again here. */
  #fail(): void {
    this.isAlive = false
    this.isReady = false
    for (const { program, signal, resolve } of this.#waiting.values()) resolve(runProgram(program, signal))
  }
}
