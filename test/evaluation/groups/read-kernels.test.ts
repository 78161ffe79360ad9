import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { kindOfGiven, listGiven } from '../../../evaluation/groups/read-kernels.ts'
import { groupOf } from '../../../evaluation/index.ts'
import { Random } from '../../../kernels/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-given-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const settings = { model: 'model', cores: 1 }
const linesOf = (...lines: readonly object[]): string => {
  const path = join(folder, `${Math.abs(JSON.stringify(lines).length)}-${lines.length}.jsonl`)
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return path
}

describe('a given group', () => {
  const texts = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `kernel void ${name}() {}`)
  const path = linesOf(...texts.map((text, i) => (i % 2 === 0 ? { text } : { source: text })))

  it('reads JSON lines with `text` or `source`, all of it foreign', async () => {
    const drafts = (await Promise.all(listGiven(path, new Random(1)).map((read) => read()))).flat()
    expect(drafts.map(({ text }) => text).sort()).toEqual(texts)
    expect(drafts.every(({ isForeign }) => isForeign)).toBe(true)
  })

  it('passes over lines that keep their text back, as an evaluation’s own do of foreign kernels', () => {
    expect(listGiven(linesOf({ source: null }, { source: 'kernel void a() {}' }), new Random(1))).toHaveLength(1)
  })

  it('is read in an order of the seed', async () => {
    const order = async (seed: number): Promise<string[]> =>
      (await Promise.all(listGiven(path, new Random(seed)).map((read) => read()))).flat().map(({ text }) => text)
    expect(await order(1)).toEqual(await order(1))
    expect(await order(1)).not.toEqual(await order(2))
  })

  it('names the line that holds no kernel', () => {
    const wrong = linesOf({ text: 'kernel void a() {}' }, { kernel: 1 })
    expect(() => listGiven(wrong, new Random(1))).toThrow(/jsonl:2: expected a JSON object with the kernel as `text`/)
  })

  it('cannot be what is not there, or holds nothing', async () => {
    const missing = groupOf({ kind: 'given', name: 'mine', path: join(folder, 'missing') })
    expect(await missing.findObstacle(settings)).toMatch(/--group: expected mine to name a folder.*missing/)
    const empty = mkdtempSync(join(folder, 'empty-'))
    expect(kindOfGiven(empty)).toBe('folder')
    expect(await groupOf({ kind: 'given', name: 'mine', path: empty }).findObstacle(settings)).toMatch(/found none/)
    expect(await groupOf({ kind: 'given', name: 'mine', path }).findObstacle(settings)).toBeUndefined()
  })
})

describe('built-in groups', () => {
  it('that are unknown are refused with those that are known', () => {
    expect(() => groupOf({ kind: 'built-in', name: 'best' })).toThrow(/--groups: expected some of corpus, .*full/)
  })

  it.each(['corpus', 'mutate'])('%s says that --corpus names no store', async (name) => {
    const group = groupOf({ kind: 'built-in', name })
    const missing = join(folder, 'nope.db')
    expect(await group.findObstacle({ ...settings, corpus: missing })).toBe(
      `--corpus: expected the file of a mined store, found none at '${missing}'`,
    )
    expect(await group.findObstacle({ ...settings, corpus: folder })).toMatch(/^--corpus: /)
    expect(await group.findObstacle(settings)).toBeUndefined()
  })

  it('without their tool say which option names it', async () => {
    const clsmith = groupOf({ kind: 'built-in', name: 'clsmith' })
    expect(await clsmith.findObstacle(settings)).toMatch(/^--clsmith: .*received none/)
    const binary = join(folder, 'none')
    expect(await clsmith.findObstacle({ ...settings, clsmith: { binary, includePaths: [] } })).toMatch(/executable/)
    const bare = { binary: process.execPath, includePaths: [folder] }
    expect(await clsmith.findObstacle({ ...settings, clsmith: bare })).toMatch(/--clsmith-include: .*no CLSmith\.h/)
  })
})
