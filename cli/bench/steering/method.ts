// The shape of a way to a target.

import type { DeviceBuilder } from '../../../kernels/index.ts'
import type { Model, Target } from '../../../synth/index.ts'
import type { RunResult, RunSettings } from './run.ts'

export interface MethodRequest {
  readonly model: Model
  readonly builder: DeviceBuilder
  readonly target: Target
  readonly settings: RunSettings
  readonly signal: AbortSignal
}

export interface SteeringMethod {
  readonly summary: string
  run(request: MethodRequest): Promise<RunResult>
}
