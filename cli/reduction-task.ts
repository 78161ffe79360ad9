// What `benchsteer reduce` works on, from its flags: the text to start from and the property that it keeps.

import { toFeatureRecord } from '../features/index.ts'
import { findKernels, normaliseKernel, parseChecked, preprocess } from '../kernels/index.ts'
import {
  findFailure,
  keepsCompiling,
  keepsFailure,
  keepsFeatures,
  measureForm,
  normalForm,
  type Property,
  passesCommand,
  type ReduceOptions,
  resolveSpaces,
  resolveTarget,
  runCommand,
  settledKinds,
  TargetMeter,
} from '../synth/index.ts'
import { nameOf, readOperand } from './read-source.ts'

/** What is to stay. */
export type KeptProperty = 'features' | 'compile' | 'error' | 'command'

export interface ReductionFlags {
  readonly keep?: 'features' | 'compile' | 'error'
  readonly command?: string
  readonly space?: string
  readonly features?: string
  readonly maxDistance?: number
  readonly kernel?: string
  readonly timeout: number
  readonly jobs: number
  readonly include: readonly string[]
  readonly define: readonly string[]
}

/** A reduction that can begin. */
export interface ReductionTask {
  readonly keep: KeptProperty
  readonly text: string
  readonly property: Property
  readonly options: ReduceOptions
  /** The kernel that is reduced, where it is one. */
  readonly kernel?: string
  /** Features by name, where they are what is kept. */
  readonly measure?: (text: string) => Promise<Readonly<Record<string, number>>>
}

/** @throws {RangeError} naming the file or option, and what was expected */
export async function prepareReduction(
  file: string,
  flags: ReductionFlags,
  signal: AbortSignal,
): Promise<ReductionTask> {
  const keep = keptProperty(flags)
  const text = await expand(file, flags)
  switch (keep) {
    case 'features':
      return await featuresTask(file, kernelOf(file, text, flags.kernel), flags, signal)
    case 'compile':
      return await compileTask(file, kernelOf(file, text, flags.kernel), signal)
    case 'error':
      return await errorTask(file, text, signal)
    case 'command':
      return await commandTask(file, text, flags, signal)
  }
}

function keptProperty({ keep, command, ...flags }: ReductionFlags): KeptProperty {
  if (keep !== undefined && command !== undefined) {
    throw new RangeError(`--command: expected no --keep beside it, received ${keep}; leave one out`)
  }
  if (command !== undefined && !command.includes('{}')) {
    throw new RangeError(`--command: expected {} where the path of the file goes, received '${command}'`)
  }
  const kept = command === undefined ? (keep ?? 'features') : 'command'
  const ofFeatures = { space: flags.space, features: flags.features, 'max-distance': flags.maxDistance }
  const idle = Object.entries(ofFeatures).find(([, value]) => value !== undefined)
  if (kept !== 'features' && idle !== undefined) throw new RangeError(`--${idle[0]}: only with --keep features`)
  if ((kept === 'error' || kept === 'command') && flags.kernel !== undefined) {
    throw new RangeError('--kernel: only with --keep features or compile; otherwise the whole file is reduced')
  }
  return kept
}

async function expand(file: string, { include: includePaths, define: defines }: ReductionFlags): Promise<string> {
  const text = readOperand(file, 'a file of OpenCL C')
  const path = file === '-' ? undefined : file
  const expanded = await preprocess(text, { includePaths, defines, path })
  if (!expanded.ok) throw new RangeError(`${nameOf(file)}: ${expanded.stage}: ${expanded.log}`)
  return expanded.source
}

interface NamedForm {
  readonly name: string
  readonly text: string
}

function kernelOf(file: string, source: string, wanted: string | undefined): NamedForm {
  const refuse = (log: string): never => {
    throw new RangeError(`${nameOf(file)}: ${log}`)
  }
  const parsed = parseChecked(source)
  if (!parsed.ok) return refuse(`${parsed.stage}: ${parsed.log} after preprocessing; --keep error takes it as it is`)
  const kernels = findKernels(parsed.unit)
  const name = wanted ?? kernels.at(-1)
  if (name === undefined) return refuse('defines no kernel; expected one to reduce')
  if (!kernels.includes(name)) {
    throw new RangeError(`--kernel: ${nameOf(file)} defines ${kernels.join(', ') || 'none'}, received '${name}'`)
  }
  const form = normaliseKernel(parsed.unit, name)
  return form.ok ? { name, text: form.text } : refuse(`kernel ${name}: ${form.log}`)
}

async function featuresTask(
  file: string,
  { name, text }: NamedForm,
  { space: spaces = 'grewe', features, maxDistance = 0 }: ReductionFlags,
  signal: AbortSignal,
): Promise<ReductionTask> {
  const { space, weights } = await resolveSpaces(spaces)
  const strict = await measureForm(space, text, { signal })
  const measured = strict.ok ? strict : await measureForm(space, text, { isStrict: false, signal })
  if (!measured.ok) throw new RangeError(`${nameOf(file)}: kernel ${name}: ${measured.stage}: ${measured.log}`)
  const { values } = measured
  const target = features === undefined ? { name, space, values } : await resolveTarget(features, space)
  const meter = new TargetMeter({ ...target, weights })
  const distance = meter.distance(values)
  if (distance > maxDistance) {
    const found = space.names.map((feature, i) => `${feature} ${values[i]}`).join(', ')
    throw new RangeError(
      `--features: expected what kernel ${name} of ${nameOf(file)} has, or a --max-distance of ${distance} or more; ` +
        `received '${features}', the kernel has ${found}`,
    )
  }
  const settings = { isStrict: strict.ok, signal }
  const measure = async (form: string): Promise<Readonly<Record<string, number>>> => {
    const after = await measureForm(space, form, { isStrict: strict.ok })
    return after.ok ? toFeatureRecord(space, after.values) : {}
  }
  const property = keepsFeatures(meter, { ...settings, maxDistance })
  return {
    ...{ keep: 'features', text, property, kernel: name, measure },
    options: { forms: [normalForm], kinds: settledKinds },
  }
}

async function compileTask(file: string, { name, text }: NamedForm, signal: AbortSignal): Promise<ReductionTask> {
  const failure = await findFailure(text, signal)
  if (failure !== undefined) {
    const { stage, log } = failure.rejection
    throw new RangeError(`${nameOf(file)}: kernel ${name}: ${stage}: ${log}; --keep error keeps that`)
  }
  const property = keepsCompiling(signal)
  return { keep: 'compile', text, property, kernel: name, options: { forms: [normalForm], kinds: settledKinds } }
}

async function errorTask(file: string, text: string, signal: AbortSignal): Promise<ReductionTask> {
  const failure = await findFailure(text, signal)
  if (failure === undefined)
    throw new RangeError(`${nameOf(file)}: compiles; --keep error expects a file that does not`)
  return { keep: 'error', text, property: keepsFailure(failure, signal), options: {} }
}

async function commandTask(
  file: string,
  text: string,
  { command = '', timeout: timeoutMs, jobs }: ReductionFlags,
  signal: AbortSignal,
): Promise<ReductionTask> {
  const settings = { timeoutMs, jobs, signal }
  const ending = await runCommand(command, text, settings)
  if (ending !== 0) {
    throw new RangeError(
      `--command: expected exit code 0 for ${nameOf(file)} as it is after preprocessing, received ${ending}`,
    )
  }
  return { keep: 'command', text, property: passesCommand(command, settings), options: { batch: jobs } }
}
