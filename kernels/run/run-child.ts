// One run worker as its parent sees it: one request at a time, limits for each, and the manner of its death.

import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DeviceChoice, type DeviceInfo, deviceRemedy } from '../device/devices.ts'
import { BenchError } from '../errors.ts'
import { forkModule } from '../fork-module.ts'
import { isolationCommand } from './isolation.ts'
import type { RunLimits, WorkerLimits } from './limits.ts'
import type { DeathCause, RunEnd, RunReply, RunRequest } from './protocol.ts'
import { readReport, reportPath } from './report.ts'
import { readUsage } from './watch.ts'

/** What a worker is started with. */
export interface RunChildOptions {
  readonly device?: DeviceChoice
  readonly limits: Required<WorkerLimits>
  /** An OpenCL driver in place of the installed ones: the path of its library. */
  readonly driver?: string
}

const openTimeoutMs = 60_000
const watchMs = 50
const stderrTailLength = 2000

/** Owns one child process, its process group and its scratch folder. After a `died` it is of no more use. */
export class RunChild implements Disposable {
  readonly #child: ChildProcess
  readonly #choice: DeviceChoice | undefined
  readonly #limits: Required<WorkerLimits>
  readonly #scratchFolder = mkdtempSync(join(tmpdir(), 'benchsteer-run-'))
  #settle: ((end: RunEnd) => void) | undefined
  #stderr = ''
  #death: { readonly cause: DeathCause; readonly log: string } | undefined
  #hadBegun = false
  #device: DeviceInfo | undefined

  constructor({ device, limits, driver }: RunChildOptions) {
    this.#choice = device
    this.#limits = limits
    this.#child = forkModule(new URL('./run-worker.ts', import.meta.url), {
      env: environment(this.#scratchFolder, driver),
      behind: isolationCommand(limits),
      leadsGroup: true,
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      this.#stderr = (this.#stderr + chunk).slice(-stderrTailLength)
    })
    this.#child.on('message', (reply: RunReply) => {
      if (reply.kind === 'begun') this.#hadBegun = true
      else this.#end(reply)
    })
    this.#child.on('error', (error) => this.kill('crash', `the worker failed: ${error.message}`))
    this.#child.on('close', (code, signal) => this.#die(`the worker died of ${signal ?? `exit code ${code}`}`))
  }

  /** The device it runs on, once open. */
  get device(): DeviceInfo {
    if (this.#device === undefined) throw new Error('RunChild: device read before open')
    return this.#device
  }

  /** Can it take requests still? */
  get isAlive(): boolean {
    return this.#death === undefined
  }

  /** To be called first. @throws {BenchError} DEVICE_MISSING */
  async open(): Promise<void> {
    const request: RunRequest = { kind: 'open', device: this.#choice, scratchFolder: this.#scratchFolder }
    const end = await this.request(request, { wallMs: openTimeoutMs, cpuMs: openTimeoutMs })
    if (end.kind === 'opened') this.#device = end.device
    else if (end.kind === 'missing') throw new BenchError('DEVICE_MISSING', end.log)
    else throw new BenchError('DEVICE_MISSING', `opening the device: ${this.#death?.log}; ${deviceRemedy}`)
  }

  /** Ask and wait; at a limit the child is killed. Never rejects. */
  request(request: RunRequest, limits: Required<RunLimits>): Promise<RunEnd> {
    return new Promise((resolve) => {
      this.#hadBegun = false
      if (this.#death !== undefined) {
        resolve({ kind: 'died', ...this.#death, hadBegun: false, report: '' })
        return
      }
      const stopWatching = this.#watch(limits)
      this.#settle = (end) => {
        stopWatching()
        resolve(end)
      }
      this.#stderr = ''
      this.#child.send(request, (error) => {
        if (error) this.kill('crash', `the worker does not listen: ${error.message}`)
      })
    })
  }

  /** End the child and all its descendants at once; an open request gets the reason. */
  kill(cause: DeathCause, log: string): void {
    this.#killGroup()
    this.#die(log, cause)
  }

  [Symbol.dispose](): void {
    this.kill('stopped', 'disposed of')
  }

  /** @returns what ends the watch */
  #watch({ wallMs, cpuMs }: Required<RunLimits>): () => void {
    const { memoryBytes } = this.#limits
    const { pid } = this.#child
    const before = pid === undefined ? undefined : readUsage(pid)
    const look = (): void => {
      const usage = pid === undefined ? undefined : readUsage(pid)
      if (usage === undefined) return
      if (usage.cpuMs - (before?.cpuMs ?? 0) > cpuMs) this.kill('cpu', `killed after ${cpuMs} ms of CPU time`)
      if (usage.memoryBytes > memoryBytes) this.kill('memory', `killed at ${usage.memoryBytes >> 20} MiB of memory`)
    }
    const watch = setInterval(look, watchMs)
    const timer = setTimeout(() => this.kill('wall', `killed after ${wallMs} ms`), wallMs)
    return () => {
      clearInterval(watch)
      clearTimeout(timer)
    }
  }

  #die(log: string, cause: DeathCause = 'crash'): void {
    if (this.#death === undefined) {
      const lastWords = this.#stderr.trim()
      this.#death = { cause, log: lastWords === '' ? log : `${log}\n${lastWords}` }
      this.#end({ kind: 'died', ...this.#death, hadBegun: this.#hadBegun, report: readReport(this.#scratchFolder) })
    }
    this.#killGroup() // what the driver has started itself, such as a linker
    rmSync(this.#scratchFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 10 }) // its threads die one by one
  }

  #killGroup(): void {
    const { pid } = this.#child
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL')
    } catch {
      this.#child.kill('SIGKILL') // where groups are not known
    }
  }

  #end(end: RunEnd): void {
    const settle = this.#settle
    this.#settle = undefined
    settle?.(end)
  }
}

/** Of the worker, besides the parent's. */
function environment(scratchFolder: string, driver: string | undefined): Record<string, string> {
  return {
    // PoCL would keep every kernel it ever built under ~/.cache.
    POCL_CACHE_DIR: scratchFolder,
    POCL_KERNEL_CACHE: '0',
    ...(driver === undefined ? {} : { OCL_ICD_VENDORS: driver, UV_THREADPOOL_SIZE: '1' }), // see Context.open
    // Read by Oclgrind only. Its limit of messages counts over the life of a process: the worker's limit of file size
    // stands in for it.
    OCLGRIND_LOG: reportPath(scratchFolder),
    OCLGRIND_DATA_RACES: '1',
    OCLGRIND_MAX_ERRORS: '1000000000',
    OCLGRIND_NUM_THREADS: '1',
  }
}
