import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Store } from '../../../corpora/index.ts'
import { readCorpus } from '../../../studies/turing/export/read-corpus.ts'
import type { Origin } from '../../../studies/turing/study.ts'
import { sampleKernel, temporaryFolder } from '../../corpora/samples.ts'

function read(path: string, origin: Origin = 'human') {
  return readCorpus({ name: origin, origin, path })
}

describe('readCorpus', () => {
  it('reads JSON lines, skipping empty ones, and names the line that is none', () => {
    const path = join(temporaryFolder(), 'kernels.jsonl')
    writeFileSync(path, '{"text":"a","seed":1}\n\n{"text":"b"}\n')
    expect(read(path)).toEqual([{ text: 'a' }, { text: 'b' }])
    writeFileSync(path, '{"text":"a"}\n{"text":\n')
    expect(() => read(path)).toThrow(`human: ${path}:2: expected JSON`)
    writeFileSync(path, '{"source":"a"}\n')
    expect(() => read(path)).toThrow(`human: ${path}:1: expected an object with 'text', the kernel`)
    writeFileSync(path, '\n')
    expect(() => read(path)).toThrow(`human: no kernels in ${path}`)
  })

  it('reads the OpenCL files of a folder and of those within', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'inner'))
    for (const name of ['b.cl', 'a.cl', 'inner/c.cl', 'notes.txt']) writeFileSync(join(folder, name), name)
    expect(read(folder).map(({ text }) => text)).toEqual(['a.cl', 'b.cl', 'inner/c.cl'])
    expect(read(join(folder, 'a.cl'))).toEqual([{ text: 'a.cl', path: join(folder, 'a.cl') }])
  })

  it('takes of a store what people or machines wrote, and all of it as control', () => {
    const path = join(temporaryFolder(), 'corpus.db')
    {
      using store = Store.open(path)
      for (const origin of ['mined', 'seed', 'synthesized'] as const) {
        store.kernels.add(sampleKernel(origin, { text: origin, origin, heldOut: origin === 'mined' ? 'suite' : null }))
      }
    }
    expect(read(path).map(({ text }) => text)).toEqual(['mined', 'seed'])
    expect(read(path, 'machine').map(({ text }) => text)).toEqual(['synthesized'])
    expect(read(path, 'control')).toHaveLength(3)
  })

  it('says what it cannot read', () => {
    const path = join(temporaryFolder(), 'kernels.txt')
    expect(() => read(path)).toThrow(`human: expected a corpus, but there is nothing at ${path}`)
    writeFileSync(path, '')
    expect(() => read(path)).toThrow(/human: expected a store \(\.db\), JSON lines .* received .*kernels\.txt/)
    const empty = join(temporaryFolder(), 'empty.db')
    Store.open(empty)[Symbol.dispose]()
    expect(() => read(empty, 'machine')).toThrow(`machine: no kernels in ${empty} were synthesized`)
  })
})
