import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exportStore, Store } from '../../../corpora/index.ts'
import { sampleKernel, temporaryFolder } from '../samples.ts'
import { keyOf, sampleStore } from './sample-store.ts'

describe('the export of harnesses', () => {
  it('has a program per kernel, what they share, and a line without a file where no payload can be made', async () => {
    using store = Store.open(sampleStore())
    const text = 'kernel void f0(global int** p0) {\n  p0[0][0] = 1;\n}\n'
    store.kernels.add(sampleKernel(keyOf('f'), { text, features: {} }))
    const out = join(temporaryFolder(), 'programs')
    const selection = { what: 'kernels', origin: 'mined' } as const
    const report = await exportStore(store, out, { format: 'harness', selection })
    expect(report).toEqual({ exported: 2, failed: 1 })
    const program = `${keyOf('a')}.c`
    expect(readdirSync(out).sort()).toEqual(['Makefile', program, 'harness.h', 'index.jsonl'])
    expect(readFileSync(join(out, program), 'utf8')).toContain('"  p0[0] = \\"a\\", 1;\\n"')
    const lines = readFileSync(join(out, 'index.jsonl'), 'utf8').trim().split('\n')
    const [made, refused] = lines.map((line) => JSON.parse(line))
    expect(made).toMatchObject({ file: program, key: keyOf('a'), payloadSeed: 1, localSize: [32] })
    expect(refused).toMatchObject({ file: null, stage: 'arguments', log: expect.stringContaining('p0: ') })
  })

  it('replaces an earlier one', async () => {
    using store = Store.open(sampleStore())
    const out = join(temporaryFolder(), 'programs')
    const selection = { what: 'kernels', origin: 'seed' } as const
    await exportStore(store, out, { format: 'harness', selection: { what: 'kernels', origin: 'mined' } })
    await exportStore(store, out, { format: 'harness', selection, force: true })
    expect(readdirSync(out).sort()).toEqual(['Makefile', `${keyOf('d')}.c`, 'harness.h', 'index.jsonl'])
  })
})
