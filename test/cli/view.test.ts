import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../../cli/commands/index.ts'
import { runCli } from '../../cli/program.ts'
import { packagePath } from '../../kernels/index.ts'
import { temporaryFolder } from '../corpora/samples.ts'
import { writeStore } from '../explorer/stores.ts'
import { memoryIo } from './memory-io.ts'

const isBuilt = existsSync(packagePath('dist', 'explorer', 'page', 'main.js'))
if (!isBuilt) console.warn('view.test.ts: skipped in part, the page is not built; npm run build')

describe('benchsteer view', () => {
  it('says where it expects a store', async () => {
    const io = memoryIo()
    const folder = temporaryFolder()
    expect(await runCli(['view', folder], commands, io)).toBe(2)
    expect(io.errLines.join('\n')).toContain(`expected a folder with benchsteer.db or a .db file, received '${folder}'`)
    expect(await runCli(['view', folder, '--port', '70000'], commands, io)).toBe(2)
  })

  it.skipIf(!isBuilt)('serves a store until it is stopped', async () => {
    const stop = new AbortController()
    const printed = new EventTarget()
    const io = memoryIo(stop.signal)
    const out = (line: string): void => {
      io.out(line)
      printed.dispatchEvent(new Event('line'))
    }
    const folder = temporaryFolder()
    writeStore(join(folder, 'benchsteer.db'))
    const ended = runCli(['view', folder], commands, { ...io, out })
    await once(printed, 'line')
    const [url] = io.outLines
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    expect((await fetch(url)).status).toBe(200)
    stop.abort()
    expect(await ended).toBe(0)
    await expect(fetch(url)).rejects.toThrow()
  })
})
