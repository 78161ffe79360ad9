// Runs kernels and says what comes of it: see `kernels/validate/outcomes.ts`.

import { type ValidationMode, Validator } from '../../kernels/index.ts'
import type { Describer } from './describer.ts'

/** Of the payloads that kernels are run with: the same for each. */
export const payloadSeed = 1
/** As `synth --validate`: a benchmark that takes Oclgrind longer at a small size is not worth waiting for. */
const interpreterLimits = { cpuMs: 1500, wallMs: 15_000 }

/** @throws {BenchError} where Oclgrind, or in the mode `full` a device, is missing */
export async function openOutcomes(mode: ValidationMode): Promise<Describer> {
  const validator = await Validator.open({ mode })
  return {
    isWanted: ({ outcome }) => outcome === null,
    async describe(_, text, signal) {
      const options = { seed: payloadSeed, isCompiled: true, interpreterLimits, signal }
      return { outcome: (await validator.validate(text, options)).outcome }
    },
    [Symbol.dispose]: () => validator[Symbol.dispose](),
  }
}
