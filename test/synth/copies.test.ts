import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unpackHashes } from '../../corpora/index.ts'
import { Copies, CopiesBuilder, copyLength } from '../../synth/copies.ts'
import { Random } from '../../synth/index.ts'

const rng = new Random(7)
const words = ['v0', 'v1', 'p0', '[', ']', '+', '*', '=', ';', '(', ')', 'for', 'int', 'float', '0', '1']
const text = (length: number): string[] => Array.from({ length }, () => rng.pick(words))

describe('Copies', () => {
  const trained = Array.from({ length: 200 }, (_, i) => text(20 + 2 * i))
  const builder = new CopiesBuilder()
  for (const tokens of trained) builder.add(tokens)
  const copies = new Copies(unpackHashes(builder.pack()))

  it('finds every run of 60 tokens, wherever it stands', () => {
    for (const tokens of trained.filter(({ length }) => length >= copyLength)) {
      const start = rng.below(tokens.length - copyLength + 1)
      const run = tokens.slice(start, start + copyLength)
      expect(copies.includes([...text(rng.below(30)), ...run, ...text(rng.below(30))])).toBe(true)
    }
  })

  it('finds kernels that are copied whole, however short, but no part of them', () => {
    const [short] = trained
    expect(copies.includes(short)).toBe(true)
    expect(copies.includes(short.slice(1))).toBe(false)
    expect(copies.includes([...short, ';'])).toBe(false)
  })

  it('lets shorter runs and other kernels pass', () => {
    for (const tokens of trained) {
      expect(copies.includes([...text(20), ...tokens.slice(0, 40), ...text(20)])).toBe(false)
      expect(copies.includes(text(300))).toBe(false)
    }
  })

  it('is read from the folder of a model, where there is one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'benchsteer-'))
    try {
      expect(Copies.load(folder)).toBeUndefined()
      writeFileSync(join(folder, 'copies.bin'), builder.pack())
      expect(Copies.load(folder)?.includes(trained[3])).toBe(true)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
