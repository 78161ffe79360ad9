// All evaluators, asked one after another.

import type { Evaluator, EvaluatorInput, Evidence } from '../evaluators/evaluator.ts'
import { evaluators } from '../evaluators/registry.ts'

/** What an evaluator said. */
export interface Answer {
  readonly evaluator: Evaluator
  readonly evidence: Evidence
}

/** @param onAnswer - after each */
export async function askAll(
  input: EvaluatorInput,
  onAnswer: (id: string, done: number, total: number) => void = () => {},
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const evaluator of evaluators) {
    answers.push({ evaluator, evidence: await evaluator.evaluate(input) })
    onAnswer(evaluator.id, answers.length, evaluators.length)
  }
  return answers
}

/** Where files of an evaluator lie, from the folder of the report. Other signs than these are written as numbers. */
export function filesOf(evaluator: Evaluator, name: string): Readonly<Record<'svg' | 'png' | 'csv' | 'json', string>> {
  const safe = `${evaluator.id}-${name}`.replace(/[^a-zA-Z0-9+-]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}_`)
  return {
    ...{ svg: `figures/${safe}.svg`, png: `figures/${safe}.png` },
    ...{ csv: `data/${safe}.csv`, json: `data/${safe}.json` },
  }
}
