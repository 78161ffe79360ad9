import type { InferenceSession } from 'onnxruntime-node'

export type SessionOptions = InferenceSession.SessionOptions

export const sessionOptions: SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
  executionMode: 'sequential',
}
