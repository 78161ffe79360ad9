// All answers of a study: those that a collector took, then those that participants sent as files.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCollected } from '../collector/read-collected.ts'
import { parseAnswerFile } from '../parse.ts'
import type { AnswerFile, Study } from '../study.ts'
import type { StudyAnswers } from './analyse.ts'

/**
 * @returns each participant once: of several files the one with more answers, and what a collector has above all; files
 *   that do not fit the study with the reason
 */
export function readAnswers(folder: string, study: Study): StudyAnswers {
  const collected = new Map(readCollected(folder, study).map((file) => [file.participant, file]))
  const sent = new Map<string, AnswerFile>()
  const unreadable: { file: string; problem: string }[] = []
  for (const name of listFiles(join(folder, 'answers'))) {
    const read = readAnswerFile(join(folder, 'answers', name), study)
    if (typeof read === 'string') unreadable.push({ file: name, problem: read })
    else if ((sent.get(read.participant)?.answers.length ?? -1) < read.answers.length) sent.set(read.participant, read)
  }
  const files = [...new Map([...sent, ...collected]).values()]
  return { files: files.sort((a, b) => (a.participant < b.participant ? -1 : 1)), unreadable }
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
}

/** @returns the answers, or what is wrong */
function readAnswerFile(path: string, study: Study): AnswerFile | string {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const parsed = parseAnswerFile(value, study)
  return parsed.ok ? parsed.value : parsed.problems.join('; ')
}
