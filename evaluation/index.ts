// Every rival on the same targets: groups that search or hold kernels, a runner that gives each the same, and a report.

export { type DescribeProgress, describeKernels } from './facts/describe-kernels.ts'
export type { Describer, KernelFacts } from './facts/describer.ts'
export { labelledByGroup } from './facts/labelled-rows.ts'
export { type LabelOptions, openLabels } from './facts/labels.ts'
export { openLikelihoods } from './facts/likelihoods.ts'
export { openOutcomes } from './facts/outcomes.ts'
export type { ClsmithPlace, Group, GroupRequest, GroupSettings } from './groups/group.ts'
export { builtInGroups, type GroupSpec, groupOf } from './groups/registry.ts'
export { partsOfOurs, plainBeam } from './groups/searched.ts'
export { interleave } from './order.ts'
export type {
  DeviceTiming,
  EvaluationKernel,
  EvaluationResults,
  EvaluationRun,
  EvaluationTarget,
  FoundKernel,
  GroupKind,
  KernelTiming,
  RunProvenance,
  RunStep,
} from './records.ts'
export { compareReports, type ReportComparison, readReport, type WrittenReport } from './report/compare-reports.ts'
export { type ReportOptions, reportNames, writeReport } from './report/write-report.ts'
export { readReportedRuns } from './reported-figures.ts'
export {
  type Circumstances,
  checkPlan,
  type EvaluateEvent,
  evaluateGroups,
  readResults,
  readWholeFolder,
} from './runner/evaluate.ts'
export type { EvaluationPlan, PlannedRun } from './runner/plan.ts'
export { ResultsFolder } from './runner/results-folder.ts'
export { compareGroups, type JudgedComparison, judge } from './statistics/compare.ts'
export { normalCdf, normalQuantile, tCdf, tQuantile } from './statistics/distributions.ts'
export { buildGrid } from './statistics/grid.ts'
export { wilson } from './statistics/wilson.ts'
export { type Difference, type Verification, type VerifyOptions, verifyResults } from './verify.ts'
