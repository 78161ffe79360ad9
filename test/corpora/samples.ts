// A temporary folder for one test, and the sample records.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export { sampleBenchmark, sampleKernel, sampleRun, sampleSource } from './sample-records.ts'

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
