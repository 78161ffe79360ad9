// What a run worker is asked and what it answers. Plain data: it crosses a process boundary.

import type { DeviceChoice, DeviceInfo } from '../device/devices.ts'
import type { Payload } from '../payload/payload.ts'

/** Parent to worker; `open` comes first and once, `launch` follows a `load` that went well. */
export type RunRequest =
  | { readonly kind: 'open'; readonly device?: DeviceChoice; readonly scratchFolder: string }
  | { readonly kind: 'build'; readonly source: string }
  | LoadRequest
  | LaunchRequest

/** Build a source and set up one kernel of it with its arguments, in place of what was loaded before. */
export interface LoadRequest {
  readonly kind: 'load'
  /** Preprocessed OpenCL C. */
  readonly source: string
  readonly payload: Payload
  /** Instead of what suits the device. */
  readonly buildOptions?: string
  /** Set before the context is made, for good: settings that the driver reads then. */
  readonly environment?: Readonly<Record<string, string>>
}

/** Run what is loaded, each time from the payload's own bytes: write all buffers, run, read the writable ones. */
export interface LaunchRequest {
  readonly kind: 'launch'
  /** Repetitions, one after another, at least 1. */
  readonly runs: number
  /** Which guard pattern surrounds the buffers: see `guardPattern`. */
  readonly guardSalt: number
  /** Send the outputs of the last run. */
  readonly wantOutputs: boolean
}

/** Worker to parent: one reply a request, and `begun` ahead of the reply to anything that runs foreign code. */
export type RunReply =
  | { readonly kind: 'begun' }
  | { readonly kind: 'opened'; readonly device: DeviceInfo }
  | { readonly kind: 'missing'; readonly log: string }
  | { readonly kind: 'built'; readonly ok: true }
  | { readonly kind: 'built'; readonly ok: false; readonly log: string }
  | LoadReply
  | LaunchReply

/** What came of a `load`. */
export type LoadReply =
  /** The worker's own time: what building, and in all, would have taken without a process of its own. */
  | { readonly kind: 'loaded'; readonly ok: true; readonly buildMs: number; readonly elapsedMs: number }
  | { readonly kind: 'loaded'; readonly ok: false; readonly stage: 'build' | 'arguments'; readonly log: string }

/** What came of a `launch`. */
export type LaunchReply =
  | {
      readonly kind: 'launched'
      readonly ok: true
      /** `[run]` */
      readonly times: readonly RunTimes[]
      /** By argument: final bytes of each writable buffer or image; undefined for all else, empty where not wanted. */
      readonly outputs: readonly (Uint8Array | undefined)[]
      /** Guard zones that a run has changed. */
      readonly damage: readonly GuardDamage[]
      /** What an interpreter reported; empty on other devices. */
      readonly report: string
      /** The worker's own time. */
      readonly elapsedMs: number
    }
  | {
      readonly kind: 'launched'
      readonly ok: false
      /** `arguments`: the device does not take the ranges or sizes. `launch`: it failed in running them. */
      readonly stage: 'arguments' | 'launch'
      readonly log: string
      readonly report: string
    }

/** Times of one run by the device's clock, START to END of the profiling events, in ns. */
export interface RunTimes {
  /** All buffers, host to device. */
  readonly writeNs: number
  readonly kernelNs: number
  /** Writable buffers, device to host. */
  readonly readNs: number
}

/** Writes beside a buffer. */
export interface GuardDamage {
  /** Index of the argument. */
  readonly argument: number
  /** Of the first changed byte, from the start of the buffer: negative before it. */
  readonly offset: number
  /** How many bytes have changed. */
  readonly bytes: number
}

/** How a worker came to its end. */
export type DeathCause =
  /** By itself: a signal such as SIGSEGV, SIGFPE or SIGABRT, or an exit code. */
  | 'crash'
  /** Killed at a limit. */
  | 'wall'
  | 'cpu'
  | 'memory'
  /** Killed because nobody wants it any more. */
  | 'stopped'

/** In place of a reply. */
export interface Death {
  readonly kind: 'died'
  readonly cause: DeathCause
  /** What is known of it, first line first: signal, limit, last words. */
  readonly log: string
  /** False where it says nothing about the kernel: the worker had not begun. */
  readonly hadBegun: boolean
  /** What an interpreter had reported by then. */
  readonly report: string
}

/** What can become of a request. */
export type RunEnd = Exclude<RunReply, { readonly kind: 'begun' }> | Death
