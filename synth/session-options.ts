// How onnxruntime is to compute, found by measurement (`bench decoder` repeats it). Its defaults otherwise: arena,
// memory patterns, denormals as zero, the execution mode and levels of graph optimisation from `basic` on moved the
// decoder by less than the noise of a few percent.

import type { InferenceSession } from 'onnxruntime-node'

export type SessionOptions = InferenceSession.SessionOptions

export const sessionOptions: SessionOptions = {
  // By default one for each core: after every small product of the decoder they wait for each other in a busy loop. On two
  // idle cores they write about as fast as one thread, for twice the computing time; beside other work, at a third.
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
}
