// `benchsteer view`: a store as a page.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { startExplorer } from '../../explorer/index.ts'
import { type Command, integer } from '../command.ts'
import type { CliIo } from '../io.ts'
import { storeName } from '../synth/options.ts'

interface ViewFlags {
  readonly port: number
  readonly open: boolean
}

export const viewCommand: Command<ViewFlags> = {
  name: 'view',
  summary: 'Look at the kernels of a store in the browser, until Ctrl-C.',
  description:
    'Serves a page to this machine alone: a table to filter and sort by feature, target and outcome, a map of a feature ' +
    'space on which a selection filters the table, and of each kernel its source, the changes that led to it, what ' +
    'validation saw, and its times. The store is only read; a search may be writing to it, and the page says when there ' +
    'is more to see. Nothing is loaded from elsewhere.',
  operands: [{ syntax: '<store>', summary: 'folder that synth left, or a .db file' }],
  options: [
    { syntax: '--port <n>', summary: 'TCP port; 0 takes a free one', default: 0, parse: integer(0, 65_535) },
    { syntax: '--open', summary: 'open the page in the browser' },
  ],
  examples: ['view results/demo', 'view corpus.db --port 8090 --open'],

  async run({ port, open }, io, [path]) {
    await using explorer = await startExplorer(storePath(path), {
      port,
      onError: (error) => io.err(`a request failed: ${error instanceof Error ? error.message : String(error)}`),
    })
    io.out(explorer.url)
    io.err('Ctrl-C stops.')
    if (open) openInBrowser(explorer.url, io)
    if (!io.signal.aborted) await once(io.signal, 'abort')
  },
}

/** @throws {RangeError} where there is no store */
function storePath(path: string): string {
  const isFolder = existsSync(path) && statSync(path).isDirectory()
  const file = isFolder ? join(path, storeName) : path
  if (existsSync(file)) return file
  throw new RangeError(`store: expected a folder with ${storeName} or a .db file, received '${path}'`)
}

function openInBrowser(url: string, io: CliIo): void {
  const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
  }
  const [command, ...args] = openers[process.platform] ?? ['xdg-open']
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  child.on('error', () => io.err(`--open: cannot start a browser; open ${url} yourself`))
  child.unref()
}
