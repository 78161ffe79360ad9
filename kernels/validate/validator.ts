// The funnel: parse, compile, payload, then Oclgrind, which is fast and sees every access, then the device, for what
// survives. A kernel is lost at the first stage where anybody has found a fault.

import { compileAll } from '../clang.ts'
import type { DeviceChoice, DeviceInfo } from '../device/devices.ts'
import { findKernels } from '../extract.ts'
import { checkSource } from '../limits.ts'
import { parseChecked } from '../normalise.ts'
import type { Distribution, Payload, PayloadOptions } from '../payload/payload.ts'
import { type LaunchPlan, planLaunch, planPayload } from '../payload/plan.ts'
import { findForeignCode } from '../run/foreign-code.ts'
import { describeIsolation } from '../run/isolation.ts'
import type { RunLimits } from '../run/limits.ts'
import { Runner } from '../run/runner.ts'
import { toleranceFor } from './compare-outputs.ts'
import { checkOnDevice, checkOnInterpreter, probeOnInterpreter, type Trial } from './launch-checks.ts'
import { findOclgrind } from './oclgrind.ts'
import type { Outcome } from './outcomes.ts'
import { Evidence, type Validation } from './validation.ts'

/** `quick`: Oclgrind alone. `full`: the device, too. */
export type ValidationMode = 'quick' | 'full'

/** Where kernels are checked. */
export interface ValidatorOptions {
  /** Default `full`. */
  readonly mode?: ValidationMode
  /** Device of the full mode. Default: the first CPU. */
  readonly device?: DeviceChoice
  /** Kernels checked at once. Default 1, range 1 to 64. */
  readonly workers?: number
  /** Driver of Oclgrind. Default: where the system's packages put it. */
  readonly oclgrind?: string
}

/** How one kernel is checked. */
export interface ValidateOptions extends Omit<PayloadOptions, 'globalSize' | 'localSize'> {
  /** Range on the device. Oclgrind runs the planner's own small one. Default: the same there. */
  readonly globalSize?: readonly number[]
  /** Default: the planner's. */
  readonly localSize?: readonly number[]
  /** The text is known to compile: clang is not asked again. Default false. */
  readonly isCompiled?: boolean
  /** Of each build and each launch on the device. */
  readonly limits?: RunLimits
  /** Likewise on Oclgrind, which is about a hundred times slower. Default 6 s of CPU time, 120 s in all. */
  readonly interpreterLimits?: RunLimits
  readonly signal?: AbortSignal
}

/** Its ranges are small, and so may its limits be. */
const defaultInterpreterLimits: RunLimits = { wallMs: 120_000, cpuMs: 6_000 }
/** Of probes: who reaches further with a few work-items is not worth a closer look. */
const probing = { mostItems: 128, mostBytes: 1 << 20 }
/**
 * Of the payloads besides the first, until the output is another: its own, then such as flip flags and end searches. The
 * later ones cost time only where a kernel seems to do nothing, or always the same.
 */
const otherDistributions: readonly (Distribution | undefined)[] = [
  undefined,
  'constant',
  'sorted',
  'sparse',
  'uniform',
  'compared',
  undefined,
  'compared',
  'compared',
  undefined,
  'compared',
  'compared',
]
/** From one payload's seed to the next one's. */
const seedStep = 0x9e37

/** Warm processes of Oclgrind and of a device. Hold it with `using`. */
export class Validator implements Disposable {
  /** Oclgrind, as it describes itself. */
  readonly interpreter: DeviceInfo
  /** The device of the full mode. */
  readonly device: DeviceInfo | undefined
  readonly #interpreter: Runner
  readonly #runner: Runner | undefined

  private constructor(interpreter: Runner, runner: Runner | undefined) {
    this.#interpreter = interpreter
    this.#runner = runner
    this.interpreter = interpreter.device
    this.device = runner?.device
  }

  /** @throws {BenchError} DEVICE_MISSING, saying what to do; {RangeError} naming the option */
  static async open(options: ValidatorOptions = {}): Promise<Validator> {
    const { mode = 'full', device, workers = 1, oclgrind = findOclgrind() } = options
    const interpreter = await Runner.open({ driver: oclgrind, workers })
    try {
      const runner = mode === 'full' ? await Runner.open({ device, workers }) : undefined
      return new Validator(interpreter, runner)
    } catch (error) {
      interpreter[Symbol.dispose]()
      throw error
    }
  }

  /**
   * Put one kernel through the funnel. Calls beyond `workers` wait their turn.
   * @param text - preprocessed OpenCL C
   * @throws {DisposedError} after dispose; {RangeError} for ranges that do not fit each other; the signal's reason
   */
  async validate(text: string, options: ValidateOptions): Promise<Validation> {
    const evidence = new Evidence()
    await this.#check(text, options, evidence)
    return evidence.conclude(describeIsolation())
  }

  /**
   * Mostly two small launches on Oclgrind, a fraction of what `validate` does: most faults show at once, also that nothing
   * depends on the input. A search can afford to ask it about thousands of kernels. It is stricter than `validate` in one
   * thing: a kernel that does something for rare data alone may pass for blind.
   * @param text - a kernel that is known to compile
   * @throws as `validate`
   */
  async probe(text: string, options: Omit<ValidateOptions, 'globalSize' | 'localSize' | 'limits'>): Promise<Outcome> {
    const evidence = new Evidence()
    const { signal, interpreterLimits = defaultInterpreterLimits } = options
    const kernel = checkText(text, options.kernel, evidence)
    if (kernel === undefined) return evidence.outcome
    const wanted = { ...options, kernel, ...probing }
    const planned = planLaunch(text, wanted)
    if (!planned.ok) return 'unsupported-arguments'
    const otherPayloads = drawOthers(text, wanted, planned)
    const trial = { source: text, payload: planned.payload, otherPayloads, limits: interpreterLimits, signal }
    await probeOnInterpreter(this.#interpreter, trial, evidence)
    return evidence.outcome
  }

  /** Kill the processes; open validations end as they can. */
  [Symbol.dispose](): void {
    this.#interpreter[Symbol.dispose]()
    this.#runner?.[Symbol.dispose]()
  }

  async #check(text: string, options: ValidateOptions, evidence: Evidence): Promise<void> {
    const { signal, isCompiled = false, limits = {}, interpreterLimits = defaultInterpreterLimits } = options
    const kernel = checkText(text, options.kernel, evidence)
    if (kernel === undefined) return
    if (!isCompiled && !(await compiles(text, signal, evidence))) return
    evidence.tolerance = toleranceFor(text)
    const small = planTrial(text, { ...options, kernel, globalSize: undefined }, evidence)
    if (small === undefined) return
    const trial = { source: text, ...small, limits: interpreterLimits, signal }
    await checkOnInterpreter(this.#interpreter, trial, evidence)
    if (evidence.hasFindings || this.#runner === undefined) return
    const full = options.globalSize === undefined ? small : planTrial(text, { ...options, kernel }, evidence)
    if (full === undefined) return
    await checkOnDevice(this.#runner, { source: text, ...full, limits, signal }, evidence)
  }
}

/** @returns the kernel's name, or undefined where the text is unfit */
function checkText(text: string, wanted: string | undefined, evidence: Evidence): string | undefined {
  const by = 'parser'
  evidence.look(by, 'parse')
  const unfit = checkSource(text)
  const parsed = unfit ?? parseChecked(text)
  if (!parsed.ok) {
    evidence.find({ fault: 'not-parsed', by, log: parsed.log })
    return undefined
  }
  const foreign = findForeignCode(text, parsed.unit)
  if (foreign !== undefined) {
    evidence.find({ fault: 'not-parsed', by, log: `foreign code: ${foreign}` })
    return undefined
  }
  const kernels = findKernels(parsed.unit)
  const kernel = wanted === undefined ? kernels[0] : kernels.find((name) => name === wanted)
  if (kernel === undefined) {
    const log = wanted === undefined ? 'no kernel' : `no kernel '${wanted}'; there are: ${kernels.join(', ') || 'none'}`
    evidence.find({ fault: 'no-kernel', by, log })
    return undefined
  }
  evidence.kernel = kernel
  return kernel
}

async function compiles(text: string, signal: AbortSignal | undefined, evidence: Evidence): Promise<boolean> {
  const by = 'clang'
  evidence.look(by, 'compile')
  const [outcome] = await compileAll([text], { checkOnly: true, signal })
  if (!outcome.ok) evidence.find({ fault: 'not-compiled', by, log: outcome.log })
  return outcome.ok
}

/** @returns payloads from several seeds, or undefined where there are none */
function planTrial(
  text: string,
  options: ValidateOptions,
  evidence: Evidence,
): Pick<Trial, 'payload' | 'otherPayloads'> | undefined {
  const by = 'planner'
  evidence.look(by, 'arguments')
  const first = planPayload(text, options)
  if (!first.ok) {
    evidence.find({ fault: 'unsupported-arguments', by, log: first.log })
    return undefined
  }
  const { payload } = first
  const isWritable = payload.arguments.some(
    (argument) =>
      (argument.kind === 'buffer' && argument.space === 'global') ||
      (argument.kind === 'image' && argument.access === 'write'),
  )
  if (payload.arguments.length === 0) {
    evidence.find({ fault: 'no-arguments', by, log: 'the kernel has no parameters' })
  } else if (!isWritable) {
    evidence.find({ fault: 'no-writable-arguments', by, log: 'no parameter can be written to' })
  }
  return isWritable ? { payload, otherPayloads: planOthers(text, options) } : undefined
}

/** Of a probe: other data, which costs little, then other scalars, too. */
function* drawOthers(text: string, options: PayloadOptions, { redraw }: LaunchPlan): Generator<Payload> {
  yield redraw(options.seed + seedStep, 'mixed')
  const other = planPayload(text, { ...options, distribution: 'compared', seed: options.seed + 2 * seedStep })
  if (other.ok) yield other.payload
}

/** Planned as they are asked for: mostly the first of them decides. */
function* planOthers(text: string, options: ValidateOptions): Generator<Payload> {
  for (const [i, distribution = options.distribution] of otherDistributions.entries()) {
    const other = planPayload(text, { ...options, distribution, seed: options.seed + (i + 1) * seedStep })
    if (other.ok) yield other.payload
  }
}
