// Three tiers, told apart by file name: `x.test.ts` is unit, `x.native.test.ts` needs a real compiler, device or
// child processes, `x.model.test.ts` needs a model checkpoint.

import { defineConfig } from 'vitest/config'

const native = 'test/**/*.native.test.ts'
const model = 'test/**/*.model.test.ts'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [native, model] } },
      { test: { name: 'native', include: [native], testTimeout: 60_000, hookTimeout: 60_000 } },
      { test: { name: 'model', include: [model], testTimeout: 120_000, hookTimeout: 120_000 } },
    ],
  },
})
