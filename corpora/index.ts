// Public names of corpora/: kernels with their provenance, and the store that keeps them.
export { csvField } from './export/csv.ts'
export { countEntries, type ExportSelection, type ExportUnit } from './export/entries.ts'
export { type ExportOptions, type ExportPlace, type ExportReport, exportStore } from './export/export.ts'
export { namedSpaces } from './export/fields.ts'
export type { ExportFormat } from './export/format.ts'
export { exportFormats } from './export/registry.ts'
export {
  heldOutByContent,
  heldOutByName,
  loadHeldOutShingles,
  packHashes,
  shingleHashes,
  shingleLength,
  unpackHashes,
} from './hold-out.ts'
export { classifyLicence, type Licence, type LicenceClass, namedLicence } from './licence.ts'
export { type ManifestLine, manifestLine, manifestName, type NamedSpace, writeManifest } from './manifest.ts'
export { irKeyOf, kernelFeatures, type MeasuredFunction, type MeasureOptions, measureUnit } from './measure.ts'
export { type Mined, type MinedKernel, type MinedSource, type MineOptions, mine } from './mine.ts'
export { type MineIntoOptions, type MineReport, mineInto, minePinned } from './mine-into.ts'
export { distinctVectors, loadMinedVectors, type MinedVectors, packMinedVectors } from './mined-vectors.ts'
export { githubUrl, type Mirrors } from './mirror.ts'
export { OverlapIndex } from './overlap.ts'
export { loadSeedKernels, type SeedKernel, seedFolder } from './seed.ts'
export {
  loadSeedVectors,
  originOf,
  packSeedVectors,
  type SeedOrigin,
  type SeedVector,
  type SeedVectors,
  seedVectorsPath,
} from './seed-vectors.ts'
export { type Selectable, type Selection, type SelectOptions, selectCorpus, templateKeyOf } from './select.ts'
export { formatSourceManifest, isPin, type PinnedSource, readSourceManifest, sourcesFile } from './source-manifest.ts'
export type { Pin } from './source-tree.ts'
export { type Side, sideOf } from './split.ts'
export {
  type CorpusStatistics,
  type CountedKernel,
  countCorpus,
  type Percentiles,
  percentile,
  percentilesOf,
} from './statistics.ts'
export type { BenchmarkFilter, BenchmarkTable } from './store/benchmark-table.ts'
export { Database, type Row, type Value } from './store/database.ts'
export type { KernelFilter, KernelTable, MeasuredSpace } from './store/kernel-table.ts'
export type {
  MeasurementFilter,
  MeasurementIdentity,
  MeasurementRecord,
  MeasurementTable,
  StoredMeasurement,
  TimedOn,
} from './store/measurement-table.ts'
export type { Overview, StoreExtent, TargetBrief } from './store/overview.ts'
export type {
  AddedKernel,
  Ancestor,
  BenchmarkRecord,
  KernelOrigin,
  KernelRecord,
  KernelVector,
  LineageStep,
  NewBenchmark,
  NewKernel,
  NewRun,
  Novelty,
  RunStatus,
  SourceRecord,
  StoredBenchmark,
  StoredKernel,
  StoredRun,
  TracePoint,
} from './store/records.ts'
export type { RunTable } from './store/run-table.ts'
export type { SourceTable } from './store/source-table.ts'
export { Store, type StoreOptions } from './store/store.ts'
export type {
  StoredValidation,
  ValidationFilter,
  ValidationRecord,
  ValidationTable,
} from './store/validation-table.ts'
export type {
  BestKernel,
  CorpusSummary,
  KernelCounts,
  Provenance,
  SearchSummary,
  SpaceSummary,
  TargetSummary,
} from './summary/corpus-summary.ts'
export type { Block, Cell, Column } from './summary/describe.ts'
export { toHtml } from './summary/html.ts'
export { type Drawing, loadDrawing } from './summary/load-drawing.ts'
export { toMarkdown } from './summary/markdown.ts'
export { fitPlane, type Plane, type Point } from './summary/pca.ts'
export { readSummary } from './summary/read-summary.ts'
export { summaryNames, writeSummary } from './summary/write-summary.ts'
export {
  findTarget,
  loadTargetSuites,
  measureSuite,
  type NamedTarget,
  packTargetSuite,
  type TargetSuite,
} from './targets.ts'
export { thin } from './thin.ts'
export { benchmarkName, suiteOf } from './timing/benchmark-name.ts'
export { type GreweCounts, greweCounts } from './timing/grewe-counts.ts'
export { greweColumns, greweHeader, greweLines } from './timing/grewe-table.ts'
export { measurementLines } from './timing/measurement-lines.ts'
export { type PairOptions, pairTimes, type TimePair } from './timing/pair-times.ts'
export {
  type TimeCorpusOptions,
  type TimeCorpusReport,
  timeCorpus,
  timedKernels,
  visitsIn,
} from './timing/time-corpus.ts'
export { writeAtomically } from './write-atomically.ts'
export { countYields, type SourceYield, type YieldedKernel } from './yields.ts'
