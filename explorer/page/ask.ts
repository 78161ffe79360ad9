// What the page asks of the server.

import type {
  Changes,
  KernelDetails,
  KernelsColumns,
  KernelsHeader,
  MapColumns,
  MapHeader,
  Refusal,
  SpaceFacts,
  TimesColumns,
  TimesHeader,
} from './messages.ts'
import { unpack } from './packing.ts'

/** What is wrong where nothing answers. */
export const noAnswer = 'The explorer does not answer; is benchsteer view still running?'

/** All kernels, as the store is now. */
export async function askKernels(space: string): Promise<{ header: KernelsHeader; columns: KernelsColumns }> {
  return unpack(await (await ask('kernels', { fresh: '', space })).arrayBuffer())
}

/** All spaces that kernels are measured in. Takes a look at every vector, so it is asked for after the kernels. */
export async function askSpaces(snapshot: number): Promise<readonly SpaceFacts[]> {
  return (await ask('spaces', { snapshot: String(snapshot) })).json() as Promise<readonly SpaceFacts[]>
}

/** All times; there may be many for each kernel. */
export async function askTimes(snapshot: number): Promise<{ header: TimesHeader; columns: TimesColumns }> {
  return unpack(await (await ask('times', { snapshot: String(snapshot) })).arrayBuffer())
}

export async function askMap(snapshot: number, space: string): Promise<{ header: MapHeader; columns: MapColumns }> {
  return unpack(await (await ask('map', { snapshot: String(snapshot), space })).arrayBuffer())
}

/** One feature of all kernels. */
export async function askFeature(snapshot: number, space: string, name: string): Promise<Float32Array> {
  const reply = await ask('feature', { snapshot: String(snapshot), space, name })
  return unpack<object, { values: Float32Array }>(await reply.arrayBuffer()).columns.values
}

export async function askDetails(key: string): Promise<KernelDetails> {
  return (await ask('kernel', { key })).json() as Promise<KernelDetails>
}

export async function askChanges(): Promise<Changes> {
  return (await ask('changes', {})).json() as Promise<Changes>
}

/** @throws {Error} with a message for people */
async function ask(what: string, parameters: Readonly<Record<string, string>>): Promise<Response> {
  let reply: Response
  try {
    reply = await fetch(`api/${what}?${new URLSearchParams(parameters)}`)
  } catch {
    throw new Error(noAnswer)
  }
  if (reply.ok) return reply
  const { message } = (await reply.json()) as Refusal
  throw new Error(message)
}
