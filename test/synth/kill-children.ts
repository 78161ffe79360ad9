// Kills processes that a process of ours has started, as the system does where memory runs out.

import { execFileSync } from 'node:child_process'

/**
 * @param module - part of its name: `search-worker`
 * @param parent - whose children; default this process
 * @returns how many were killed
 */
export function killChildren(module: string, parent: number | undefined = process.pid): number {
  const pids = childrenOf(module, parent ?? process.pid)
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  return pids.length
}

function childrenOf(module: string, parent: number): number[] {
  try {
    const lines = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(parent)], { encoding: 'utf8' })
    return lines.split('\n').flatMap((line) => (line.includes(module) ? [Number.parseInt(line, 10)] : []))
  } catch {
    return [] // it has none
  }
}
