// The seam between the loop and the devices that label: whoever validates and measures comes in here.

import type { Labeller } from '../../active-learning/index.ts'
import type { CliIo } from '../io.ts'

/** Holds devices while a run goes on. */
export interface OpenLabeller extends Labeller, Disposable {}

/**
 * Opens what labels.
 * @param devices - as `--devices` names them: the one in the role of the CPU, then the one in that of the GPU
 * @throws {BenchError} DEVICE_MISSING; {RangeError} naming the option
 */
export type LabellerOpener = (devices: readonly [cpu: string, gpu: string], io: CliIo) => Promise<OpenLabeller>
