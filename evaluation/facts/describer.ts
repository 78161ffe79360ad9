// The shape of something that finds out more of kernels after the runs: what running them shows, how long they take, how
// likely they are. None of it decides anything in a run.

import type { EvaluationKernel } from '../records.ts'

/** What may be found out later. */
export type KernelFacts = Pick<EvaluationKernel, 'outcome' | 'label' | 'modelled' | 'timing' | 'bitsPerToken'>

/** Owns what it asks. */
export interface Describer extends Disposable {
  /** Can it say something of this kernel that is not known yet? */
  isWanted(kernel: EvaluationKernel): boolean
  /** @throws the signal's reason when aborted */
  describe(kernel: EvaluationKernel, text: string, signal: AbortSignal): Promise<Partial<KernelFacts>>
}
