// The command line that a worker is started behind: no network, limits of the system, death with its parent. Each tool
// (util-linux) is tried once; what does not work here is left out and `describeIsolation` says so.

import { spawnSync } from 'node:child_process'
import type { WorkerLimits } from './limits.ts'

/** How workers are kept apart from the rest of the machine; part of the evidence. */
export interface Isolation {
  /** `none`: a network namespace of its own, without interfaces. `host`: not permitted here. */
  readonly network: 'none' | 'host'
  /** RLIMIT_DATA, RLIMIT_FSIZE and no core dumps. */
  readonly hasSystemLimits: boolean
  /** The system kills it where its parent dies (besides the worker's own watch over its channel). */
  readonly diesWithParent: boolean
}

/** Data may exceed resident memory: drivers and V8 reserve more than they use. */
const dataSlackBytes = 2 ** 31

let known: { readonly unshare: readonly string[]; readonly isolation: Isolation } | undefined

/** What is enforced on this machine. */
export function describeIsolation(): Isolation {
  return find().isolation
}

/** @returns a command and its arguments, in front of the program to run; may be empty */
export function isolationCommand({ memoryBytes, fileBytes }: Required<WorkerLimits>): readonly string[] {
  const { unshare, isolation } = find()
  const limits = [`--data=${memoryBytes + dataSlackBytes}`, `--fsize=${fileBytes}`, '--core=0']
  return [
    ...unshare, // first: new credentials would clear the death signal
    ...(isolation.diesWithParent ? ['setpriv', '--pdeathsig', 'KILL'] : []),
    ...(isolation.hasSystemLimits ? ['prlimit', ...limits] : []),
  ]
}

function find(): NonNullable<typeof known> {
  if (known !== undefined) return known
  const unshare = [['unshare', '-n'], ['unshare', '-r', '-n'], []].find(works) ?? []
  const isolation: Isolation = {
    network: unshare.length > 0 ? 'none' : 'host',
    hasSystemLimits: works(['prlimit', '--core=0']),
    diesWithParent: works(['setpriv', '--pdeathsig', 'KILL']),
  }
  known = { unshare, isolation }
  return known
}

function works(command: readonly string[]): boolean {
  const [program, ...args] = [...command, 'true']
  return spawnSync(program, args, { stdio: 'ignore', timeout: 5000 }).status === 0
}
