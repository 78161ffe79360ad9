// Counts what a launch executes by interpreting it: Oclgrind's stand-alone interpreter reads the kernel and a text file
// with its ranges and arguments. It runs as a child process of its own behind the limits of all foreign code.

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BenchError } from '../../errors.ts'
import type { Payload, PayloadArgument } from '../../payload/payload.ts'
import { isolationCommand } from '../../run/isolation.ts'
import { resolveWorkerLimits } from '../../run/limits.ts'
import { type ExecutedWork, readExecutedWork } from './executed-work.ts'

/** Why a launch could not be counted. */
export interface CountFailure {
  readonly ok: false
  /** First line first. */
  readonly log: string
}

/** How a launch is counted. */
export interface CountOptions {
  /** Wall-clock limit, in ms. Default 10000. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

const program = 'oclgrind-kernel'
/** In this order: with 2.0 Oclgrind 21.10 does not know the instructions behind `vload` and other generic pointers. */
const standards = ['CL1.2', 'CL2.0'] as const
const largestOutput = 1 << 20
/** Of all arguments: they pass through a text file, of three characters a byte. */
const largestBytes = 32 * 2 ** 20
const remedy = 'apt-get install oclgrind'

/**
 * Interpret one launch.
 * @param source - preprocessed OpenCL C
 * @throws the signal's reason when aborted
 * @throws {BenchError} DEVICE_MISSING where Oclgrind is not installed
 */
export async function countWork(
  source: string,
  payload: Payload,
  options: CountOptions = {},
): Promise<{ readonly ok: true; readonly work: ExecutedWork } | CountFailure> {
  const { timeoutMs = 10_000, signal } = options
  signal?.throwIfAborted()
  const unfit = payload.arguments.find(({ kind }) => kind === 'image' || kind === 'sampler')
  if (unfit !== undefined) return { ok: false, log: 'images cannot be given to the interpreter that counts' }
  const size = payload.arguments.reduce((sum, value) => sum + ('bytes' in value ? value.bytes.length : 0), 0)
  if (size > largestBytes) return { ok: false, log: `arguments of ${size} bytes are too large for the interpreter` }
  if (/(?:#|%:|\?\?=)\s*(?:include|import)/.test(source)) return { ok: false, log: 'includes are not allowed here' }
  const folder = await mkdtemp(join(tmpdir(), 'benchsteer-count-'))
  try {
    await writeFile(join(folder, 'kernel.cl'), source)
    await writeFile(join(folder, 'launch.sim'), simulationOf(payload))
    let output: string | CountFailure = { ok: false, log: '' }
    for (const standard of standards) {
      output = await interpret(folder, standard, timeoutMs, signal)
      if (typeof output === 'string' || !output.log.includes('Build failure')) break
    }
    if (typeof output !== 'string') return output
    const work = readExecutedWork(output)
    return work === undefined ? { ok: false, log: firstLines(output) } : { ok: true, work }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Kernel file, name, ranges and arguments, in the interpreter's own format (src/kernel/Simulation.cpp). */
function simulationOf({ kernel, globalSize, localSize, arguments: values }: Payload): string {
  const range = (sizes: readonly number[]): string => [0, 1, 2].map((i) => sizes[i] ?? 1).join(' ')
  return `${['kernel.cl', kernel, range(globalSize), range(localSize), ...values.map(argumentOf)].join('\n')}\n`
}

function argumentOf(argument: PayloadArgument): string {
  if (argument.kind === 'local') return `<size=${argument.byteLength} uchar>`
  const bytes = argument.kind === 'buffer' || argument.kind === 'value' ? argument.bytes : new Uint8Array(0)
  return `<size=${bytes.length} hex uchar>\n${Array.from(bytes, (byte) => byte.toString(16)).join(' ')}`
}

function interpret(
  folder: string,
  standard: (typeof standards)[number],
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<string | CountFailure> {
  const [command, ...args] = [...isolationCommand(resolveWorkerLimits()), program, ...counting(standard), 'launch.sim']
  const options = { cwd: folder, timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: largestOutput, signal } as const
  return new Promise((resolve, reject) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else if (signal?.aborted) reject(signal.reason)
      else if (error.killed) resolve({ ok: false, log: `the interpreter was killed after ${timeoutMs} ms` })
      else if (error.code === 127 || error.code === 'ENOENT')
        reject(new BenchError('DEVICE_MISSING', `no ${program}; ${remedy}`))
      else resolve({ ok: false, log: `the interpreter failed: ${firstLines(stderr || stdout || error.message)}` })
    })
  })
}

function counting(standard: string): string[] {
  return ['--inst-counts', '--build-options', `-cl-std=${standard}`]
}

function firstLines(text: string): string {
  return text.trim().split('\n').slice(0, 3).join('\n') || 'the interpreter printed no counts'
}
