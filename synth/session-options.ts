// How onnxruntime is to compute, found by measurement (`bench decoder` repeats it). Its defaults otherwise: arena,
// memory patterns, denormals as zero, the execution mode and levels of graph optimisation from `basic` on moved the
// decoder by less than the noise of a few percent.

import type { InferenceSession } from 'onnxruntime-node'

export type SessionOptions = InferenceSession.SessionOptions

export const sessionOptions: SessionOptions = {
  // One for each core by default: they wait for each other in a busy loop after every small product of the decoder,
  // which takes the cores from compilers and other processes. One thread a process and several processes do more.
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
}
