import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { corporaCommands } from '../../cli/commands/corpora/index.ts'
import { runCli } from '../../cli/program.ts'
import { Store } from '../../corpora/index.ts'
import { keyOf, sampleStore } from '../corpora/export/sample-store.ts'
import { sampleKernel, temporaryFolder } from '../corpora/samples.ts'
import { memoryIo } from './memory-io.ts'

it('corpora export writes what clang compiles as bitcode, and fails for the rest', async () => {
  const corpus = sampleStore()
  {
    using store = Store.open(corpus)
    store.kernels.add(sampleKernel(keyOf('f'), { features: {} }))
  }
  const out = join(temporaryFolder(), 'bitcode')
  const io = memoryIo()
  const args = ['export', '-c', corpus, '--what', 'kernels', '--origin', 'mined', '--format', 'bitcode', '-o', out]
  expect(await runCli(['corpora', ...args], [corporaCommands], io)).toBe(1)
  expect(io.outLines).toEqual([`2 kernels written to ${out}`])
  expect(io.errLines).toEqual(['1 have no file; index.jsonl says why'])
  expect(readdirSync(out).sort()).toEqual([`${keyOf('f')}.bc`, 'index.jsonl'])
  expect(readFileSync(join(out, `${keyOf('f')}.bc`)).toString('latin1', 0, 2)).toBe('BC')
})
