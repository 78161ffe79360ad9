// BenchPress's LLVMInstCountDistribution.

import { evaluateDistribution } from './distribution.ts'
import type { Evaluator } from './evaluator.ts'

export const irSizes: Evaluator = {
  id: 'ir-sizes',
  title: 'IR sizes',
  question: 'How many LLVM instructions have the kernels of each group at -O1?',
  evaluate: (input) =>
    evaluateDistribution(input, {
      ...{ noun: 'LLVM instructions', type: 'log', decimals: 0, read: ({ irInstructions }) => irInstructions },
      missing: 'No kernel has its LLVM instructions counted.',
    }),
}
