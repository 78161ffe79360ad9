// The funnel's stages and what can become of a kernel at each, with the names that cldrive has for them.

/** In order; a kernel is lost at the first stage that any check has found a fault in. */
export const stages = [
  'parse',
  'compile',
  'build',
  'arguments',
  'terminates',
  'in-bounds',
  'race-free',
  'deterministic',
  'has-output',
  'input-dependent',
] as const

/** See `stages`. */
export type Stage = (typeof stages)[number]

/** Outcomes of cldrive: `InstanceOutcome`, `KernelInstanceOutcome`, `KernelRunOutcome` of its protocol. */
export type CldriveOutcome =
  | 'PASS'
  | 'PROGRAM_COMPILATION_FAILURE'
  | 'NO_KERNELS_IN_PROGRAM'
  | 'NO_ARGUMENTS'
  | 'NO_MUTABLE_ARGUMENTS'
  | 'UNSUPPORTED_ARGUMENTS'
  | 'CL_ERROR'
  | 'INVALID_DYNAMIC_PARAMS'
  | 'NO_OUTPUT'
  | 'INPUT_INSENSITIVE'
  | 'NONDETERMINISTIC'
  /** Its default; stands for what cldrive does not look for. */
  | 'UNKNOWN_ERROR'

interface FaultInfo {
  readonly stage: Stage
  readonly cldrive: CldriveOutcome
  /** In words. */
  readonly meaning: string
}

/** Every fault, by stage. */
export const faults = [
  'not-parsed',
  'no-kernel',
  'not-compiled',
  'not-built',
  'build-failed',
  'no-arguments',
  'no-writable-arguments',
  'unsupported-arguments',
  'invalid-range',
  'does-not-end',
  'divergent-barrier',
  'out-of-memory',
  'crashed',
  'launch-failed',
  'not-checkable',
  'out-of-bounds',
  'data-race',
  'uninitialised-read',
  'nondeterministic',
  'no-output',
  'input-blind',
] as const

/** Why a kernel is no benchmark. */
export type Fault = (typeof faults)[number]

const table: Readonly<Record<Fault, readonly [Stage, CldriveOutcome, string]>> = {
  'not-parsed': ['parse', 'PROGRAM_COMPILATION_FAILURE', 'not OpenCL C, or beyond what is let through'],
  'no-kernel': ['parse', 'NO_KERNELS_IN_PROGRAM', 'defines no kernel, or not the one asked for'],
  'not-compiled': ['compile', 'PROGRAM_COMPILATION_FAILURE', 'clang refuses it'],
  'not-built': ['build', 'PROGRAM_COMPILATION_FAILURE', 'the device refuses it'],
  'build-failed': ['build', 'PROGRAM_COMPILATION_FAILURE', 'the device compiler crashed or met a limit'],
  'no-arguments': ['arguments', 'NO_ARGUMENTS', 'has no parameters'],
  'no-writable-arguments': ['arguments', 'NO_MUTABLE_ARGUMENTS', 'has nothing to write to'],
  'unsupported-arguments': ['arguments', 'UNSUPPORTED_ARGUMENTS', 'has parameters that no payload can be made for'],
  'invalid-range': ['arguments', 'INVALID_DYNAMIC_PARAMS', 'the device does not take the range or the arguments'],
  'does-not-end': ['terminates', 'UNKNOWN_ERROR', 'met the limit of CPU or wall-clock time'],
  'divergent-barrier': ['terminates', 'UNKNOWN_ERROR', 'work-items of a group wait at different barriers'],
  'out-of-memory': ['terminates', 'UNKNOWN_ERROR', 'met the limit of memory'],
  crashed: ['terminates', 'UNKNOWN_ERROR', 'took its process down'],
  'launch-failed': ['terminates', 'CL_ERROR', 'the device reports an error'],
  'not-checkable': ['terminates', 'UNKNOWN_ERROR', 'the interpreter cannot run it, so nobody knows'],
  'out-of-bounds': ['in-bounds', 'UNKNOWN_ERROR', 'reads or writes outside of what it was given'],
  'data-race': ['race-free', 'NONDETERMINISTIC', 'work-items access the same place, one of them writing, unordered'],
  'uninitialised-read': ['deterministic', 'NONDETERMINISTIC', 'its effects depend on what was never written'],
  nondeterministic: ['deterministic', 'NONDETERMINISTIC', 'the same payload gave different output'],
  'no-output': ['has-output', 'NO_OUTPUT', 'changes none of its arguments'],
  'input-blind': ['input-dependent', 'INPUT_INSENSITIVE', 'writes the same whatever it is given'],
}

/** What can become of a kernel. */
export type Outcome = 'accepted' | Fault

/** The stage that finds a fault, its meaning, and cldrive's name for it. */
export function describeFault(fault: Fault): FaultInfo {
  const [stage, cldrive, meaning] = table[fault]
  return { stage, cldrive, meaning }
}

/** cldrive's name for an outcome. */
export function cldriveName(outcome: Outcome): CldriveOutcome {
  return outcome === 'accepted' ? 'PASS' : describeFault(outcome).cldrive
}
