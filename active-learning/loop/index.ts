// Public names of the loop.
export { type Arm, type ArmName, arms, findArm } from './arms.ts'
export { type CandidateLimits, CandidateSampler } from './candidates.ts'
export { type Fold, foldsBySuite, foldWithTest } from './folds.ts'
export {
  type LearnControl,
  type LearnEnd,
  type LearnEvent,
  type LearnParts,
  learn,
  requireFolds,
} from './learn.ts'
export { type Identity, Ledger } from './ledger.ts'
export { type LearnOptions, resolveLearnOptions, type StopRules } from './options.ts'
export type {
  FoundKernel,
  KernelRequest,
  KernelSource,
  LabelledLaunch,
  Labeller,
  LabelOutcome,
  LabelRequest,
} from './parts.ts'
export { countsOf, featuresOfPoint, type Launch, type LearnPoint, targetOfPoint } from './point.ts'
export type { AddedRow, Attempt, AttemptOutcome, ChosenPoint, Refusal, Round, Score, Trajectory } from './records.ts'
export type { Gain } from './report/gains.ts'
export type { Comparison, LearnResults } from './report/results.ts'
export { type LearnReportOptions, reportNames, writeLearnReport } from './report/write-report.ts'
export { type CorpusKernel, CorpusSource } from './sources/corpus-source.ts'
export { seedCorpus, storeCorpus } from './sources/known-kernels.ts'
export { LabelledPool } from './sources/labelled-pool.ts'
export { SampleSource } from './sources/sample-source.ts'
export { SearchSource, type SearchSourceOptions } from './sources/search-source.ts'
export { committeeOf } from './trajectory.ts'
