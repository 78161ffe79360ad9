// What one request may cost. Enforced from outside: the parent watches the clock, CPU time and memory of a worker
// (/proc, every 50 ms) and kills it with all its children; the system itself bounds data size, file size and core dumps.

/** Limits of one request to a worker. */
export interface RunLimits {
  /** Wall-clock time, in ms. Default 30000. */
  readonly wallMs?: number
  /** CPU time of all threads, in ms, where /proc is there. Unlike wall-clock time it is fair on a busy machine. Default 10000. */
  readonly cpuMs?: number
}

/** Limits of a worker's whole life. */
export interface WorkerLimits {
  /** Resident memory, in bytes. Data segments may grow to 2 GiB more (RLIMIT_DATA). Default 2 GiB. */
  readonly memoryBytes?: number
  /** Largest file it may write, in bytes (RLIMIT_FSIZE). Default 64 MiB. */
  readonly fileBytes?: number
}

/** @throws {RangeError} naming the option, what was expected and what came */
export function resolveRunLimits(limits: RunLimits = {}): Required<RunLimits> {
  const { wallMs = 30_000, cpuMs = 10_000 } = limits
  mustBeAtLeast('wallMs', wallMs, 1)
  mustBeAtLeast('cpuMs', cpuMs, 1)
  return { wallMs, cpuMs }
}

/** @throws {RangeError} as above */
export function resolveWorkerLimits(limits: WorkerLimits = {}): Required<WorkerLimits> {
  const { memoryBytes = 2 ** 31, fileBytes = 2 ** 26 } = limits
  mustBeAtLeast('memoryBytes', memoryBytes, 2 ** 28)
  mustBeAtLeast('fileBytes', fileBytes, 2 ** 20)
  return { memoryBytes, fileBytes }
}

function mustBeAtLeast(name: string, value: number, min: number): void {
  if (!(value >= min)) throw new RangeError(`${name}: expected a number of at least ${min}, received ${value}`)
}
