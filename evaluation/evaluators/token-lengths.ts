// BenchPress's TokenSizeDistribution.

import { evaluateDistribution } from './distribution.ts'
import type { Evaluator } from './evaluator.ts'

export const tokenLengths: Evaluator = {
  id: 'token-lengths',
  title: 'Token lengths',
  question: 'How long are the kernels of each group, in tokens of their normal form?',
  evaluate: (input) =>
    evaluateDistribution(input, {
      ...{ noun: 'tokens', type: 'log', decimals: 0, read: ({ tokens }) => tokens },
      missing: 'No kernel has its tokens counted.',
    }),
}
