// The explorer's page in a real Chromium, over some hundred made-up kernels, by mouse and by keyboard alone.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { writeMadeUpStore } from '../../cli/bench/explorer/made-up-store.ts'
import { Store } from '../../corpora/index.ts'
import { startExplorer } from '../../explorer/index.ts'
import { packagePath } from '../../kernels/index.ts'
import { barriers, chromiumPath, openBrowser, openPage, press, type Watched } from '../browser.ts'
import { sampleKernel } from '../corpora/samples.ts'
import { keys, writeStore } from './stores.ts'

const kernels = 300
/** Machines that test may be busy. */
const patience = { timeout: 10_000 }

if (chromiumPath === undefined) console.warn('page.native.test.ts: skipped, no Chromium; apt-get install chromium')

describe.skipIf(chromiumPath === undefined)("the explorer's page", { timeout: 60_000 }, () => {
  let browser: Browser
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-explorer-'))
  const scripts = join(folder, 'page')
  const madeUp = join(folder, 'made-up.db')

  beforeAll(async () => {
    const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
    execFileSync(process.execPath, [tsc, '-p', packagePath('explorer', 'page'), '--outDir', scripts])
    const { signal } = new AbortController()
    await writeMadeUpStore(madeUp, { kernels, seed: 1, nowMs: 1_700_000_000_000, signal, onProgress: () => {} })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function view(path: string, options: BrowserContextOptions = {}): Promise<Watched & { readonly url: string }> {
    const explorer = await startExplorer(path, { scripts })
    onTestFinished(() => explorer[Symbol.asyncDispose]())
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
    onTestFinished(() => context.close())
    const watched = await openPage(context)
    await watched.page.goto(explorer.url)
    await watched.page.locator('#explorer:not([aria-busy])').waitFor()
    return { ...watched, url: explorer.url }
  }

  it('filters by outcome, target, feature and a drag over the map, and loads nothing from elsewhere', async () => {
    const { page, requests, complaints, url } = await view(madeUp)
    expect(await count(page)).toBe(`${kernels} kernels`)
    expect(await barriers(page)).toEqual([])

    await page.selectOption('#outcome', { label: 'timeout' })
    expect(await count(page)).toBe(`40 of ${kernels} kernels`)
    expect(new Set(await column(page, 'Outcome'))).toEqual(new Set(['timeout']))
    await page.selectOption('#target', { label: 'made-up/target-12 (grewe)' })
    expect(new Set(await column(page, 'Target'))).toEqual(new Set(['made-up/target-12']))
    await page.click('#clear')
    expect(await count(page)).toBe(`${kernels} kernels`)

    await page.selectOption('#column', { label: 'atomic' })
    await page.click('#add-range')
    await page.locator('fieldset', { hasText: 'atomic' }).locator('input').first().fill('1')
    const atomic = (await column(page, 'atomic')).map(Number)
    expect(atomic.length).toBeGreaterThan(0)
    expect(Math.min(...atomic)).toBeGreaterThanOrEqual(1)
    await page.click('#clear')

    const plot = await page.locator('#plot').boundingBox()
    if (plot === null) throw new Error('the map is not there')
    await page.mouse.move(plot.x + plot.width * 0.3, plot.y + plot.height * 0.2)
    await page.mouse.down()
    await page.mouse.move(plot.x + plot.width * 0.6, plot.y + plot.height * 0.8, { steps: 3 })
    await page.mouse.up()
    const selected = Number((await count(page)).split(' ')[0])
    expect(selected).toBeGreaterThan(0)
    expect(selected).toBeLessThan(kernels)
    await page.selectOption('#space', 'instcount')
    await expect.poll(() => count(page), patience).toBe(`${kernels} kernels`)

    await page.click('button[data-column="distance"]')
    const distances = (await column(page, 'Distance')).map(Number)
    expect(distances).toEqual([...distances].sort((a, b) => a - b))
    expect(requests.filter((request) => !request.startsWith(url) && request !== 'data:,')).toEqual([])
    expect(complaints).toEqual([])
  })

  it('opens a kernel by keyboard, in the dark, with its chain of changes', async () => {
    const { page, complaints } = await view(writeStore(), { colorScheme: 'dark' })
    await page.focus('#rows tr[tabindex="0"]')
    await press(page, 'End', 'Home', 'ArrowDown', 'ArrowUp', 'Enter')
    await page.locator('#details:not([hidden])').waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe('details-title')
    expect(await page.locator('#details-title').textContent()).toBe(`Kernel ${keys.bred.slice(0, 8)}`)
    const chain = page.locator('.chain').first()
    expect(await chain.locator('del').allTextContents()).toEqual(['-   p0[1] = 0.0f;\n', '-   p0[0] = 0.0f;\n'])
    expect(await chain.locator('ins').allTextContents()).toEqual(['+   p0[0] = 1.0f;\n'])
    expect(await page.locator('#details').innerText()).toMatch(/950 ns \(900 ns to 1 µs\)[\s\S]*failed: timeout/)
    for (const summary of await page.locator('#details summary').all()) await summary.click()
    expect(await barriers(page)).toEqual([])
    await press(page, 'Escape')
    expect(await page.locator('#details').isVisible()).toBe(false)
    expect(await page.evaluate('document.activeElement.dataset.place')).toBe('0')
    expect(complaints).toEqual([])
  })

  it('fits 320 pixels, and the map works by keyboard', async () => {
    const { page } = await view(madeUp, { viewport: { width: 320, height: 568 } })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
    expect(await barriers(page)).toEqual([])
    await page.focus('#plot')
    await press(page, 'Enter', 'ArrowLeft', 'Shift+ArrowUp')
    expect(await count(page)).toMatch(new RegExp(`^\\d+ of ${kernels} kernels$`))
    await press(page, 'Escape')
    expect(await count(page)).toBe(`${kernels} kernels`)
  })

  it('offers what another process has added, and keeps the filters', async () => {
    const path = writeStore()
    const { page } = await view(path)
    await page.selectOption('#origin', { label: 'mined' })
    expect(await count(page)).toBe('1 of 3 kernels')
    {
      using store = Store.open(path)
      store.kernels.add(sampleKernel('12'.repeat(16)))
    }
    // As when one comes back to the tab; without that it looks every few seconds.
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await page.click('#refresh')
    await expect.poll(() => count(page), patience).toBe('2 of 4 kernels')
  })
})

async function count(page: Page): Promise<string> {
  return (await page.locator('#count').textContent()) ?? ''
}

/** What stands in a column, in the rows that are there. */
async function column(page: Page, title: string): Promise<string[]> {
  const titles = await page.locator('#head button').allTextContents()
  const place = titles.findIndex((text) => text.replace(/ [▲▼]$/, '') === title)
  return page.locator(`#rows td:nth-child(${place + 1})`).allTextContents()
}
