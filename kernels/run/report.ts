// Where an interpreter (Oclgrind) writes what it finds, and how much of that is read: a faulty loop says the same a
// hundred thousand times.

import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'

const sizeLimit = 1 << 20

/** Of the worker that owns the folder. */
export function reportPath(scratchFolder: string): string {
  return join(scratchFolder, 'report.txt')
}

/** The first MiB; empty where nothing is reported. */
export function readReport(scratchFolder: string): string {
  let file: number
  try {
    file = openSync(reportPath(scratchFolder), 'r')
  } catch {
    return ''
  }
  try {
    const bytes = Buffer.alloc(sizeLimit)
    return bytes.toString('utf8', 0, readSync(file, bytes))
  } finally {
    closeSync(file)
  }
}
