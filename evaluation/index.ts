// Every rival on the same targets: groups that search or hold kernels, a runner that gives each the same, and a report.

export type {
  EvaluationKernel,
  EvaluationResults,
  EvaluationRun,
  EvaluationTarget,
  FoundKernel,
  GroupKind,
  RunProvenance,
  RunStep,
} from './records.ts'
export { normalCdf, normalQuantile, tCdf, tQuantile } from './statistics/distributions.ts'
export { wilson } from './statistics/wilson.ts'
