// Looks after one process by its number: CPU time and resident memory from /proc. Where there is no /proc, nothing is
// known and nothing is limited but wall-clock time.

import { readFileSync } from 'node:fs'

/** What a process has used. */
export interface Usage {
  /** Of all its threads so far, user and system, in ms. */
  readonly cpuMs: number
  /** Resident now, in bytes. */
  readonly memoryBytes: number
}

/** USER_HZ is 100 on every Linux architecture that Node runs on. */
const msPerTick = 10

/** @returns undefined where the process or /proc is not there */
export function readUsage(pid: number): Usage | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ') // from the third on: a name may hold blanks
    const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
    return {
      cpuMs: (Number(fields[11]) + Number(fields[12])) * msPerTick,
      memoryBytes: Number(resident ?? 0) * 1024,
    }
  } catch {
    return undefined
  }
}
