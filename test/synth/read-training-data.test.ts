import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  findHoles,
  readTrainingKernels,
  readTrainingTokenizer,
  type TrainingLine,
  writeTrainingData,
} from '../../synth/index.ts'
import { seedForms } from './seed-forms.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-data-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('training data', () => {
  it('comes back as it was written', async () => {
    const kernels = seedForms.slice(0, 80).map(({ key, text, tokens }, i) => {
      const split = i % 4 === 0 ? ('valid' as const) : ('train' as const)
      return {
        key,
        text,
        tokens,
        split,
        repository: `r${i % 8}`,
        licence: 'MIT',
        features: { grewe: Float64Array.of(i) },
      }
    })
    const { kernels: written, vocabulary } = await writeTrainingData(kernels, folder)
    const tokenizer = readTrainingTokenizer(folder)
    expect(tokenizer.size).toBe(vocabulary)
    const lines: TrainingLine[] = []
    for await (const line of readTrainingKernels(folder)) lines.push(line)
    expect(lines.length).toBe(written)
    for (const line of lines) {
      const kernel = kernels.find(({ key }) => key === line.id)
      expect(kernel).toMatchObject({
        split: line.split,
        repository: line.repository,
        tokens: tokenizer.decode(line.tokens),
      })
      expect([...(kernel?.features.grewe ?? [])]).toEqual(line.features.grewe)
      expect(line.spans.map(([, , kind]) => kind)).toEqual(findHoles(kernel?.text ?? '').map(({ kind }) => kind))
    }
  })

  it('has no kernel that prints', async () => {
    const [form] = seedForms
    const text = form.text.replace(/}\s*$/, 'printf("done"); }')
    const tokens = [...form.tokens.slice(0, -1), 'printf', '(', '"done"', ')', ';', '}']
    const facts = { repository: 'r', licence: 'MIT', features: {}, split: 'train' } as const
    const summary = await writeTrainingData(
      [form, { key: 'x', text, tokens }].map((one) => ({ ...facts, ...one })),
      folder,
    )
    expect(summary).toMatchObject({ kernels: 1, printing: 1 })
  })

  it('names the file that is missing', async () => {
    const empty = mkdtempSync(join(folder, 'empty-'))
    expect(() => readTrainingTokenizer(empty)).toThrow(
      /has no vocab\.json; expected a folder that `corpora training-data`/,
    )
    await expect(readTrainingKernels(empty).next()).rejects.toThrow(/has no kernels\.jsonl\.gz/)
  })

  it('throws where the file cannot be read', async () => {
    const other = mkdtempSync(join(folder, 'other-'))
    const path = join(other, 'kernels.jsonl.gz')
    writeFileSync(path, 'not compressed')
    await expect(readTrainingKernels(other).next()).rejects.toThrow('incorrect header check')
    rmSync(path)
    mkdirSync(path)
    await expect(readTrainingKernels(other).next()).rejects.toThrow('EISDIR')
  })
})
