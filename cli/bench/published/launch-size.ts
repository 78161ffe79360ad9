// How large a launch a row of the public data was. The data name an input class and the bytes that were copied, not the
// work-items: they follow from the bytes that our payloads have at two sizes, and in NPB from the class.

import type { GreweRow } from '../../../active-learning/index.ts'
import { copiesOf, itemsOf, planTimed, type TimedPayload } from '../../../kernels/index.ts'

/** Bytes of a launch that was planned. */
export interface PlannedBytes {
  readonly items: number
  readonly dimensions: number
  readonly writeBytes: number
  readonly readBytes: number
  readonly writes: number
  readonly reads: number
}

/** Sizes in work-items at which a payload is looked at. */
const plannedSizes: readonly [number, number] = [2 ** 10, 2 ** 13]

/** Bytes must grow with the size for telling it: at least so much between the two. */
const leastGrowth = 4

/** Faster than this (GB/s) no bus of that machine copies: such a row's time leaves copies out. PCI Express 3.0, 16 lanes. */
const fastestCopyGBs = 12

/** Grid points, rows or keys by program and class (NAS-95-020 and NPB 3.3's headers); a number: along each side of a cube. */
const npbClasses: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  BT: cubes({ S: 12, W: 24, A: 64, B: 102, C: 162 }),
  SP: cubes({ S: 12, W: 36, A: 64, B: 102, C: 162 }),
  LU: cubes({ S: 12, W: 33, A: 64, B: 102, C: 162 }),
  MG: cubes({ S: 32, W: 128, A: 256, B: 256, C: 512 }),
  FT: { S: 2 ** 18, W: 2 ** 19, A: 2 ** 23, B: 2 ** 25, C: 2 ** 27 },
  CG: { S: 1400, W: 7000, A: 14_000, B: 75_000, C: 150_000 },
  IS: { S: 2 ** 16, W: 2 ** 20, A: 2 ** 23, B: 2 ** 25, C: 2 ** 27 },
}

function cubes(sides: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(sides).map(([name, side]) => [name, side ** 3]))
}

/** Payloads at `plannedSizes`; undefined where none can be made. */
export function planBytes(source: string, seed: number): readonly [PlannedBytes, PlannedBytes] | undefined {
  const [small, large] = plannedSizes.map((size) => bytesOf(planTimed(source, { size, seed })))
  return small === undefined || large === undefined ? undefined : [small, large]
}

function bytesOf(planned: TimedPayload): PlannedBytes | undefined {
  if (!planned.ok) return undefined
  const { globalSize, writeBytes, readBytes } = planned.facts
  const { writes, reads } = copiesOf(planned.payload)
  const counts = { writes: writes.length, reads: reads.length }
  return { items: itemsOf(globalSize), dimensions: globalSize.length, writeBytes, readBytes, ...counts }
}

/**
 * Work-items of a row's launch, or why they are not known.
 * @param planned - payloads at `plannedSizes`
 */
export function launchItems(row: GreweRow, planned: readonly [PlannedBytes, PlannedBytes]): number | string {
  if (row.suite.startsWith('npb')) return npbItems(row, planned[1].dimensions)
  const [small, large] = planned.map(({ writeBytes, readBytes }) => writeBytes + readBytes)
  if (large < small * leastGrowth) return 'bytes do not tell the size'
  const power = Math.log(large / small) / Math.log(planned[1].items / planned[0].items)
  return Math.max(1, Math.round(planned[1].items * (row.transferBytes / large) ** (1 / power)))
}

/** A kernel of fewer dimensions than its grid has loops over the rest. */
function npbItems(row: GreweRow, dimensions: number): number | string {
  const program = row.program.slice(row.suite.length + 1)
  const points = npbClasses[program]?.[row.dataset]
  if (points === undefined) return 'no size of that class is known'
  return Math.round(program === 'CG' || program === 'IS' ? points : points ** (dimensions / 3))
}

/** Do the times of a row hold copies? In most of NPB they cannot: the bytes are those of the whole program. */
export function holdsCopies({ transferBytes, runtimeGpuMs }: GreweRow): boolean {
  return transferBytes / (runtimeGpuMs * 1e6) <= fastestCopyGBs
}
