// A collector of the small study for one test.

import { expect, onTestFinished } from 'vitest'
import { type Collector, type CollectorOptions, type Study, startCollector } from '../../../../studies/index.ts'
import { temporaryFolder } from '../../../corpora/samples.ts'
import { writeStudy } from '../small-study.ts'

export interface Running extends Collector {
  readonly folder: string
}

/** It stops with the test. */
export async function start(options: Partial<CollectorOptions> = {}, changes: Partial<Study> = {}): Promise<Running> {
  const folder = writeStudy(temporaryFolder(), changes)
  const onError = (error: unknown) => expect(error).toBeUndefined()
  const collector = await startCollector(folder, {
    port: 0,
    requestsPerMinute: 0,
    now: () => 5_000,
    onError,
    ...options,
  })
  onTestFinished(() => collector[Symbol.asyncDispose]())
  return { ...collector, folder }
}
