// `benchsteer turing answers`: what a collector took, as the files that participants without one download.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type AnswerFile, readCollected, readStudy } from '../../../studies/index.ts'
import type { Command } from '../../command.ts'
import { writeFile } from '../../write-file.ts'

interface AnswersFlags {
  readonly out?: string
  readonly finished: boolean
}

export const answersCommand: Command<AnswersFlags> = {
  name: 'answers',
  summary: 'Write the answers in answers.db as one JSON file a participant.',
  description: 'Also while the collector runs. turing analyze reads answers.db by itself.',
  operands: [{ syntax: '<dir>', summary: 'folder of the study' }],
  options: [
    { syntax: '-o, --out <dir>', summary: 'folder to write to (default: answers in the folder of the study)' },
    { syntax: '--finished', summary: 'only of participants who came to the end' },
  ],
  examples: ['turing answers study/', 'turing answers study/ --finished -o answers'],

  async run({ out, finished }, io, [folder]) {
    const files = readCollected(folder, readStudy(folder)).filter(
      ({ finishedAtMs }) => finishedAtMs !== null || !finished,
    )
    if (files.length === 0) throw new RangeError(`${folder}: expected answers.db with answers, received none`)
    const target = out ?? join(folder, 'answers')
    mkdirSync(target, { recursive: true })
    for (const file of files) writeFile('--out', join(target, nameOf(file)), `${JSON.stringify(file, null, 2)}\n`)
    io.out(`answers of ${files.length} participants written to ${target}`)
  },
}

function nameOf({ participant }: AnswerFile): string {
  return `answers-${participant}.json`
}
