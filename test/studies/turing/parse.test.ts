// What is wrong with a file of a study is said clearly, and nothing wrong passes.

import { describe, expect, it } from 'vitest'
import { parseAnswer, parseAnswerFile, parseKey, parseStudy, requireParsed } from '../../../studies/turing/parse.ts'
import { defaultResponseModel } from '../../../studies/turing/power/response-model.ts'
import { simulateAnswers } from '../../../studies/turing/power/simulate-answers.ts'
import { Random } from '../../../synth/random.ts'
import { sampleStudy } from './sample-corpora.ts'

const { study, key } = sampleStudy()
const [file] = simulateAnswers(
  study,
  key,
  { model: defaultResponseModel, difference: { machine: 0, control: 0 }, participants: 1, startMs: 5 },
  new Random(1),
)
const [answer] = file.answers

function problems(
  parsed: ReturnType<typeof parseStudy | typeof parseKey | typeof parseAnswerFile | typeof parseAnswer>,
) {
  return parsed.ok ? [] : parsed.problems
}

describe('parseStudy', () => {
  const [schedule] = study.schedules
  it.each([
    [{ ...study, formatVersion: 2 }, /^formatVersion: .*expected 1/],
    [{ ...study, items: [{ id: 'X', text: 'a' }] }, /^items\[0\]\.id: expected 12 hex digits$/],
    [{ ...study, origin: 'human' }, /Unrecognized key: "origin"/],
    [{ ...study, items: [{ ...study.items[0], origin: 'human' }] }, /^items\[0\]: Unrecognized key: "origin"/],
    [{ ...study, items: [...study.items, study.items[0]] }, /^the id [0-9a-f]{12} is given twice$/],
    [{ ...study, schedules: [{ ...schedule, order: ['000000000000'] }] }, /no item has the id 000000000000$/],
    [{ ...study, schedules: [{ ...schedule, order: [schedule.order[0], schedule.order[0]] }] }, /comes twice$/],
    [null, /expected object/],
  ])('refuses what does not fit (%#)', (value, message) => {
    expect(problems(parseStudy(value))).toContainEqual(expect.stringMatching(message))
  })
})

describe('parseKey', () => {
  it.each([
    [{ ...key, study: '0123456789abcdef' }, /^the key is of study 0123456789abcdef, not of/],
    [{ ...key, items: key.items.slice(1) }, /^the key says nothing of item [0-9a-f]{12}$/],
    [{ ...key, items: [...key.items, key.items[0]] }, /is given twice$/],
    [{ ...key, groups: [{ id: 'z', compares: 'machine' }] }, /^schedule [0-9a-f]{12}: unknown group$/],
    [{ ...key, plan: { ...key.plan, alpha: 2 } }, /^plan\.alpha: /],
  ])('refuses what does not fit (%#)', (value, message) => {
    expect(problems(parseKey(value, study))).toContainEqual(expect.stringMatching(message))
  })
})

describe('parseAnswerFile', () => {
  it.each([
    [{ ...file, participant: '../../etc/passwd' }, /^participant: expected 16 to 64 hex digits$/],
    [{ ...file, experience: 'wizard' }, /^experience: expected one of none, .*, received 'wizard'$/],
    [{ ...file, schedule: '000000000000' }, /^no schedule has the id 000000000000$/],
    [{ ...file, finishedAtMs: 1 }, /^finishedAtMs: lies before startedAtMs$/],
    [
      { ...file, answers: [{ ...answer, order: 1 }] },
      /^answers: the schedule does not have item [0-9a-f]{12} at place 1$/,
    ],
    [{ ...file, answers: [answer, answer] }, /^answers: item [0-9a-f]{12} is answered twice$/],
    [{ ...file, answers: [{ ...answer, label: 'robot' }] }, /^answers\[0\]\.label: /],
    [{ ...file, name: 'Jane' }, /Unrecognized key: "name"/],
  ])('refuses what does not fit (%#)', (value, message) => {
    expect(problems(parseAnswerFile(value, study))).toContainEqual(expect.stringMatching(message))
  })

  it('takes who has not come to the end', () => {
    expect(parseAnswerFile({ ...file, answers: [answer], finishedAtMs: null }, study).ok).toBe(true)
  })
})

describe('parseAnswer', () => {
  it.each([
    { confidence: 0 },
    { confidence: 2.5 },
    { responseMs: -1 },
    { responseMs: Number.POSITIVE_INFINITY },
    { order: -1 },
  ])('refuses %o', (change) => {
    expect(parseAnswer({ ...answer, ...change }).ok).toBe(false)
  })
})

describe('requireParsed', () => {
  it('throws the first problem, with the name of the file and how many there are', () => {
    const parsed = parseAnswer({ ...answer, confidence: 9, order: -1 })
    expect(() => requireParsed(parsed, 'a.json')).toThrow(/^a\.json: confidence: .* \(and 1 more\)$/)
  })
})
