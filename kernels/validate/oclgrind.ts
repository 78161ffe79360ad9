// Oclgrind (Price and McIntosh-Smith, IWOCL 2015), an interpreter that checks every access: where its driver lies, and
// its report read into findings.

import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { BenchError } from '../errors.ts'
import type { Fault } from './outcomes.ts'

/**
 * Path of Oclgrind's OpenCL driver.
 * @param searchPath - folders of programs, as in PATH: the library lies beside the one that holds `oclgrind`
 * @throws {BenchError} DEVICE_MISSING
 */
export function findOclgrind(searchPath = '/usr/local/bin:/usr/bin'): string {
  for (const folder of searchPath.split(delimiter)) {
    for (const lib of ['lib/oclgrind', 'lib64/oclgrind', 'lib']) {
      const path = join(dirname(folder), lib, 'liboclgrind-rt-icd.so')
      if (existsSync(path)) return path
    }
  }
  throw new BenchError('DEVICE_MISSING', 'Oclgrind not found; apt-get install oclgrind')
}

/** One kind of message at one place of the source. */
export interface ReportedFault {
  readonly fault: Fault
  /** Of the first such message: `Invalid write of size 4 at global memory address 0x1000000000100`. */
  readonly message: string
  /** Work-item of the first such message: `Global(63,0,0) Local(15,0,0) Group(3,0,0)`. */
  readonly workItem: string | undefined
  /** In the text that was built, from 1; undefined where the interpreter does not know. */
  readonly line: number | undefined
  readonly column: number | undefined
  /** The line itself. */
  readonly source: string | undefined
  /** How many such messages there are. */
  readonly count: number
}

const patterns: readonly (readonly [RegExp, Fault])[] = [
  [/^OCLGRIND FATAL ERROR/, 'not-checkable'],
  [/^Work-group divergence detected/, 'divergent-barrier'],
  [/^Invalid (?:read|write|memory)|exceeds static array size|^Unaligned (?:address|memory)/, 'out-of-bounds'],
  [/data race at /, 'data-race'],
  [/uninitiali[sz]ed/i, 'uninitialised-read'],
]

/** @returns by place, in the order of their first messages; what is no fault of the kernel is left out */
export function parseReport(report: string): ReportedFault[] {
  const found = new Map<string, ReportedFault>()
  // The reason of a fatal error follows on a line of its own.
  for (const block of report.replaceAll(/^(OCLGRIND FATAL ERROR .*)\n/gm, '$1: ').split(/\n(?=\S)/)) {
    const fault = faultOf(block.trimStart())
    if (fault === undefined) continue
    const key = `${fault.fault}:${fault.line}:${fault.column}`
    const known = found.get(key)
    found.set(key, known === undefined ? fault : { ...known, count: known.count + 1 })
  }
  return [...found.values()]
}

function faultOf(block: string): ReportedFault | undefined {
  const message = block.slice(0, block.indexOf('\n') >>> 0)
  const fault = patterns.find(([pattern]) => pattern.test(message))?.[1]
  if (fault === undefined || (fault === 'data-race' && beginsExchange(block))) return undefined
  const place = /At line (\d+) \(column (\d+)\) of \S+:\n\s*(.*)/.exec(block)
  return {
    fault,
    message: message.trim(),
    workItem: /(?:Entity|First entity): +(.*)/.exec(block)?.[1]?.trim(),
    line: place === null ? undefined : Number(place[1]),
    column: place === null ? undefined : Number(place[2]),
    source: place?.[3]?.trim(),
    count: 1,
  }
}

/**
 * A plain read against a compare-and-exchange is how the loops begin that add floats atomically: the exchange checks what
 * was read. OpenCL C 1.x has no other way.
 */
function beginsExchange(block: string): boolean {
  return /= load /.test(block) && /call [^\n]*(?:cmpxchg|compare_exchange)/.test(block)
}
