import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { irKeyOf, shingleHashes } from '../../corpora/index.ts'
import { featureSpaces } from '../../features/index.ts'
import { compileAll } from '../../kernels/index.ts'
import { readSampledKernels, readTrainingKernels, writeTrainingData } from '../../synth/index.ts'
import { seedForms } from './seed-forms.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-sampled-'))
afterAll(() => rmSync(folder, { recursive: true }))

const [human, first, second, copied] = seedForms
const write = (name: string, lines: readonly object[]): string => {
  const path = join(folder, name)
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return path
}

describe('sampled kernels', () => {
  it('are those that compile, each once, measured in all spaces', async () => {
    const path = write('kernels.jsonl', [
      { ...first, compiles: true, isCopy: false },
      { text: 'kernel void f0(', compiles: false },
      { ...second, compiles: true, isCopy: false },
      { ...first, compiles: true, isCopy: false },
      { ...copied, compiles: true, isCopy: true },
    ])
    const { kernels } = await readSampledKernels(path)
    expect(kernels.map(({ key }) => key)).toEqual([first.key, second.key].sort())
    for (const { features, tokens, split } of kernels) {
      expect(Object.keys(features)).toEqual(featureSpaces.map(({ id }) => id))
      expect(tokens.slice(0, 2)).toEqual(['kernel', 'void'])
      expect(split).toBe('train')
    }
  })

  it('are held out, and dropped where their IR is known, as mined kernels are', async () => {
    const path = write(
      'two.jsonl',
      [first, second].map((form) => ({ ...form, compiles: true, isCopy: false })),
    )
    const heldOutShingles = new Set(shingleHashes(first.tokens))
    const { kernels, dropped } = await readSampledKernels(path, { heldOutShingles })
    expect(kernels.map(({ key }) => key)).toEqual([second.key])
    expect(dropped).toEqual({ heldOut: 1, sameIr: 0, template: 0 })
    const [outcome] = await compileAll([second.text])
    const knownIr = new Set(outcome.ok ? [irKeyOf(outcome.ir)] : [])
    const { kernels: others, dropped: known } = await readSampledKernels(path, { knownIr })
    expect(others.map(({ key }) => key)).toEqual([first.key])
    expect(known.sameIr).toBe(1)
  })

  it('are trained on, but give no words', async () => {
    const word = 'unheard_of'
    const path = write('one.jsonl', [{ ...first, compiles: true, isCopy: false }])
    const [sampled] = (await readSampledKernels(path)).kernels
    const strange = { ...sampled, tokens: [...sampled.tokens, word, word, word] }
    const facts = { repository: 'r', licence: 'MIT', features: {}, split: 'train' } as const
    const out = join(folder, 'data')
    const summary = await writeTrainingData([{ ...human, ...facts }, strange], out)
    expect(summary).toMatchObject({ kernels: 2, sampled: 1, valid: 0 })
    const lines = []
    for await (const line of readTrainingKernels(out)) lines.push(line)
    expect(lines.map(({ repository }) => repository)).toEqual(['r', 'sampled'])
    const alone = await writeTrainingData([{ ...human, ...facts }], out)
    expect(summary.vocabulary).toBe(alone.vocabulary)
  })

  it('are refused where the file is another, by line', async () => {
    const path = write('other.jsonl', [{ ...first, compiles: true, isCopy: false }, { kernel: 'f0' }])
    await expect(readSampledKernels(path)).rejects.toThrow(
      /other\.jsonl:2: expected a line of `benchsteer sample --out`/,
    )
  })
})
