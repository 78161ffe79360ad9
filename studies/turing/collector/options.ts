// What a collector is asked for: defaults and limits, resolved once.

/** How a collector runs. */
export interface CollectorOptions {
  /** TCP port, 0 to 65535; 0 lets the system choose. Default 8080. */
  readonly port?: number
  /** Address to listen at. Default `127.0.0.1`: this machine only. */
  readonly host?: string
  /** Only people with an unused invitation may start. Default false. */
  readonly needsInvitation?: boolean
  /** Tell participants at the end how many kernels they got right. Default true. */
  readonly tellsScore?: boolean
  /** Requests a minute from one address; starting costs ten. 0 is no limit. Default 600. */
  readonly requestsPerMinute?: number
  /** Believe the last entry of X-Forwarded-For, which a proxy in front has written. Default false. */
  readonly isBehindProxy?: boolean
  /** Participants who did not finish and were silent for so long no longer count in the balance. Default 24 h. */
  readonly abandonedAfterMs?: number
  /** An acknowledged answer survives a power cut. Default true; rehearsals are quicker without. */
  readonly isDurable?: boolean
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Told of every start, answer and end. Default nobody. */
  readonly onChange?: () => void
  /** Told of requests that failed through no fault of their sender. Default nobody. */
  readonly onError?: (error: unknown) => void
}

/** All of it given. */
export type ResolvedCollectorOptions = Required<CollectorOptions>

/** @throws {RangeError} naming the option */
export function resolveCollectorOptions(options: CollectorOptions): ResolvedCollectorOptions {
  const resolved: ResolvedCollectorOptions = {
    port: 8080,
    host: '127.0.0.1',
    needsInvitation: false,
    tellsScore: true,
    requestsPerMinute: 600,
    isBehindProxy: false,
    abandonedAfterMs: 24 * 3_600_000,
    isDurable: true,
    onChange: () => {},
    onError: () => {},
    ...options,
  }
  requireInteger('port', resolved.port, 0, 65_535)
  requireInteger('requestsPerMinute', resolved.requestsPerMinute, 0, 1_000_000)
  requireInteger('abandonedAfterMs', resolved.abandonedAfterMs, 0, Number.MAX_SAFE_INTEGER)
  return resolved
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return
  throw new RangeError(`${name}: expected an integer from ${min} to ${max}, received ${value}`)
}
