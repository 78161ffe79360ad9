// Makes smaller what takes a kernel out of bounds: indices that buffers hold, scalars, groups.

import type { Findings, Overrun, Setting } from './analysis/findings.ts'
import type { MemoryObject } from './analysis/memory.ts'
import { localSource, parameterSource, type Sources } from './analysis/values.ts'
import { sizeOf } from './c-types.ts'
import type { Sizes } from './sizes.ts'

/** Bytes that one buffer may take in a launch of the default size, and in one of a given size. */
const roomByDefault = 4 << 20
const roomAtMost = 256 << 20
/** Rounds of loops in all work-items of a launch of the default size: an interpreter has seconds for them. */
const mostRounds = 1 << 18
const mostRepairs = 40

/** What a kernel is analysed under, and what was found. */
export interface Repaired {
  readonly setting: Setting
  readonly findings: Findings
}

/** Where no more can be made smaller, the overrun is the kernel's own fault, and stays. */
export function repair(first: Setting, sizes: Sizes, analyse: (setting: Setting) => Findings): Repaired {
  let setting = first
  let findings = analyse(setting)
  while (sizes.isGlobalFree && countRounds(setting, findings) > mostRounds) {
    const shorter = shrinkScalar(setting, findings.roundSources)
    if (shorter === undefined) break
    setting = shorter
    findings = analyse(setting)
  }
  const room = sizes.isGlobalFree ? roomByDefault : roomAtMost
  const whole = { setting, findings }
  for (let i = 0; i < mostRepairs; i++) {
    const smaller = overrunsOf(findings, room).flatMap((overrun) => shrink(setting, sizes, overrun) ?? [])
    if (smaller.length === 0) break
    setting = smaller[0]
    findings = analyse(setting)
  }
  return isInVain(findings, room) ? whole : { setting, findings }
}

/** Buffers that nobody can tell the places in: smaller scalars do not help, and leave the kernel little to do. */
function isInVain(findings: Findings, room: number): boolean {
  const left = overrunsOf(findings, room)
  return left.length > 0 && left.every(({ object }) => object.fixedBytes === undefined && object.reach > roomAtMost)
}

function countRounds({ globalSize }: Setting, { rounds }: Findings): number {
  return rounds * globalSize.reduce((a, b) => a * b, 1)
}

function overrunsOf({ overruns, objects }: Findings, room: number): Overrun[] {
  const large = objects.filter((object) => object.fixedBytes === undefined && object.reach > roomOf(object, room))
  return [...overruns, ...large.map((object) => ({ object, reach: object.reach, sources: object.reachSources }))]
}

/** A device need not have more than this of constant memory for all arguments, nor of local memory for all arrays. */
function roomOf({ space }: MemoryObject, room: number): number {
  if (space === 'constant') return Math.min(room, 16 << 10)
  return space === 'local' ? Math.min(room, 8 << 10) : room
}

function shrink(setting: Setting, sizes: Sizes, { object, sources }: Overrun): Setting | undefined {
  return (
    shrinkContents(setting, object, sources) ?? shrinkScalar(setting, sources) ?? shrinkGroup(setting, sizes, sources)
  )
}

/** Indices of an array whose length is known may take all of it; else half of what they were. */
function shrinkContents(setting: Setting, object: MemoryObject, sources: Sources): Setting | undefined {
  const length = (object.fixedBytes ?? Number.POSITIVE_INFINITY) / Math.max(sizeOf(object.element), 1)
  const parameter = setting.contents.findIndex(
    ({ greatest, high }, i) => setting.scalars[i] === undefined && has(sources, i) && (greatest > 1 || high > 1),
  )
  if (parameter < 0) return undefined
  const bounds = setting.contents[parameter]
  const fit = bounds.greatest >= length ? length - 1 : Math.floor(bounds.greatest / 2)
  const changed = { ...bounds, greatest: Math.max(1, fit), high: Math.max(1, bounds.high / 2) }
  return { ...setting, contents: setting.contents.with(parameter, changed) }
}

function shrinkScalar(setting: Setting, sources: Sources): Setting | undefined {
  let largest = -1
  for (const [i, value] of setting.scalars.entries()) {
    if (value === undefined || value <= 1 || !has(sources, i)) continue
    if (largest < 0 || value > (setting.scalars[largest] ?? 0)) largest = i
  }
  if (largest < 0) return undefined
  const value = Math.max(1, Math.floor((setting.scalars[largest] ?? 1) / 2))
  return { ...setting, scalars: setting.scalars.with(largest, value) }
}

function shrinkGroup(setting: Setting, sizes: Sizes, sources: Sources): Setting | undefined {
  if (!sizes.isLocalFree) return undefined
  const { localSize: before } = setting
  const able = [2, 1, 0].filter((d) => before[d] > 1 && (sources & localSource(d)) !== 0)
  if (able.length === 0) return undefined
  const dimension = able.reduce((most, d) => (before[d] > before[most] ? d : most))
  const size = before[dimension]
  const localSize = before.with(dimension, size % 2 === 0 ? size / 2 : 1)
  return { ...setting, localSize }
}

function has(sources: Sources, parameter: number): boolean {
  return (sources & parameterSource(parameter)) !== 0
}
