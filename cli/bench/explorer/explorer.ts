// `benchsteer bench explorer`: how long the explorer's page takes over a large store.

import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BenchError } from '../../../kernels/index.ts'
import { type Command, integer } from '../../command.ts'
import type { CliIo } from '../../io.ts'
import { startProgress } from '../../progress.ts'
import { formatTable } from '../../table.ts'
import { chromiumArguments, findChromium } from '../chromium.ts'
import { medianOf } from '../statistics.ts'
import { writeMadeUpStore } from './made-up-store.ts'
import { measurePage, type PageTimes } from './measure-page.ts'

interface ExplorerFlags {
  readonly kernels: number
  readonly repeats: number
  readonly seed: number
  readonly pictures?: string
  readonly json: boolean
}

export const explorerBench: Command<ExplorerFlags> = {
  name: 'explorer',
  summary: 'First view and filters of the page of benchsteer view, in a real Chromium.',
  description:
    'Makes a store of made-up rows in a temporary folder and looks at it, each time with a server and a browser window ' +
    'of their own. Needs Chromium and playwright-core, which comes with npm install in a checkout.',
  options: [
    { syntax: '--kernels <n>', summary: 'made-up rows', default: 100_000, parse: integer(1, 2_000_000) },
    { syntax: '--repeats <n>', summary: 'times that it is measured', default: 5, parse: integer(1, 1_000) },
    { syntax: '--seed <n>', summary: 'of the made-up rows', default: 1, parse: integer(0) },
    { syntax: '--pictures <dir>', summary: 'leave pictures of the page there' },
    { syntax: '--json', summary: 'print one JSON object with every figure' },
  ],
  examples: ['bench explorer', 'bench explorer --kernels 10000 --repeats 3 --json'],

  async run({ kernels, repeats, seed, pictures, json }, io) {
    const folder = mkdtempSync(join(tmpdir(), 'benchsteer-explorer-'))
    try {
      const store = join(folder, 'made-up.db')
      await fillStore(store, kernels, seed, io)
      if (pictures !== undefined) await mkdir(pictures, { recursive: true })
      const times = await measure(store, repeats, pictures, io)
      if (json) io.out(JSON.stringify({ kernels, repeats, seed, times }))
      else for (const line of describe(times, kernels)) io.out(line)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function fillStore(store: string, kernels: number, seed: number, io: CliIo): Promise<void> {
  using progress = startProgress(io, { label: 'making up', total: kernels, unit: 'rows' })
  const onProgress = (done: number): void => progress.update(done)
  await writeMadeUpStore(store, { kernels, seed, nowMs: Date.now(), onProgress, signal: io.signal })
}

async function measure(store: string, repeats: number, pictures: string | undefined, io: CliIo): Promise<PageTimes[]> {
  const { chromium } = await loadPlaywright()
  const executablePath = findChromium(process.env.PATH)
  if (executablePath === undefined) throw new BenchError('SERVER_FAILED', 'no Chromium; apt-get install chromium')
  const browser = await chromium.launch({ executablePath, args: chromiumArguments() })
  try {
    using progress = startProgress(io, { label: 'measuring', total: repeats, unit: 'times' })
    const times: PageTimes[] = []
    for (let i = 0; i < repeats; i++) {
      io.signal.throwIfAborted()
      times.push(await measurePage(browser, store, i === repeats - 1 ? pictures : undefined))
      progress.update(i + 1)
    }
    return times
  } finally {
    await browser.close()
  }
}

/** A dependency of development only. */
async function loadPlaywright(): Promise<typeof import('playwright-core')> {
  try {
    return await import('playwright-core')
  } catch (cause) {
    throw new BenchError('SERVER_FAILED', 'playwright-core is missing; run this in a checkout after npm install', {
      cause,
    })
  }
}

function describe(times: readonly PageTimes[], kernels: number): string[] {
  const row = (name: string, values: readonly number[]): string[] => [
    name,
    `${medianOf(values).toFixed(0)} ms`,
    `${Math.max(...values).toFixed(0)} ms`,
  ]
  const filters = Object.keys(times[0].filtersMs)
  const rows = [
    row(
      'first view',
      times.map(({ firstViewMs }) => firstViewMs),
    ),
    row(
      'first view again',
      times.map(({ againMs }) => againMs),
    ),
    ...filters.map((name) =>
      row(
        `filter: ${name}`,
        times.map(({ filtersMs }) => filtersMs[name]),
      ),
    ),
  ]
  return [`${kernels} made-up kernels, ${times.length} times`, ...formatTable(['', 'median', 'longest'], rows)]
}
