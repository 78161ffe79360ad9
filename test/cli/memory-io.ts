// A CliIo that remembers what was printed.

import type { CliIo } from '../../cli/io.ts'

export interface MemoryIo extends CliIo {
  readonly outLines: readonly string[]
  readonly errLines: readonly string[]
}

export function memoryIo(signal: AbortSignal = new AbortController().signal): MemoryIo {
  const outLines: string[] = []
  const errLines: string[] = []
  return {
    outLines,
    errLines,
    out: (line) => void outLines.push(line),
    err: (line) => void errLines.push(line),
    signal,
    isTty: false,
  }
}
