// Public names of the reducer.
export { normalForm } from './forms.ts'
export { settledKinds } from './kinds/registry.ts'
export { type CommandOptions, passesCommand, runCommand } from './properties/command.ts'
export { findFailure, keepsCompiling, keepsFailure } from './properties/compiling.ts'
export { type KeepFeaturesOptions, keepsFeatures, measureForm } from './properties/features.ts'
export { type Property, type Reduced, type ReduceOptions, reduce } from './reduce.ts'
