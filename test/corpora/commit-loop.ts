// Run by the SIGKILL test as a process of its own: commits benchmarks to the store named by the first argument for
// ever, and prints the number of each one after its commit has returned.

import { writeSync } from 'node:fs'
import { Store } from '../../corpora/store/store.ts'
import { sampleBenchmark, sampleKernel, sampleRun } from './sample-records.ts'

const [path, label] = process.argv.slice(2)
using store = Store.open(path)
const runId = store.runs.start(sampleRun({ kind: label }))
for (let i = 0; ; i++) {
  const key = `${label}-${i}`
  // Large enough to spread over several database pages.
  const kernel = sampleKernel(key, { text: `/* ${key} ${'x'.repeat((i * 977) % 20_000)} */`, origin: 'synthesized' })
  store.benchmarks.commit(sampleBenchmark(runId, kernel))
  writeSync(1, `${key}\n`)
}
