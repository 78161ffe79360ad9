// What can be said of a kernel from running it: on Oclgrind, which reports faults with their places, and on a device,
// where guard zones and repeated runs show what has gone wrong.

import { parseChecked } from '../normalise.ts'
import { hashPayload } from '../payload/hash-payload.ts'
import type { Payload, PayloadArgument } from '../payload/payload.ts'
import type { RunLimits } from '../run/limits.ts'
import type { Death, GuardDamage, LaunchReply } from '../run/protocol.ts'
import type { Runner, RunSession } from '../run/runner.ts'
import { dependsOnInput, findDifference, hasOutput, type Outputs } from './compare-outputs.ts'
import { isInitialised } from './initialised.ts'
import { parseReport, type ReportedFault } from './oclgrind.ts'
import type { Fault, Stage } from './outcomes.ts'
import type { Checker, Evidence, Finding } from './validation.ts'

/** What a kernel is checked with. */
export interface Trial {
  readonly source: string
  readonly payload: Payload
  /** From other seeds and distributions, tried in order until one gives other output. */
  readonly otherPayloads: Iterable<Payload>
  readonly limits: RunLimits
  readonly signal?: AbortSignal
}

type Launched = Extract<LaunchReply, { readonly ok: true }>

/** Where kernels are run, and what for. */
interface Station {
  readonly by: Checker
  /** What a launch that came to its end has been looked at for. */
  readonly sees: readonly Stage[]
  /** Ways of setting it up, tried in order until one works. */
  readonly setups: readonly Setup[]
  /** Buffers lie between guard zones. An interpreter knows their ends, and must not find others' memory there. */
  readonly hasGuards: boolean
}

/** One way of building for and checking on a device; undefined is what suits it. */
interface Setup {
  readonly buildOptions?: string
  readonly environment?: Readonly<Record<string, string>>
  /** What goes unnoticed this way. */
  readonly gap?: string
}

const unoptimised = '-w -cl-opt-disable'
const everything = { environment: { OCLGRIND_UNINITIALIZED: '1' } }
const lessUninitialised = {
  environment: { OCLGRIND_UNINITIALIZED: '0' },
  gap: 'uninitialised reads: Oclgrind cannot follow them here',
}

/**
 * OpenCL C 1.2 where it will do: Oclgrind lacks the generic address space of later versions. Without optimisation,
 * which would remove faulty accesses whose results nobody uses.
 */
const interpreter: Station = {
  by: 'oclgrind',
  sees: ['arguments', 'terminates', 'in-bounds', 'race-free'],
  hasGuards: false,
  setups: [
    { buildOptions: `-cl-std=CL1.2 ${unoptimised}`, ...everything },
    { buildOptions: `-cl-std=CL1.2 ${unoptimised}`, ...lessUninitialised },
    { buildOptions: `-cl-std=CL2.0 ${unoptimised}`, ...everything },
    { buildOptions: `-cl-std=CL2.0 ${unoptimised}`, ...lessUninitialised },
  ],
}

/**
 * Run twice with one payload and once with others until two outputs are not the same. The interpreter checks every access; it
 * runs work-items one after another, so that only uninitialised values can make two runs differ.
 */
export async function checkOnInterpreter(runner: Runner, trial: Trial, evidence: Evidence): Promise<void> {
  const { by } = interpreter
  using desk = new TestBench(runner, interpreter, trial, evidence)
  await desk.open()
  const first = await launchFirst(desk, trial.payload)
  const second = first && (await desk.launch(trial.payload, 0))
  if (!first || !second) return
  evidence.look(by, 'deterministic')
  judgeRepetition(trial, first.outputs, second.outputs, by, evidence)
  await findUse(desk, trial, first, evidence)
}

/** Run once with each payload until two outputs are not the same: faulty accesses show, and whether anything is computed. */
export async function probeOnInterpreter(runner: Runner, trial: Trial, evidence: Evidence): Promise<void> {
  using desk = new TestBench(runner, interpreter, trial, evidence)
  await desk.open()
  const first = await launchFirst(desk, trial.payload)
  if (first !== undefined) await findUse(desk, trial, first, evidence)
}

/** Does anything depend on the input? */
async function findUse(desk: TestBench, trial: Trial, first: Launched, evidence: Evidence): Promise<void> {
  const { by } = interpreter
  const runs = [{ payload: trial.payload, outputs: first.outputs }]
  for (const payload of trial.otherPayloads) {
    const run = (await desk.load(payload)) && (await desk.launch(payload, 0))
    if (!run) return
    const { outputs } = run
    evidence.look(by, 'has-output', 'input-dependent')
    // Each with each: a flag that is cleared where it is clear already tells nothing of a payload that leaves it set.
    if (runs.some((other) => dependsOnInput(other.payload, other.outputs, payload, outputs))) return
    runs.push({ payload, outputs })
  }
  const seeds = runs.map(({ payload }) => payload.seed).join(', ')
  if (runs.some(({ payload, outputs }) => hasOutput(payload, outputs))) {
    evidence.find({ fault: 'input-blind', by, log: `the same output for the payloads of seeds ${seeds}` })
  } else evidence.find({ fault: 'no-output', by, log: `no argument is changed, with payloads of seeds ${seeds}` })
}

/** In the first way that works. */
async function launchFirst(desk: TestBench, payload: Payload): Promise<Launched | undefined> {
  for (;;) {
    if (!(await desk.load(payload))) return undefined
    const first = await desk.launch(payload, 0)
    if (first !== undefined || !desk.changeSetup()) return first
  }
}

/**
 * Run with one payload between two different guard patterns. Changed guards are writes out of bounds; output that
 * changes with the pattern, and back with it, is a read.
 */
export async function checkOnDevice(runner: Runner, trial: Trial, evidence: Evidence): Promise<void> {
  const by = runner.device.id as Checker
  using desk = new TestBench(
    runner,
    { by, sees: ['arguments', 'terminates'], setups: [{}], hasGuards: true },
    trial,
    evidence,
  )
  await desk.open()
  if (!(await desk.load(trial.payload))) return
  const first = await desk.launch(trial.payload, 0)
  if (!first) return
  const second = await desk.launch(trial.payload, 1)
  if (!second) return
  evidence.look(by, 'in-bounds', 'deterministic')
  const difference = findDifference(trial.payload, first.outputs, second.outputs, evidence.tolerance)
  if (difference === undefined) return
  const third = await desk.launch(trial.payload, 0)
  if (!third) return
  const dependsOnGuard = findDifference(trial.payload, first.outputs, third.outputs, evidence.tolerance) === undefined
  if (!dependsOnGuard) judgeRepetition(trial, first.outputs, third.outputs, by, evidence)
  else {
    const log = `argument ${difference.argument}, element ${difference.element} depends on what lies beside the buffers`
    evidence.find({ fault: 'out-of-bounds', by, log })
  }
}

function judgeRepetition(trial: Trial, first: Outputs, second: Outputs, by: Checker, evidence: Evidence): void {
  const difference = findDifference(trial.payload, first, second, evidence.tolerance)
  if (difference === undefined) return
  const { argument, element, first: a, second: b } = difference
  evidence.find({ fault: 'nondeterministic', by, log: `argument ${argument}, element ${element}: ${a}, then ${b}` })
}

/** One borrowed process and one kernel; failures go to the evidence. */
class TestBench implements Disposable {
  readonly #runner: Runner
  readonly #by: Checker
  readonly #trial: Trial
  readonly #evidence: Evidence
  readonly #sees: readonly Stage[]
  readonly #hasGuards: boolean
  /** The first one is in use; the others are for when it does not work. */
  #setups: readonly Setup[]
  /** The last launch ended in an error of the interpreter's own: it says that it cannot go on, or crashes. */
  #isStuck = false
  #session: RunSession | undefined
  readonly #abort = (): void => this.#session?.kill('aborted')

  constructor(runner: Runner, { by, sees, setups, hasGuards }: Station, trial: Trial, evidence: Evidence) {
    this.#runner = runner
    this.#by = by
    this.#sees = sees
    this.#hasGuards = hasGuards
    this.#trial = trial
    this.#evidence = evidence
    this.#setups = setups
  }

  async open(): Promise<void> {
    this.#session = await this.#runner.lend()
    this.#trial.signal?.addEventListener('abort', this.#abort)
  }

  /** @returns false where that failed */
  async load(planned: Payload): Promise<boolean> {
    const { source, limits, signal } = this.#trial
    const payload = this.#hasGuards ? planned : withoutGuards(planned, true)
    for (;;) {
      const [{ buildOptions, environment, gap }, ...others] = this.#setups
      const end = await this.#open().load({ source, payload, buildOptions, environment }, limits)
      signal?.throwIfAborted()
      if (end.kind === 'died') this.#find('build-failed', end.log)
      else if (end.ok) {
        this.#evidence.look(this.#by, 'build')
        if (gap !== undefined) this.#evidence.skipped(gap)
        return true
      } else if (end.stage === 'build' && others.length > 0) {
        this.#setups = others
        continue
      } else this.#find(end.stage === 'build' ? 'not-built' : 'invalid-range', end.log)
      return false
    }
  }

  /** @returns undefined where it failed or was reported as faulty */
  async launch(payload: Payload, guardSalt: number): Promise<Launched | undefined> {
    const { globalSize, localSize, seed } = payload
    const { limits, signal } = this.#trial
    const by = this.#by
    const payloadHash = hashPayload(withoutGuards(payload, false))
    this.#evidence.launched({ by, globalSize, localSize, seed, payloadHash, guardSalt })
    const end = await this.#open().launch({ runs: 1, guardSalt, wantOutputs: true }, limits)
    signal?.throwIfAborted()
    const reported = parseReport(end.report)
      .filter(({ fault }) => fault !== 'uninitialised-read' || !(hasImages(payload) || this.#isInitialised()))
      .map((fault) => findingOf(fault, by))
    const isCrash = end.kind === 'died' && end.cause === 'crash' && reported.length === 0
    const isItsOwn = isCrash || reported.some(({ fault }) => fault === 'not-checkable')
    this.#isStuck = isItsOwn && this.#setups.length > 1
    if (this.#isStuck) return undefined
    this.#evidence.find(...reported)
    if (end.kind === 'launched' && end.ok) this.#evidence.look(by, ...this.#sees)
    if (end.kind === 'died') this.#find(faultOf(end), end.log)
    else if (!end.ok) this.#find(end.stage === 'arguments' ? 'invalid-range' : 'launch-failed', end.log)
    else this.#evidence.find(...end.damage.map((damage) => this.#damaged(damage)))
    const isSound = end.kind !== 'died' && end.ok && end.damage.length === 0 && reported.length === 0
    return isSound ? end : undefined
  }

  /** @returns true where the last launch failed for reasons of the interpreter's, and there is another way to try */
  changeSetup(): boolean {
    if (this.#isStuck) this.#setups = this.#setups.slice(1)
    return this.#isStuck
  }

  [Symbol.dispose](): void {
    this.#trial.signal?.removeEventListener('abort', this.#abort)
    this.#session?.[Symbol.dispose]()
  }

  #open(): RunSession {
    if (this.#session === undefined) throw new Error('TestBench was used before it was opened')
    return this.#session
  }

  /** Asked only where the interpreter says otherwise. */
  #isInitialised(): boolean {
    const parsed = parseChecked(this.#trial.source)
    const isProven = parsed.ok && isInitialised(parsed.unit)
    if (isProven) this.#evidence.look('parser', 'deterministic')
    return isProven
  }

  #find(fault: Fault, log: string): void {
    this.#evidence.find({ fault, by: this.#by, log })
  }

  #damaged({ argument, offset, bytes }: GuardDamage): Finding {
    const side = offset < 0 ? `${-offset} bytes before its start` : `at byte ${offset}, beyond its end`
    return { fault: 'out-of-bounds', by: this.#by, log: `argument ${argument}: ${bytes} bytes written, first ${side}` }
  }
}

/** @param readsAll - read all buffers back, whatever the text looks like */
function withoutGuards(payload: Payload, readsAll: boolean): Payload {
  const bare = payload.arguments.map((argument): PayloadArgument => {
    if (argument.kind !== 'buffer') return argument
    return { ...argument, guardBytes: 0, access: readsAll ? 'both' : argument.access }
  })
  return { ...payload, arguments: bare }
}

/** Oclgrind takes what is read from images, and their sizes, for uninitialised. */
function hasImages(payload: Payload): boolean {
  return payload.arguments.some(({ kind }) => kind === 'image')
}

function faultOf({ cause, log }: Death): Fault {
  if (cause === 'wall' || cause === 'cpu') return 'does-not-end'
  // Where allocation is refused at RLIMIT_DATA, drivers abort.
  return cause === 'memory' || /bad_alloc|out of memory/i.test(log) ? 'out-of-memory' : 'crashed'
}

function findingOf({ fault, message, workItem, line, column, source, count }: ReportedFault, by: Checker): Finding {
  const log = [message, workItem && `by ${workItem}`, line && `at ${line}:${column}: ${source}`]
    .filter(Boolean)
    .join('\n')
  return { fault, by, log, line, column, count }
}
