// A small candidate, each field overridable.

import { normaliseText } from '../../kernels/index.ts'
import type { Candidate } from '../../synth/index.ts'

export function sampleCandidate(changes: Partial<Candidate> = {}): Candidate {
  const features = Float64Array.of(1, 2)
  return {
    ...{
      key: 'k',
      text: '',
      tokens: [],
      features,
      distance: 1,
      id: 0,
      generation: 1,
      meanLogProbability: -1,
      lineage: [],
      ancestors: [],
    },
    ...changes,
  }
}

/** A candidate that is this kernel. */
export function candidateOf(source: string): Candidate {
  const form = normaliseText(source)
  if (!form.ok) throw new Error(form.log)
  const { key, text, tokens } = form
  return sampleCandidate({ key, text, tokens })
}
