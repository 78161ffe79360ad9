// Child process: opens one device, then builds and runs what it is sent, one request at a time. Foreign code runs off
// the main thread, so that the loss of the parent ends this process at once even where a kernel hangs.

import { rmSync } from 'node:fs'
import type { Context } from '../device/context.ts'
import { buildOptions, chooseDevice, type DeviceChoice } from '../device/devices.ts'
import type { OpenDevice } from '../device/open-devices.ts'
import { dieWithParent } from '../fork-module.ts'
import type { LoadedKernel } from './loaded-kernel.ts'
import type { LaunchReply, LaunchRequest, LoadReply, LoadRequest, RunReply, RunRequest, RunTimes } from './protocol.ts'
import { readReport } from './report.ts'

/** What is open; modules that load OpenCL are imported late, because a missing library is an answer. */
interface Opened {
  readonly device: OpenDevice
  newContext(): Promise<Context>
  newKernel(...args: ConstructorParameters<typeof LoadedKernel>): LoadedKernel
}

let opened: Opened | undefined
let context: Context | undefined
let loaded: LoadedKernel | undefined
let scratchFolder: string | undefined

dieWithParent(() => {
  // Again where Oclgrind, which goes on interpreting meanwhile, has just written to it.
  if (scratchFolder !== undefined)
    rmSync(scratchFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 10 })
})
process.on('message', async (request: RunRequest) => {
  if (request.kind !== 'open') send({ kind: 'begun' })
  send(await answer(request))
})

function send(reply: RunReply): void {
  process.send?.(reply)
}

async function answer(request: RunRequest): Promise<RunReply> {
  switch (request.kind) {
    case 'open':
      scratchFolder = request.scratchFolder
      return await open(request.device)
    case 'build':
      return await build(request.source)
    case 'load':
      return await load(request)
    case 'launch':
      return await launch(request)
  }
}

async function open(choice: DeviceChoice | undefined): Promise<RunReply> {
  try {
    const [{ Context }, { describe, openDevices }, { LoadedKernel }] = await Promise.all([
      import('../device/context.ts'),
      import('../device/open-devices.ts'),
      import('./loaded-kernel.ts'),
    ])
    const device = chooseDevice(openDevices(), choice)
    opened = {
      device,
      newContext: () => Context.open(device.native),
      newKernel: (...args) => new LoadedKernel(...args),
    }
    context = await opened.newContext()
    return { kind: 'opened', device: describe(device) }
  } catch (error) {
    return { kind: 'missing', log: messageOf(error) }
  }
}

async function build(source: string): Promise<RunReply> {
  if (opened === undefined || context === undefined) throw new TypeError('build before open')
  const log = await context.build(source, buildOptions(opened.device))
  return log === undefined ? { kind: 'built', ok: true } : { kind: 'built', ok: false, log: tidyLog(log) }
}

async function load({ source, payload, buildOptions: given, environment }: LoadRequest): Promise<LoadReply> {
  if (opened === undefined) throw new TypeError('load before open')
  const fail = (stage: 'build' | 'arguments', log: string): LoadReply => ({ kind: 'loaded', ok: false, stage, log })
  const startMs = performance.now()
  loaded?.[Symbol.dispose]()
  loaded = undefined
  context?.[Symbol.dispose]()
  Object.assign(process.env, environment)
  context = await opened.newContext() // an interpreter's report begins anew with it
  const program = await context.createProgram(source, given ?? buildOptions(opened.device))
  if (typeof program === 'string') return fail('build', tidyLog(program))
  const buildMs = performance.now() - startMs
  try {
    loaded = opened.newKernel(context, program, payload)
    return { kind: 'loaded', ok: true, buildMs, elapsedMs: performance.now() - startMs }
  } catch (error) {
    return fail('arguments', messageOf(error))
  }
}

async function launch({ runs, guardSalt, wantOutputs }: LaunchRequest): Promise<LaunchReply> {
  if (loaded === undefined) throw new TypeError('launch before load')
  const times: RunTimes[] = []
  const startMs = performance.now()
  try {
    for (;;) {
      const run = await loaded.run(guardSalt)
      times.push(run.times)
      if (times.length < runs && run.damage.length === 0) continue
      const outputs = wantOutputs ? run.outputs : run.outputs.map(() => undefined)
      const elapsedMs = performance.now() - startMs
      return { kind: 'launched', ok: true, times, outputs, damage: run.damage, report: report(), elapsedMs }
    }
  } catch (error) {
    const isRange = /CL_INVALID_(?:WORK|GLOBAL)/.test(messageOf(error))
    const stage = isRange ? 'arguments' : 'launch'
    return { kind: 'launched', ok: false, stage, log: messageOf(error), report: report() }
  }
}

function report(): string {
  return scratchFolder === undefined ? '' : readReport(scratchFolder)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** PoCL's log names temporary files and macro spellings; keep `line:column: message` of each error. */
function tidyLog(log: string): string {
  const errors = [...log.matchAll(/^error: \S+?:(\d+:\d+)(?: <Spelling=[^>]*>)?: (.*)$/gm)]
  return errors.length === 0 ? log : errors.map((match) => `${match[1]}: ${match[2]}`).join('\n')
}
