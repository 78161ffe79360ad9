import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { turingCommands } from '../../cli/commands/turing/index.ts'
import { Interrupted } from '../../cli/io.ts'
import { runCli } from '../../cli/program.ts'
import { CollectorClient, parseAnswerFile } from '../../studies/index.ts'
import { temporaryFolder } from '../corpora/samples.ts'
import { takePart } from '../studies/turing/collector/participants.ts'
import { smallStudy, writeStudy } from '../studies/turing/small-study.ts'
import { type MemoryIo, memoryIo } from './memory-io.ts'

const { study } = smallStudy()

function run(io: MemoryIo, ...args: string[]): Promise<number> {
  return runCli(['turing', ...args], [turingCommands], io)
}

/** Serves until `stop`, which gives the exit code. */
async function serve(...args: string[]): Promise<{ url: string; io: MemoryIo; stop: () => Promise<number> }> {
  const abort = new AbortController()
  const io = memoryIo(abort.signal)
  const ended = run(io, 'serve', ...args, '--port', '0')
  while (io.outLines.length === 0) await Promise.race([wait(5), ended])
  const url = /http:\/\/\S+/.exec(io.outLines[0])![0]
  return {
    url,
    io,
    stop: () => {
      abort.abort(new Interrupted('SIGINT'))
      return ended
    },
  }
}

describe('turing serve, invite, answers and site', () => {
  it('serve until Ctrl-C, and give the answers as files', async () => {
    const folder = writeStudy(temporaryFolder())
    const { url, io, stop } = await serve(folder)
    expect(io.outLines).toEqual([`"Who wrote this kernel?" is served at ${url}`])
    await takePart(new CollectorClient(url), study, 0, async () => {})
    await new CollectorClient(url).begin({ experience: 'expert' })

    const exporting = memoryIo()
    expect(await run(exporting, 'answers', folder, '--finished')).toBe(0) // while it is served
    expect(exporting.outLines).toEqual([`answers of 1 participants written to ${join(folder, 'answers')}`])
    const [name] = readdirSync(join(folder, 'answers'))
    const file = parseAnswerFile(JSON.parse(readFileSync(join(folder, 'answers', name), 'utf8')), study)
    expect(file).toMatchObject({ ok: true, value: { experience: 'some', answers: { length: 7 } } })

    expect(await stop()).toBe(130)
    expect(io.errLines).toContain('stopping; answers.db has 2 participants, 1 of them finished, 7 answers')
    await expect(fetch(url)).rejects.toThrow()
    expect(statSync(join(folder, 'answers.db-wal')).size).toBe(0)
  })

  it('go on in the same file after a stop', async () => {
    const folder = writeStudy(temporaryFolder())
    const first = await serve(folder)
    const client = new CollectorClient(first.url)
    const before = await client.begin({ experience: 'none' })
    await first.stop()
    const second = await serve(folder)
    expect((await new CollectorClient(second.url, client.token).state()).state).toEqual(before.state)
    await second.stop()
  })

  it('let in only the invited', async () => {
    const folder = writeStudy(temporaryFolder())
    const io = memoryIo()
    expect(await run(io, 'serve', folder, '--port', '0', '--invite')).toBe(2)
    expect(io.errLines.join()).toContain('--invite: expected invitations; make some')
    expect(await run(io, 'invite', folder, '-n', '2', '--url', 'https://study.example.org/here')).toBe(0)
    expect(io.outLines).toHaveLength(2)
    const [, invitation] = /^https:\/\/study\.example\.org\/here#invite=([0-9a-f]{32})$/.exec(io.outLines[1])!
    const { url, stop } = await serve(folder, '--invite')
    expect((await new CollectorClient(url).begin({ experience: 'none' })).status).toBe(403)
    expect((await new CollectorClient(url).begin({ experience: 'none', invitation })).status).toBe(201)
    await stop()
    const listing = memoryIo()
    await run(listing, 'invite', folder, '--json')
    const invitations = [
      { number: 1, isUsed: false },
      { number: 2, isUsed: true },
    ]
    expect(JSON.parse(listing.outLines[0])).toEqual({ invitations })
  })

  it('show the texts as they are now, and what is still to be written', async () => {
    const folder = writeStudy(temporaryFolder())
    const consent = ['Ask Ada. [Researcher: add the approval.]']
    writeStudy(folder, { texts: { ...study.texts, consent } })
    const io = memoryIo()
    expect(await run(io, 'site', folder)).toBe(0)
    expect(readFileSync(join(folder, 'site', 'index.html'), 'utf8')).toContain('<p lang="en">Ask Ada.')
    const blank = 'study.json has a blank that participants would read: [Researcher: add the approval.]'
    expect(io.errLines).toEqual([blank])
    const { io: serving, stop } = await serve(folder)
    await stop()
    expect(serving.errLines[0]).toBe(blank)
  })

  it('name what is wrong', async () => {
    const io = memoryIo()
    const empty = mkdtempSync(join(temporaryFolder(), 'empty-'))
    expect(await run(io, 'serve', empty, '--port', '0')).toBe(2)
    expect(await run(io, 'answers', writeStudy(temporaryFolder()))).toBe(2)
    expect(await run(io, 'invite', writeStudy(temporaryFolder()), '--url', 'javascript:alert(1)')).toBe(2)
    const folder = writeStudy(temporaryFolder())
    const { url, stop } = await serve(folder)
    expect(await run(io, 'serve', folder, '--port', new URL(url).port)).toBe(1)
    await stop()
    const [missing, none, script, taken] = io.errLines
    expect(missing).toContain('study.json: expected a file of a study')
    expect(none).toContain('expected answers.db with answers')
    expect(script).toContain(
      "expected the URL of a page such as https://study.example.org/, received 'javascript:alert(1)'",
    )
    expect(taken).toContain('another program listens there')
  })
})
