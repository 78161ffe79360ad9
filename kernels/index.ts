// Public names of kernels/: OpenCL C text, its syntax, its LLVM IR.
export { disambiguate, type IsType } from './ambiguity.ts'
export { type BitcodeOutcome, emitBitcode } from './bitcode.ts'
export { compileAll } from './clang.ts'
export { type Clang, findClang } from './clang-tools.ts'
export { emitDefinitions } from './definitions.ts'
export { type BuildOptions, type BuildOutcome, DeviceBuilder, type DeviceBuilderOptions } from './device/builder.ts'
export {
  chooseDevice,
  type DeviceChoice,
  type DeviceInfo,
  type DeviceKind,
  type DeviceLimits,
  deviceChoiceSyntax,
  listDevices,
} from './device/devices.ts'
export { BenchError, type BenchErrorCode, DisposedError, type Rejection } from './errors.ts'
export { extractKernel, findItems, findKernels, type Item } from './extract.ts'
export { dieWithParent, forkModule } from './fork-module.ts'
export { lex, type Token, type TokenKind } from './lexer.ts'
export { checkSource, position, sourceLimits } from './limits.ts'
export { type Mask, type MaskKind, maskOpenCl } from './mask.ts'
export { MeasuredDevice, type MeasuredDeviceOptions } from './measure/measured-device.ts'
export {
  isTight,
  type Label,
  labelOf,
  type MedianInterval,
  medianInterval,
  medianOf,
  overlap,
} from './measure/median-interval.ts'
export { type CalibrateOptions, calibrate } from './measure/model/calibrate.ts'
export { CountFile, type CountMemory } from './measure/model/count-file.ts'
export { type CountFailure, type CountOptions, countWork } from './measure/model/count-work.ts'
export {
  type DeviceDescription,
  describedDevices,
  type LoadedDescription,
  loadDescription,
  type UnitRates,
} from './measure/model/device-description.ts'
export { type Estimate, estimateLaunch, type LaunchCost, traitsOf } from './measure/model/estimate.ts'
export { type ExecutedWork, readExecutedWork, workKinds } from './measure/model/executed-work.ts'
export { type CountedSize, extrapolate } from './measure/model/extrapolate.ts'
export { type CountedWork, itemsOf, WorkCounter } from './measure/model/work-counter.ts'
export { ModelledDevice } from './measure/modelled-device.ts'
export { openTimingDevices, type TimingDevices, type TimingDevicesOptions } from './measure/open-timing-devices.ts'
export type { Provenance } from './measure/provenance.ts'
export {
  batchedInterval,
  type RepeatedTimes,
  type RepeatOptions,
  type Repetition,
  repeatUntilTight,
  resolveRepeatOptions,
} from './measure/repeat.ts'
export {
  copiesOf,
  type PayloadFacts,
  planTimed,
  type TimedKernel,
  type TimedPayload,
  type TimingDevice,
  type TimingFacts,
  type TimingOutcome,
  type TimingRequest,
} from './measure/timing-device.ts'
export { joinVisits } from './measure/visits.ts'
export {
  contentKey,
  type NormalForm,
  normaliseKernel,
  normaliseText,
  normaliseUnit,
  parseChecked,
} from './normalise.ts'
export { packagePath, packageRoot } from './package-root.ts'
export {
  childOf,
  functionDeclarator,
  masksWithin,
  type ParsedUnit,
  parseUnit,
  type SyntaxNode,
  textOf,
} from './parse.ts'
export {
  type BufferAccess,
  type Distribution,
  distributions,
  guardBytes,
  guardPattern,
  type Payload,
  type PayloadArgument,
  type PayloadOptions,
  type PayloadRejection,
  type ScalarField,
  type ScalarName,
} from './payload/payload.ts'
export { type PayloadOutcome, planPayload } from './payload/plan.ts'
export { type PreprocessOptions, type PreprocessOutcome, preprocess } from './preprocess.ts'
export { printTokens } from './print.ts'
export { Random } from './random.ts'
export { findRenaming, type Renaming } from './rename.ts'
export { describeIsolation, type Isolation } from './run/isolation.ts'
export type { RunLimits, WorkerLimits } from './run/limits.ts'
export type { Death, DeathCause, GuardDamage, LaunchReply, LoadReply, RunTimes } from './run/protocol.ts'
export { Runner, type RunnerOptions, RunSession } from './run/runner.ts'
export { type CompileOptions, type CompileOutcome, irFlags } from './run-clang.ts'
export { atomicsTolerance } from './validate/compare-outputs.ts'
export { findOclgrind } from './validate/oclgrind.ts'
export {
  type CldriveOutcome,
  cldriveName,
  describeFault,
  type Fault,
  faults,
  type Outcome,
  type Stage,
  stages,
} from './validate/outcomes.ts'
export type { Checker, Finding, LaunchRecord, StageRecord, Validation } from './validate/validation.ts'
export { type ValidateOptions, type ValidationMode, Validator, type ValidatorOptions } from './validate/validator.ts'
