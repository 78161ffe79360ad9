// Public names of active-learning/: the Grewe heuristic, its evaluation, the committee, the loop.
export {
  type Acquisition,
  acquisitions,
  type Committee,
  type CommitteeOptions,
  errorReductions,
  formatCommittee,
  inspectCommittee,
  type Member,
  type MemberKind,
  type MemberReport,
  marginScore,
  meanProbability,
  memberKinds,
  type Poll,
  parseCommittee,
  pickApart,
  poll,
  resumeCommittee,
  scoreCandidates,
  trainCommittee,
  voteEntropy,
} from './committee/index.ts'
export {
  type CombinedFeatures,
  combinedFeatures,
  combinedNames,
  countNames,
  type DataSet,
  type DeviceId,
  type DeviceLabel,
  deviceLabels,
  type GreweCounts,
  type GreweRow,
  type IntervalMs,
  isDecided,
  labelOf,
  type TimeSource,
} from './data-set.ts'
export { type AliasCost, type AliasedPoint, aliasCost, findAliases } from './grewe/aliasing/find-aliases.ts'
export {
  type AliasPair,
  type AliasTarget,
  type PairDifference,
  type ProposeOptions,
  pairDifferences,
  proposeAliasPairs,
} from './grewe/aliasing/propose-pairs.ts'
export { rankSeparators, type Separator, type SeparatorOptions } from './grewe/aliasing/rank-separators.ts'
export type { Finding, FindingCode, Severity } from './grewe/data/finding.ts'
export { type Layout, layouts } from './grewe/data/layouts.ts'
export { type ReadDataSet, readGreweCsv } from './grewe/data/read-csv.ts'
export { formatCsv, formatJsonLines, formatParquet } from './grewe/data/write-rows.ts'
export { bootstrapMean, type ClusterSums, type Interval } from './grewe/evaluation/bootstrap.ts'
export {
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  LeakError,
  type LeakPolicy,
  leakPolicies,
  type TrainedOn,
} from './grewe/evaluation/evaluate.ts'
export { type CrossValidation, crossValidations } from './grewe/evaluation/folds.ts'
export { findOverlap, type Leak, type LeakKind, type Overlap } from './grewe/evaluation/leaks.ts'
export { legacyFigure } from './grewe/evaluation/legacy.ts'
export {
  type EvaluationReport,
  type GroupReport,
  type ReportOptions,
  reportEvaluation,
  type SetComparison,
  type SetReport,
} from './grewe/evaluation/report.ts'
export { bestStaticDevice, type ClassScores, type Scores, scorePredictions } from './grewe/evaluation/scores.ts'
export { signFlipTest } from './grewe/evaluation/sign-flip.ts'
export { toCHeader } from './grewe/export/c-header.ts'
export { toGraphviz } from './grewe/export/graphviz.ts'
export { drawTree } from './grewe/export/tree-picture.ts'
export { formatTree } from './grewe/export/tree-text.ts'
export {
  type FeatureSet,
  featureNames,
  featureSets,
  featureVector,
  type Unlabelled,
} from './grewe/model/feature-sets.ts'
export {
  askModel,
  type GreweModel,
  type ModelKind,
  type ModelOptions,
  modelKinds,
  predictModel,
  trainModel,
} from './grewe/model/model.ts'
export { formatModel, type ModelFile, parseModel, type Training } from './grewe/model/model-file.ts'
export { type Criterion, criteria } from './grewe/tree/impurity.ts'
export { type TreeOptions, trainTree } from './grewe/tree/train-tree.ts'
export {
  askTree,
  predictTree,
  sizeOfTree,
  type TreeLeaf,
  type TreeNode,
  type TreeSize,
  type TreeSplit,
} from './grewe/tree/tree.ts'
export {
  type Arm,
  type ArmName,
  arms,
  type CandidateLimits,
  CandidateSampler,
  type ChosenPoint,
  type Comparison,
  type CorpusKernel,
  CorpusSource,
  committeeOf,
  countsOf,
  type Fold,
  type FoundKernel,
  featuresOfPoint,
  findArm,
  foldsBySuite,
  foldWithTest,
  type Gain,
  type KernelRequest,
  type KernelSource,
  type LabelledLaunch,
  LabelledPool,
  type Labeller,
  type LabelOutcome,
  type LabelRequest,
  type Launch,
  type LearnControl,
  type LearnEnd,
  type LearnEvent,
  type LearnOptions,
  type LearnParts,
  type LearnPoint,
  type LearnReportOptions,
  type LearnResults,
  Ledger,
  learn,
  reportNames,
  requireFolds,
  resolveLearnOptions,
  SampleSource,
  type Score,
  SearchSource,
  type SearchSourceOptions,
  type StopRules,
  seedCorpus,
  storeCorpus,
  type Trajectory,
  targetOfPoint,
  writeLearnReport,
} from './loop/index.ts'
