// Reads what `training-data.ts` wrote: for measuring a model on the kernels it was, and was not, trained on.

import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Tokenizer, type Vocabulary } from './tokenizer.ts'
import type { TrainingLine } from './training-data.ts'

/** The vocabulary of a folder of training data. @throws {RangeError} naming the file that is missing */
export function readTrainingTokenizer(folder: string): Tokenizer {
  return new Tokenizer(JSON.parse(readFileSync(pathIn(folder, 'vocab.json'), 'utf8')) as Vocabulary)
}

/** Kernels of a folder of training data, as they come; it may be large. @throws {RangeError} naming the missing file */
export async function* readTrainingKernels(folder: string): AsyncGenerator<TrainingLine, void> {
  const text = createGunzip().setEncoding('utf8')
  pipeline(createReadStream(pathIn(folder, 'kernels.jsonl.gz')), text, () => {}) // errors come out of `text`
  let rest = ''
  for await (const chunk of text) {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as TrainingLine
  }
}

function pathIn(folder: string, name: string): string {
  const path = join(folder, name)
  if (existsSync(path)) return path
  throw new RangeError(`${folder} has no ${name}; expected a folder that \`corpora training-data\` wrote`)
}
