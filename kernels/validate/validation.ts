// What the funnel says of one kernel, as plain data: it is evidence, kept beside the kernel.

import type { Isolation } from '../run/isolation.ts'
import {
  type CldriveOutcome,
  cldriveName,
  describeFault,
  type Fault,
  type Outcome,
  type Stage,
  stages,
} from './outcomes.ts'

/** Who looked: our parser, clang, the payload planner, Oclgrind, or the device by its id. */
export type Checker = 'parser' | 'clang' | 'planner' | 'oclgrind' | `dev-${string}`

/** One fault that a checker has found. */
export interface Finding {
  readonly fault: Fault
  readonly by: Checker
  /** First line first: message, place, values. */
  readonly log: string
  /** In the text, from 1, where known. */
  readonly line?: number
  readonly column?: number
  /** How often it was reported. Default 1. */
  readonly count?: number
}

/** One stage as this kernel went through it. */
export interface StageRecord {
  readonly stage: Stage
  /** `unchecked`: the kernel was lost before, or nobody looks in this mode. */
  readonly verdict: 'passed' | 'failed' | 'unchecked'
  readonly by: readonly Checker[]
}

/** One launch of the kernel. */
export interface LaunchRecord {
  readonly by: Checker
  readonly globalSize: readonly number[]
  readonly localSize: readonly number[]
  readonly seed: number
  /** Of what it was run with, without guard zones. */
  readonly payloadHash: string
  /** See `guardPattern`. */
  readonly guardSalt: number
}

/** Outcome and evidence. */
export interface Validation {
  /** Name of the kernel; empty where there is none. */
  readonly kernel: string
  readonly outcome: Outcome
  /** cldrive's name for it. */
  readonly cldrive: CldriveOutcome
  /** Where it was lost; undefined where it was accepted. */
  readonly lostAt: Stage | undefined
  /** Why, in a line or a few; empty where it was accepted. */
  readonly log: string
  readonly stages: readonly StageRecord[]
  /** Everything that was found, in the order of the stages. */
  readonly findings: readonly Finding[]
  readonly launches: readonly LaunchRecord[]
  /** What was not looked for, and why; mostly empty. */
  readonly gaps: readonly string[]
  /** Relative tolerance of comparisons of floating-point outputs: 0, or for kernels with atomics `atomicsTolerance`. */
  readonly tolerance: number
  readonly isolation: Isolation
}

/** Gathers what checkers say of one kernel. */
export class Evidence {
  readonly #findings: Finding[] = []
  readonly #launches: LaunchRecord[] = []
  readonly #vouchers = new Map<Stage, Set<Checker>>()
  readonly #gaps = new Set<string>()
  kernel = ''
  tolerance = 0

  /** A checker has looked at these stages, whatever it found. */
  look(by: Checker, ...checked: readonly Stage[]): void {
    for (const stage of checked) this.#vouchers.set(stage, (this.#vouchers.get(stage) ?? new Set()).add(by))
  }

  find(...findings: readonly Finding[]): void {
    for (const finding of findings) {
      this.look(finding.by, describeFault(finding.fault).stage)
      this.#findings.push(finding)
    }
  }

  launched(launch: LaunchRecord): void {
    this.#launches.push(launch)
  }

  /** Something that is looked for otherwise was not. */
  skipped(gap: string): void {
    this.#gaps.add(gap)
  }

  get hasFindings(): boolean {
    return this.#findings.length > 0
  }

  /** Of what was found so far: the fault of the earliest stage. */
  get outcome(): Outcome {
    return this.#sorted().at(0)?.fault ?? 'accepted'
  }

  conclude(isolation: Isolation): Validation {
    const findings = this.#sorted()
    const first = findings.at(0)
    const lostAt = first === undefined ? undefined : describeFault(first.fault).stage
    const { outcome } = this
    return {
      kernel: this.kernel,
      outcome,
      cldrive: cldriveName(outcome),
      lostAt,
      log: first?.log ?? '',
      stages: stages.map((stage) => this.#recordOf(stage, lostAt)),
      findings,
      launches: this.#launches,
      gaps: [...this.#gaps],
      tolerance: this.tolerance,
      isolation,
    }
  }

  /** In the order of the stages. */
  #sorted(): Finding[] {
    const place = ({ fault }: Finding): number => stages.indexOf(describeFault(fault).stage)
    return [...this.#findings].sort((a, b) => place(a) - place(b))
  }

  #recordOf(stage: Stage, lostAt: Stage | undefined): StageRecord {
    const by = [...(this.#vouchers.get(stage) ?? [])]
    const isPast = lostAt !== undefined && stages.indexOf(stage) > stages.indexOf(lostAt)
    if (by.length === 0 || isPast) return { stage, verdict: 'unchecked', by: [] }
    return { stage, verdict: stage === lostAt ? 'failed' : 'passed', by }
  }
}
