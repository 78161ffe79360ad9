import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { turingCommands } from '../../cli/commands/turing/index.ts'
import { runCli } from '../../cli/program.ts'
import type { RehearsalSummary } from '../../studies/index.ts'
import { temporaryFolder } from '../corpora/samples.ts'
import { writeStudy } from '../studies/turing/small-study.ts'
import { memoryIo } from './memory-io.ts'

const skill = ['--difference', '0.8', '--control-difference', '0.8']

async function simulate(folder: string, out: string, ...args: string[]): Promise<RehearsalSummary> {
  const io = memoryIo()
  expect(await runCli(['turing', 'simulate', folder, '-o', out, '--json', ...args], [turingCommands], io)).toBe(0)
  return JSON.parse(io.outLines[0])
}

it('turing simulate plays studies over HTTP, goes on where it stopped, and finds what was put in', async () => {
  const folder = writeStudy(temporaryFolder())
  const parent = temporaryFolder()
  const once = await simulate(folder, join(parent, 'once'), '-n', '4', '--studies', '2', ...skill)
  expect(once).toMatchObject({ studies: 2, participants: 8, answers: 56, lost: 0, surplus: 0, mostImbalance: 0 })
  const [machine, control] = once.contrasts
  expect(machine).toMatchObject({ compares: 'machine', putIn: 0.8, tests: 2 })
  expect(machine.found).toBeGreaterThan(0.4)
  expect(control).toMatchObject({ tests: 0, found: null, different: null }) // its group has no kernels of its own
  expect(readFileSync(join(parent, 'once', 'rehearsal.jsonl'), 'utf8').match(/\n/g)).toHaveLength(2)
  expect(readdirSync(join(parent, 'once')).sort()).toEqual(['rehearsal.json', 'rehearsal.jsonl', 'summary.json'])
  expect(existsSync(join(folder, 'answers.db'))).toBe(false)

  const halves = join(parent, 'halves')
  await simulate(folder, halves, '-n', '4', ...skill)
  expect(await simulate(folder, halves, '-n', '4', '--studies', '2', ...skill)).toEqual(once)

  const io = memoryIo()
  expect(await runCli(['turing', 'simulate', folder, '-o', halves, '-n', '9'], [turingCommands], io)).toBe(2)
  expect(io.errLines[0]).toContain('holds a rehearsal with other options')
})
