// A study from corpora to report, by the commands.

import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../../cli/commands/index.ts'
import { runCli } from '../../cli/program.ts'
import { Store } from '../../corpora/index.ts'
import { simulateAnswers } from '../../studies/index.ts'
import { defaultResponseModel } from '../../studies/turing/power/response-model.ts'
import { readKey, readStudy } from '../../studies/turing/study-folder.ts'
import { Random } from '../../synth/index.ts'
import { sampleKernel, temporaryFolder } from '../corpora/samples.ts'
import { sampleCandidates, sampleCorpus, toJsonLines } from '../studies/turing/sample-corpora.ts'
import { memoryIo } from './memory-io.ts'

/** A store, a folder of files and JSON lines. */
function writeCorpora(folder: string): string[] {
  const paths = ['human.db', 'machine.jsonl', 'control'].map((name) => join(folder, name))
  {
    using store = Store.open(paths[0])
    for (const { contentKey: key, text } of sampleCandidates('human', 48, 41)) {
      store.kernels.add(sampleKernel(key, { text, origin: 'mined' }))
    }
    const [{ contentKey: key, text }] = sampleCandidates('machine', 1, 44)
    store.kernels.add(sampleKernel(key, { text, origin: 'synthesized' }))
  }
  writeFileSync(
    paths[1],
    toJsonLines([...sampleCorpus('machine', 26, 42), 'kernel void broken(', 'kernel void tiny() {}']),
  )
  mkdirSync(paths[2])
  for (const [i, text] of sampleCorpus('control', 26, 43).entries()) {
    // Names of files and kernels, macros and comments are gone from what is shown.
    const source = i < 3 ? `#define NUMBER int\n${text.replace('int n', 'NUMBER n')}` : text
    writeFileSync(join(paths[2], `control-${i}.cl`), source)
  }
  return ['--human', paths[0], '--machine', paths[1], '--control', paths[2]]
}

async function run(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const io = memoryIo()
  const code = await runCli(['turing', ...args], commands, io)
  return { code, out: io.outLines.join('\n'), err: io.errLines.join('\n') }
}

describe('a study', () => {
  it('is exported, answered and analysed', async () => {
    const folder = temporaryFolder()
    const corpora = writeCorpora(folder)
    const study = join(folder, 'study')
    const texts = join(folder, 'texts.json')
    writeFileSync(texts, JSON.stringify({ consent: ['Ask Ada at ada@example.org.'] }))
    const exported = await run(['export', ...corpora, '--items', '8', '--seed', '5', '--texts', texts, '--out', study])
    expect(exported).toMatchObject({ code: 0 })
    expect(exported.out).toContain('Corpus human: 48 texts, 48 kernels that may be shown.')
    expect(exported.out).toMatch(/Corpus machine: 28 texts, 26 kernels .* left out: 1 did not parse, 1 was too short\./)
    expect(exported.out).toMatch(/Leak audit, machine from human by layout: \d+ % right \(chance \d+ %/)
    expect(exported.out).toMatch(/no number is enough for the power asked for; it takes --items \d+/)
    const page = readFileSync(join(study, 'site', 'index.html'), 'utf8')
    expect(page).toContain('Who wrote this kernel?')
    expect(page).toContain('Ask Ada at ada@example.org.')
    expect(readFileSync(join(study, 'study.json'), 'utf8')).not.toMatch(/control|NUMBER|by a/)
    expect(statSync(join(study, 'key.json')).mode & 0o077).toBe(0)
    expect(readFileSync(join(study, 'preregistration.md'), 'utf8')).toMatch(
      /## Sample size[\s\S]*## Ethics and privacy/,
    )

    const again = join(folder, 'again')
    await run(['export', ...corpora, '--items', '8', '--seed', '5', '--texts', texts, '--out', again])
    for (const name of ['study.json', 'key.json', 'preregistration.md', 'site/index.html']) {
      expect(readFileSync(join(again, name), 'utf8')).toBe(readFileSync(join(study, name), 'utf8'))
    }
    expect(await run(['export', ...corpora, '--out', study])).toMatchObject({
      code: 2,
      err: expect.stringContaining('out: expected a folder without a study'),
    })

    const parsed = readStudy(study)
    const rehearsal = { model: defaultResponseModel, difference: { machine: 0, control: 0.7 }, participants: 16 }
    const files = simulateAnswers(parsed, readKey(study, parsed), { ...rehearsal, startMs: 0 }, new Random(1))
    for (const file of files) writeFileSync(join(study, 'answers', `${file.participant}.json`), JSON.stringify(file))
    const analysed = await run(['analyze', study])
    expect(analysed).toMatchObject({ code: 0 })
    expect(analysed.out).toContain('16 participants counted, 0 left out')
    expect(analysed.out).toContain('People tell human kernels from the control’s kernels.')
    for (const name of ['report.html', 'report.md', 'report/tests.svg', 'analysis.json']) {
      expect(existsSync(join(study, name))).toBe(true)
    }
    const json = await run(['analyze', study, '--json', '--out', join(folder, 'report')])
    expect(JSON.parse(json.out).participants.kept).toBe(16)
    expect(await run(['analyze', study, '--margin', '0.3'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--margin: expected none for a study, whose margin was settled'),
    })
    writeFileSync(
      join(study, 'key.json'),
      readFileSync(join(study, 'key.json'), 'utf8').replace('"seed": 5', '"seed": 6'),
    )
    expect(await run(['analyze', study])).toMatchObject({ code: 2, err: expect.stringContaining('SHA-256') })
  })

  it('is refused where it cannot be balanced, and nothing is written', async () => {
    const folder = temporaryFolder()
    const corpora = writeCorpora(folder)
    const study = join(folder, 'study')
    const { code, err } = await run(['export', ...corpora, '--items', '40', '--out', study])
    expect(code).toBe(1)
    expect(err).toMatch(
      /the corpora cannot be balanced: 40 items need 20 units .*\n[\s\S]*What would help: --items \d+/,
    )
    expect(existsSync(study)).toBe(false)
  })

  it.each([
    [['--human', 'nothing.db'], 'human: expected a corpus, but there is nothing at nothing.db'],
    [
      ['--machine', 'human=x.jsonl'],
      "--machine: expected a name of a-z, 0-9 and -, other than human and control, received 'human'",
    ],
    [['--texts', 'nothing.json'], 'texts: expected a file of JSON, received nothing.json'],
    [['--items', '13'], 'items: expected a multiple of 2'],
  ])('refuses %o', async (flags, message) => {
    const folder = temporaryFolder()
    const own = Object.fromEntries(
      writeCorpora(folder).flatMap((value, i, all) => (i % 2 === 0 ? [[value, all[i + 1]]] : [])),
    )
    const args = Object.entries({ ...own, [flags[0]]: flags[1] }).flat()
    expect(await run(['export', ...args, '--out', join(folder, 'study')])).toMatchObject({
      code: 2,
      err: expect.stringContaining(message),
    })
  })

  it('of counts in a foreign layout is refused', async () => {
    const path = join(temporaryFolder(), 'counts.csv')
    writeFileSync(path, 'a,b\n1,2\n')
    const { code, err } = await run(['analyze', path])
    expect([code, err]).toEqual([
      2,
      expect.stringContaining("expected the columns of CLgen's turing-test.csv, received a,b"),
    ])
  })
})
