// Three tiers, told apart by file name: `x.test.ts` is unit, `x.native.test.ts` needs a real compiler, device or
// child processes, `x.model.test.ts` needs a model checkpoint. Unit tests share what they import within a worker, which
// saves most of their time; the others have the machine to themselves, one file after another.

import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const native = 'test/**/*.native.test.ts'
const model = 'test/**/*.model.test.ts'

/** Tests whose child processes use all cores, one file after another. */
function timed(timeoutMs: number) {
  return { testTimeout: timeoutMs, hookTimeout: timeoutMs, maxWorkers: 1, sequence: { groupOrder: 0 } }
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...{ name: 'unit', include: ['test/**/*.test.ts'], exclude: [native, model] },
          ...{ maxWorkers: availableParallelism(), isolate: false, sequence: { groupOrder: 1 } },
        },
      },
      { test: { name: 'native', include: [native], ...timed(60_000) } },
      { test: { name: 'model', include: [model], ...timed(120_000) } },
    ],
  },
})
