// Public names of synth/: the model, infilling, steered search.
export { type CampaignEvent, type CampaignOptions, runCampaign } from './campaign/campaign.ts'
export { type Job, type JobOptions, targetOf } from './campaign/job.ts'
export { SearchPool, type SearchPoolOptions } from './campaign/search-pool.ts'
export type { JobEvent, JobProgress } from './campaign/search-process.ts'
export { SearchTrace } from './campaign/trace.ts'
export { emptyPrefix, type FeaturePrefix, featurePrefix, valueBucket, withLength } from './feature-prefix.ts'
export { type FilledText, type Filling, type FillOptions, fillText } from './fill-text.ts'
export { findHoles, type HoleKind, type HoleSpan } from './holes.ts'
export { type Infill, type InfillOptions, infill, type PerSample } from './infill.ts'
export { infillCompiling } from './infill-compiling.ts'
export { InfillPool } from './infill-pool.ts'
export type { Infiller } from './infill-process.ts'
export { type Context, Model } from './model.ts'
export { type ModelCard, type ModelInfo, readModelInfo } from './model-info.ts'
export { NoveltyMeter } from './novelty.ts'
export { ProcessDied } from './process-died.ts'
export { Random } from './random.ts'
export { readTrainingKernels, readTrainingTokenizer } from './read-training-data.ts'
export {
  type CommandOptions,
  findFailure,
  type KeepFeaturesOptions,
  keepsCompiling,
  keepsFailure,
  keepsFeatures,
  measureForm,
  normalForm,
  type Property,
  passesCommand,
  type Reduced,
  type ReduceOptions,
  reduce,
  runCommand,
  settledKinds,
} from './reduce/index.ts'
export {
  type SampleCounts,
  type SampledKernel,
  type SampleOptions,
  SampleTally,
  sampleKernels,
} from './sample-kernels.ts'
export { readSampledKernels } from './sampled-training.ts'
export { type GivenInfill, scoreInfills } from './score-infills.ts'
export type { Candidate, Funnel } from './search/candidate.ts'
export { normalise } from './search/evaluate.ts'
export { checkFeasibility, type Feasibility } from './search/feasibility.ts'
export {
  type ResolvedSearchOptions,
  resolveSearchOptions,
  type SearchOptions,
  type SearchPart,
  searchParts,
} from './search/options.ts'
export { resolveSpaces, resolveTarget, resolveTargets } from './search/resolve-target.ts'
export { type SearchProgress, search } from './search/search.ts'
export { measureSeeds } from './search/seeds.ts'
export { type Target, TargetMeter } from './search/target.ts'
export { type SynthesizeOptions, synthesize } from './synthesize.ts'
export { type Benchmark, type BenchmarkValidation, type SynthEvent, synthesizeEvents } from './synthesize-events.ts'
export { special, Tokenizer, type Vocabulary } from './tokenizer.ts'
export {
  featureOffsets,
  sampledRepository,
  type TrainingKernel,
  type TrainingLine,
  writeTrainingData,
} from './training-data.ts'
