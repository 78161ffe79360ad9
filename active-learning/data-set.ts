// Labelled points of the Grewe heuristic: a kernel at one input size, its features, and its times on two devices.
// Everything that learns (trees, committee, loop) reads rows of this type; files are read and written in `grewe/data/`.

/** The two classes. `CPU` and `GPU` are roles; which devices played them stands in `GreweRow.devices`. */
export const deviceLabels = ['CPU', 'GPU'] as const
export type DeviceLabel = (typeof deviceLabels)[number]

/** Static counts of the Grewe space, as in `features/grewe.ts`. Non-negative integers. */
export interface GreweCounts {
  readonly comp: number
  readonly rational: number
  readonly mem: number
  readonly localmem: number
  readonly coalesced: number
  readonly atomic: number
}

export const countNames = ['comp', 'rational', 'mem', 'localmem', 'coalesced', 'atomic'] as const

/** One value of a table; null where there is none. */
export type Cell = string | number | null

/** Of F1 to F4, as published files head their columns. */
export const combinedNames = [
  'F1:transfer/(comp+mem)',
  'F2:coalesced/mem',
  'F3:(localmem/mem)*avgws',
  'F4:comp/mem',
] as const

/** The combined features F1 to F4 in order (Grewe et al., CGO 2013, table 2). */
export type CombinedFeatures = readonly [f1: number, f2: number, f3: number, f4: number]

/** Where times come from: a device that ran the kernel, or a cost model. */
export type TimeSource = 'measured' | 'modelled'

/** A confidence interval in ms. */
export interface IntervalMs {
  readonly low: number
  readonly high: number
}

/** One kernel at one input size. */
export interface GreweRow {
  /** `npb-3.3`, `rodinia-3.1`; what a synthetic set is called: `clgen`. */
  readonly suite: string
  /** The unit that evaluation holds out, unique over all suites: `npb-3.3-BT`. A synthetic kernel is a program of its own. */
  readonly program: string
  /** Name of the kernel within its program; the program's own name where it has only one. */
  readonly kernel: string
  /** Input class or size: `A`, `large`, `1048576`. */
  readonly dataset: string
  readonly counts: GreweCounts
  /** Bytes moved to the GPU and back. */
  readonly transferBytes: number
  /** Work-items per work-group, averaged over launches: may be fractional. */
  readonly wgsize: number
  /** As the file has them; `combinedFeatures` computes them from the parts. */
  readonly features: CombinedFeatures
  /** The faster device, transfers included. Equal times are CPU. */
  readonly label: DeviceLabel
  /** Kernel and transfers, ms, positive. */
  readonly runtimeCpuMs: number
  readonly runtimeGpuMs: number
  readonly timeSource: TimeSource
  /** 95 % confidence of the mean; null where the file has none. */
  readonly intervalCpuMs: IntervalMs | null
  readonly intervalGpuMs: IntervalMs | null
  /** Which devices played CPU and GPU, with their drivers; null where the file does not say. */
  readonly devices: { readonly cpu: DeviceId; readonly gpu: DeviceId } | null
  /** Seed of the payload; null where the file does not say. */
  readonly seed: number | null
  /** Day of the measurement, `2026-01-31`; null where the file does not say. */
  readonly date: string | null
  /** Key of the kernel's normal form (`kernels/normalise.ts`) or other hash of its source; null where it is unknown. */
  readonly sourceKey: string | null
  /** Other numbers that the file has of the row, by column: `kernel_size`, `instcount.TotalInsts`. */
  readonly extras: Readonly<Record<string, number>>
}

/** A device and the driver that ran it. */
export interface DeviceId {
  readonly device: string
  readonly driver: string
}

/** Rows with a name to call them by in reports. */
export interface DataSet {
  readonly name: string
  readonly rows: readonly GreweRow[]
}

/**
 * F1 to F4 from their parts: transfer/(comp+mem), coalesced/mem, (localmem/mem)·wgsize, comp/mem.
 * Divisors of 0 count as 1, as in the tool that published data comes from.
 */
export function combinedFeatures(counts: GreweCounts, transferBytes: number, wgsize: number): CombinedFeatures {
  const { comp, mem, localmem, coalesced } = counts
  const accesses = Math.max(mem, 1)
  return [
    transferBytes / Math.max(comp + mem, 1),
    coalesced / accesses,
    (localmem / accesses) * wgsize,
    comp / accesses,
  ]
}

/** The faster device; CPU where both take as long, since nothing need be moved. */
export function labelOf(runtimeCpuMs: number, runtimeGpuMs: number): DeviceLabel {
  return runtimeGpuMs < runtimeCpuMs ? 'GPU' : 'CPU'
}

/** Does the measurement tell which device is faster? True where there are no intervals to say otherwise. */
export function isDecided(row: GreweRow): boolean {
  const { intervalCpuMs: cpu, intervalGpuMs: gpu } = row
  return cpu === null || gpu === null || cpu.high < gpu.low || gpu.high < cpu.low
}
