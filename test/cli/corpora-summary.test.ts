import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { commands } from '../../cli/commands/index.ts'
import { runCli } from '../../cli/program.ts'
import { Store } from '../../corpora/index.ts'
import { temporaryFolder } from '../corpora/samples.ts'
import { memoryIo } from './memory-io.ts'

it('describes a folder of results, and says so of one that is none', async () => {
  const folder = temporaryFolder()
  const io = memoryIo()
  expect(await runCli(['corpora', 'summary', folder], commands, io)).toBe(1)
  expect(io.errLines.join()).toContain('no such store')
  Store.open(join(folder, 'benchsteer.db'))[Symbol.dispose]()
  expect(await runCli(['corpora', 'summary', folder], commands, io)).toBe(0)
  expect(io.outLines).toEqual([join(folder, 'summary.md'), join(folder, 'summary.html')])
  for (const path of io.outLines) expect(existsSync(path)).toBe(true)
})
