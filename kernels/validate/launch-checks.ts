// What can be said of a kernel from running it: on Oclgrind, which reports faults with their places, and on a device,
// where guard zones and repeated runs show what has gone wrong.

import type { Payload } from '../payload/payload.ts'
import type { RunLimits } from '../run/limits.ts'
import type { Death, GuardDamage, LaunchReply } from '../run/protocol.ts'
import type { Runner, RunSession } from '../run/runner.ts'
import { dependsOnInput, findDifference, hasOutput, type Outputs } from './compare-outputs.ts'
import { parseReport, type ReportedFault } from './oclgrind.ts'
import type { Fault } from './outcomes.ts'
import type { Checker, Evidence, Finding } from './validation.ts'

/** What a kernel is checked with. */
export interface Trial {
  readonly source: string
  readonly payload: Payload
  /** From another seed. */
  readonly otherPayload: Payload
  readonly limits: RunLimits
  readonly signal?: AbortSignal
}

type Launched = Extract<LaunchReply, { readonly ok: true }>

/**
 * Run twice with one payload and once with another. The interpreter checks every access; it runs work-items one after
 * another, so that only uninitialised values can make two runs differ.
 */
export async function checkOnInterpreter(runner: Runner, trial: Trial, evidence: Evidence): Promise<void> {
  const by: Checker = 'oclgrind'
  const desk = new TestBench(runner, by, trial, evidence, '-cl-std=CL2.0 -w -cl-opt-disable')
  using _ = desk
  await desk.open()
  const first = (await desk.load(trial.payload)) && (await desk.launch(trial.payload, 0))
  if (!first) return
  const second = await desk.launch(trial.payload, 0)
  const other = second && (await desk.load(trial.otherPayload)) && (await desk.launch(trial.otherPayload, 0))
  if (!second || !other) return
  evidence.look(by, 'arguments', 'terminates', 'in-bounds', 'race-free', 'deterministic')
  judgeRepetition(trial, first.outputs, second.outputs, by, evidence)
  judgeOutputs(trial, first.outputs, other.outputs, by, evidence)
}

/**
 * Run with one payload between two different guard patterns. Changed guards are writes out of bounds; output that
 * changes with the pattern, and back with it, is a read.
 */
export async function checkOnDevice(runner: Runner, trial: Trial, evidence: Evidence): Promise<void> {
  const by = runner.device.id as Checker
  using desk = new TestBench(runner, by, trial, evidence)
  await desk.open()
  if (!(await desk.load(trial.payload))) return
  const first = await desk.launch(trial.payload, 0)
  if (!first) return
  evidence.look(by, 'arguments', 'terminates')
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

function judgeOutputs(trial: Trial, first: Outputs, other: Outputs, by: Checker, evidence: Evidence): void {
  const { payload, otherPayload } = trial
  evidence.look(by, 'has-output')
  if (!hasOutput(payload, first) && !hasOutput(otherPayload, other)) {
    evidence.find({ fault: 'no-output', by, log: 'no argument is changed' })
    return
  }
  evidence.look(by, 'input-dependent')
  if (dependsOnInput(payload, first, otherPayload, other)) return
  const log = `seeds ${payload.seed} and ${otherPayload.seed} give the same output`
  evidence.find({ fault: 'input-blind', by, log })
}

/** One borrowed process and one kernel; failures go to the evidence. */
class TestBench implements Disposable {
  readonly #runner: Runner
  readonly #by: Checker
  readonly #trial: Trial
  readonly #evidence: Evidence
  readonly #buildOptions: string | undefined
  #session: RunSession | undefined
  readonly #abort = (): void => this.#session?.kill('aborted')

  constructor(runner: Runner, by: Checker, trial: Trial, evidence: Evidence, buildOptions?: string) {
    this.#runner = runner
    this.#by = by
    this.#trial = trial
    this.#evidence = evidence
    this.#buildOptions = buildOptions
  }

  async open(): Promise<void> {
    this.#session = await this.#runner.lend()
    this.#trial.signal?.addEventListener('abort', this.#abort)
  }

  /** @returns false where that failed */
  async load(payload: Payload): Promise<boolean> {
    const { source, limits, signal } = this.#trial
    const end = await this.#open().load({ source, payload, buildOptions: this.#buildOptions }, limits)
    signal?.throwIfAborted()
    if (end.kind === 'died') this.#find('build-failed', end.log)
    else if (!end.ok) this.#find(end.stage === 'build' ? 'not-built' : 'invalid-range', end.log)
    if (end.kind === 'died' || !end.ok) return false
    this.#evidence.look(this.#by, 'build')
    return true
  }

  /** @returns undefined where it failed or was reported as faulty */
  async launch({ globalSize, localSize, seed }: Payload, guardSalt: number): Promise<Launched | undefined> {
    const { limits, signal } = this.#trial
    const by = this.#by
    this.#evidence.launched({ by, globalSize, localSize, seed, guardSalt })
    const end = await this.#open().launch({ runs: 1, guardSalt, wantOutputs: true }, limits)
    signal?.throwIfAborted()
    const reported = parseReport(end.report).map((fault) => findingOf(fault, by))
    this.#evidence.find(...reported)
    if (end.kind === 'died') this.#find(faultOf(end), end.log)
    else if (!end.ok) this.#find(end.stage === 'arguments' ? 'invalid-range' : 'launch-failed', end.log)
    else this.#evidence.find(...end.damage.map((damage) => this.#damaged(damage)))
    const isSound = end.kind !== 'died' && end.ok && end.damage.length === 0 && reported.length === 0
    return isSound ? end : undefined
  }

  [Symbol.dispose](): void {
    this.#trial.signal?.removeEventListener('abort', this.#abort)
    this.#session?.[Symbol.dispose]()
  }

  #open(): RunSession {
    if (this.#session === undefined) throw new Error('TestBench was used before it was opened')
    return this.#session
  }

  #find(fault: Fault, log: string): void {
    this.#evidence.find({ fault, by: this.#by, log })
  }

  #damaged({ argument, offset, bytes }: GuardDamage): Finding {
    const side = offset < 0 ? `${-offset} bytes before its start` : `at byte ${offset}, beyond its end`
    return { fault: 'out-of-bounds', by: this.#by, log: `argument ${argument}: ${bytes} bytes written, first ${side}` }
  }
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
