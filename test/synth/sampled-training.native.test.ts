import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { featureSpaces } from '../../features/index.ts'
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
    const kernels = await readSampledKernels(path)
    expect(kernels.map(({ key }) => key)).toEqual([first.key, second.key])
    for (const { features, tokens, split } of kernels) {
      expect(Object.keys(features)).toEqual(featureSpaces.map(({ id }) => id))
      expect(tokens.slice(0, 2)).toEqual(['kernel', 'void'])
      expect(split).toBe('train')
    }
  })

  it('are trained on, but give no words', async () => {
    const word = 'unheard_of'
    const [sampled] = await readSampledKernels(write('one.jsonl', [{ ...first, compiles: true }]))
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
    const path = write('other.jsonl', [{ ...first, compiles: true }, { kernel: 'f0' }])
    await expect(readSampledKernels(path)).rejects.toThrow(
      /other\.jsonl:2: expected a line of `benchsteer sample --out`/,
    )
  })
})
