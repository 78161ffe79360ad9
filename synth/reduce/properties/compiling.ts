// A unit compiles, or fails as it did.

import { type CompileOutcome, compileAll, type Rejection } from '../../../kernels/index.ts'
import type { Property } from '../reduce.ts'

/** Units that compile, pointers of the right types included. */
export function keepsCompiling(signal?: AbortSignal): Property {
  return async (texts) => {
    const outcomes = await compileAll(texts, { checkOnly: true, isStrict: true, signal })
    return outcomes.map(({ ok }) => ok)
  }
}

/**
 * How a unit fails to compile: as most compilers see it or, if only then, under strict rules.
 * @returns the failure, or undefined where the unit compiles
 * @throws {RangeError} where the unit is not handed to the compiler at all
 */
export async function findFailure(
  text: string,
  signal?: AbortSignal,
): Promise<{ readonly rejection: Rejection; readonly isStrict: boolean } | undefined> {
  for (const isStrict of [false, true]) {
    const [outcome] = await compileAll([text], { isStrict, signal })
    if (outcome.ok) continue
    if (outcome.stage === 'limits') throw new RangeError(`text: ${outcome.log}`)
    return { rejection: outcome, isStrict }
  }
  return undefined
}

/** Units that fail at the same stage and with the same first message, names and places aside. */
export function keepsFailure(
  { rejection, isStrict }: { readonly rejection: Rejection; readonly isStrict: boolean },
  signal?: AbortSignal,
): Property {
  const wanted = messageOf(rejection)
  return async (texts) => {
    const outcomes = await compileAll(texts, { isStrict, signal })
    return outcomes.map((outcome) => !outcome.ok && messageOf(outcome) === wanted)
  }
}

function messageOf({ stage, log }: Exclude<CompileOutcome, { ok: true }>): string {
  const [first] = log.split('\n')
  return `${stage}: ${first.replace(/^\d+:\d+: /, '').replace(/'[^']*'/g, "''")}`
}
