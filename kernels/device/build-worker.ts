// Child process: opens one device, then builds every source it is sent and answers in order. Builds run off the
// main thread, so that the loss of the parent ends this process at once even where the driver hangs.

import { rmSync } from 'node:fs'
import { dieWithParent } from '../fork-module.ts'
import { buildOptions, chooseDevice, type DeviceChoice, type DeviceInfo } from './devices.ts'

/** Parent to worker; `open` comes first and once. */
export type BuildRequest =
  | { readonly kind: 'open'; readonly device?: DeviceChoice; readonly scratchFolder: string }
  | { readonly kind: 'build'; readonly source: string }

/** Worker to parent: one reply a request, and `begun` ahead of the reply to a source. */
export type BuildReply =
  | { readonly kind: 'begun' }
  | { readonly kind: 'opened'; readonly device: DeviceInfo }
  | { readonly kind: 'missing'; readonly log: string }
  | { readonly kind: 'built'; readonly ok: true }
  | { readonly kind: 'built'; readonly ok: false; readonly log: string }

interface Builder {
  readonly context: { build(source: string, options: string): Promise<string | undefined> }
  readonly options: string
}

let builder: Builder | undefined

let scratchFolder: string | undefined

dieWithParent(() => {
  if (scratchFolder !== undefined) rmSync(scratchFolder, { recursive: true, force: true })
})
process.on('message', async (request: BuildRequest) => {
  if (request.kind === 'open') scratchFolder = request.scratchFolder
  const reply = request.kind === 'open' ? await open(request.device) : await build(request.source)
  process.send?.(reply)
})

async function open(choice: DeviceChoice | undefined): Promise<BuildReply> {
  try {
    // Loaded here, not above: a missing library is an answer.
    const [{ Context }, { describe, openDevices }] = await Promise.all([
      import('./opencl.ts'),
      import('./open-devices.ts'),
    ])
    const device = chooseDevice(openDevices(), choice)
    builder = { context: new Context(device.native), options: buildOptions(device) }
    return { kind: 'opened', device: describe(device) }
  } catch (error) {
    return { kind: 'missing', log: error instanceof Error ? error.message : String(error) }
  }
}

async function build(source: string): Promise<BuildReply> {
  if (builder === undefined) throw new TypeError('build before open')
  const begun: BuildReply = { kind: 'begun' }
  process.send?.(begun)
  const log = await builder.context.build(source, builder.options)
  return log === undefined ? { kind: 'built', ok: true } : { kind: 'built', ok: false, log: tidyLog(log) }
}

/** PoCL's log names temporary files and macro spellings; keep `line:column: message` of each error. */
function tidyLog(log: string): string {
  const errors = [...log.matchAll(/^error: \S+?:(\d+:\d+)(?: <Spelling=[^>]*>)?: (.*)$/gm)]
  return errors.length === 0 ? log : errors.map((match) => `${match[1]}: ${match[2]}`).join('\n')
}
