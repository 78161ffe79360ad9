// The whole way of a participant in a real Chromium, with the keyboard alone.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { AnswerStore, parseAnswerFile, readCollected, renderSite, startCollector } from '../../../../studies/index.ts'
import { barriers, chromiumPath, openBrowser, openPage, press, type Watched } from '../../../browser.ts'
import { temporaryFolder } from '../../../corpora/samples.ts'
import { hostileText, smallStudy, writeStudy } from '../small-study.ts'
import { answerByKeyboard, screen } from './browser.ts'

const { study } = smallStudy()
const phone: BrowserContextOptions = { viewport: { width: 320, height: 568 }, reducedMotion: 'reduce' }
/** Machines that test may be busy. */
const patience = { timeout: 10_000 }

if (chromiumPath === undefined) console.warn('page.native.test.ts: skipped, no Chromium; apt-get install chromium')

describe.skipIf(chromiumPath === undefined)('the page of a study', { timeout: 60_000 }, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  async function open(url: string, options: BrowserContextOptions = {}): Promise<Watched> {
    const context = await browser.newContext({ ...phone, ...options })
    onTestFinished(() => context.close())
    const watched = await openPage(context)
    await watched.page.goto(url)
    return watched
  }

  async function serve(needsInvitation = false): Promise<{ url: string; folder: string }> {
    const folder = writeStudy(temporaryFolder())
    const collector = await startCollector(folder, { port: 0, needsInvitation, now: Date.now })
    onTestFinished(() => collector[Symbol.asyncDispose]())
    return { url: collector.url, folder }
  }

  function writePage(): string {
    const path = join(temporaryFolder(), 'index.html')
    writeFileSync(path, renderSite(study))
    return pathToFileURL(path).href
  }

  it('leads from consent to the score by keyboard, at 320 pixels, over a reload, without a barrier', async () => {
    const { url, folder } = await serve()
    const { page, requests, complaints } = await open(url)
    const seen: string[] = []
    const arrive = async (id: string) => {
      seen.push(id)
      await page.waitForSelector(`#${id}:not([hidden])`)
      expect(await screen(page)).toBe(id)
      expect(await barriers(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
      await keepPicture(page, `phone-${seen.length}-${id}`)
    }
    await arrive('consent')
    await press(page, 'Tab', 'Enter') // not ticked yet
    expect(await page.locator('#consent-error').textContent()).toContain('Please tick')
    await press(page, 'Space', 'Enter')
    await arrive('experience')
    await press(page, 'Tab', 'Space', 'ArrowDown', 'Enter')
    await arrive('instructions')
    expect(await focused(page)).toBe('instructions-title')
    await press(page, 'Tab', 'Enter')
    await arrive('question')
    expect(await page.title()).toBe('Practice 1 of 2 – Who wrote this kernel?')
    await press(page, 'Tab', 'Tab', 'Tab', 'Enter') // nothing chosen
    expect(await page.locator('.error:visible').allTextContents()).toEqual([
      'Please choose one.',
      'Please say how sure you are.',
    ])
    expect(await barriers(page)).toEqual([])
    await press(page, 'Space', 'Tab', 'Space', 'Enter')
    expect(await page.locator('#feedback').innerText()).toMatch(/^Right: A person\.\s+A person wrote it/)
    expect(await barriers(page)).toEqual([])
    await press(page, 'Enter')
    await answerByKeyboard(page, 'human')
    expect(await page.locator('#feedback').innerText()).toMatch(/^Not right: A machine\./)
    await press(page, 'Enter')
    await arrive('ready')
    await press(page, 'Tab', 'Enter')

    for (let place = 0; place < 7; place++) {
      expect(await page.title()).toBe(`Kernel ${place + 1} of 7 – Who wrote this kernel?`)
      if ((await page.locator('#kernel').textContent()) === hostileText) seen.push('hostile kernel as text')
      if (place === 3) {
        await page.reload()
        await arrive('paused')
        await press(page, 'Tab', 'Enter')
        expect(await page.title()).toContain('Kernel 4 of 7')
      }
      await answerByKeyboard(page, place % 2 === 0 ? 'human' : 'machine')
    }
    await arrive('thanks')
    await page.waitForSelector('#score:not([hidden])')
    expect(await page.locator('#score-figure').textContent()).toMatch(/^\d of 6$/)
    expect(await barriers(page)).toEqual([])

    const [file, ...others] = readCollected(folder, study)
    expect(others).toEqual([])
    expect(parseAnswerFile(file, study).ok).toBe(true)
    expect(file.experience).toBe('some')
    expect(file.answers.map(({ label }) => label[0]).join('')).toBe('hmhmhmh')
    expect(file.answers.every(({ confidence }) => confidence === 2)).toBe(true)
    expect(file.pauses).toHaveLength(1)
    expect(seen).toContain('hostile kernel as text')
    expect(requests.filter((request) => !request.startsWith(url) && request !== 'data:,')).toEqual([])
    expect(complaints).toEqual([])
  })

  it('works from a file, without a network, in the dark, and gives the answers as a file', async () => {
    const desktop = { viewport: { width: 1200, height: 640 }, colorScheme: 'dark' } as const
    const { page, requests, complaints } = await open(writePage(), { ...desktop, offline: true })
    await press(page, 'Tab', 'Space', 'Enter', 'Tab', 'Space', 'Enter', 'Tab', 'Enter')
    expect(await barriers(page)).toEqual([])
    for (let i = 0; i < 2; i++) {
      await answerByKeyboard(page, 'machine')
      expect(await barriers(page)).toEqual([])
      await keepPicture(page, `desktop-${i + 1}`)
      await press(page, 'Enter')
    }
    await press(page, 'Tab', 'Enter')
    for (let i = 0; i < 7; i++) await answerByKeyboard(page, 'machine')
    expect(await screen(page)).toBe('thanks')
    expect(await barriers(page)).toEqual([])
    expect(await page.locator('#score').isVisible()).toBe(false)
    const downloading = page.waitForEvent('download')
    await press(page, 'Tab', 'Enter')
    const download = await downloading
    const file = parseAnswerFile(JSON.parse(readFileSync(await download.path(), 'utf8')), study)
    expect(file).toMatchObject({ ok: true, value: { answers: { length: 7 }, experience: 'none' } })
    expect(download.suggestedFilename()).toMatch(/^answers-[0-9a-f]{16}\.json$/)
    expect(requests.filter((request) => !/^(?:file|blob|data):/.test(request))).toEqual([])
    expect(complaints).toEqual([])
  })

  it('leaves pauses and hidden pages out of the response time', async () => {
    const { page } = await open(writePage())
    await page.clock.install({ time: 1_000_000 })
    await page.reload()
    await press(page, 'Tab', 'Space', 'Enter', 'Tab', 'Space', 'Enter', 'Tab', 'Enter')
    for (let i = 0; i < 2; i++) {
      await answerByKeyboard(page, 'machine')
      await press(page, 'Enter')
    }
    await press(page, 'Tab')
    await page.clock.pauseAt(2_000_000)
    await press(page, 'Enter')
    await page.clock.runFor(3_000) // looks at the kernel
    await press(page, 'Shift+Tab', 'Enter') // pauses
    expect(await screen(page)).toBe('paused')
    await page.clock.runFor(60_000)
    await press(page, 'Tab', 'Enter')
    await page.clock.runFor(2_000)
    await setHidden(page, true) // goes to another tab
    await page.clock.runFor(10_000)
    await setHidden(page, false)
    await page.clock.runFor(1_000)
    await answerByKeyboard(page, 'human')
    const { answers } = await stored(page)
    expect(answers[0]).toMatchObject({
      answer: { responseMs: 6_000, order: 0 },
      pauses: [
        { startMs: 2_003_000, endMs: 2_063_000 },
        { startMs: 2_065_000, endMs: 2_075_000 },
      ],
    })
  })

  it('goes on while the collector is away, and sends what waited when it is back', async () => {
    const { url, folder } = await serve(true)
    const context = await browser.newContext(phone)
    onTestFinished(() => context.close())
    const { page } = await openPage(context)
    await page.goto(url)
    await press(page, 'Tab', 'Space', 'Enter', 'Tab', 'Space', 'Enter')
    await page.locator('#status', { hasText: 'open to people with an invitation' }).waitFor()
    const [invitation] = inviteTo(folder)
    await page.goto(`${url}#invite=${invitation}`)
    await expect.poll(() => page.url(), patience).toBe(url) // the secret has left the address
    await page.locator('#experience:not([hidden])').waitFor()
    await page.waitForLoadState()
    await press(page, 'Tab', 'Space', 'Enter')
    await page.waitForSelector('#instructions:not([hidden])')
    await press(page, 'Tab', 'Enter')
    for (let i = 0; i < 2; i++) {
      await answerByKeyboard(page, 'machine')
      await press(page, 'Enter')
    }
    await press(page, 'Tab', 'Enter')
    await context.setOffline(true)
    for (let i = 0; i < 3; i++) await answerByKeyboard(page, 'machine')
    await page.locator('#status', { hasText: 'No connection' }).waitFor()
    expect(await barriers(page)).toEqual([])
    expect(readCollected(folder, study)[0].answers).toEqual([])
    await context.setOffline(false)
    await expect.poll(() => readCollected(folder, study)[0].answers.length, patience).toBe(3)

    // The secret link opens the study elsewhere, and the collector is not asked for more than it knows.
    const { token } = await stored(page)
    const elsewhere = await open(`${url}#resume=${token}`)
    await elsewhere.page.waitForSelector('#paused:not([hidden])')
    await press(elsewhere.page, 'Tab', 'Enter')
    expect(await elsewhere.page.title()).toContain('Kernel 4 of 7')
    await answerByKeyboard(elsewhere.page, 'human')
    await expect.poll(() => readCollected(folder, study)[0].answers.length, patience).toBe(4)

    // Withdrawing there leaves nothing anywhere.
    elsewhere.page.removeAllListeners('dialog').on('dialog', (dialog) => void dialog.accept())
    await elsewhere.page.click('#pause')
    await elsewhere.page.click('#paused .withdraw')
    await elsewhere.page.waitForSelector('#withdrawn:not([hidden])')
    expect(readCollected(folder, study)).toEqual([])
    expect(await elsewhere.page.evaluate('localStorage.length')).toBe(0)
  })
})

/** Pictures of the page for the documents: `SCREENSHOTS=docs/turing npx vitest run --project native test/studies/turing/site`. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

/** As if the tab were hidden: without a window none is. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true })`)
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
}

function focused(page: Page): Promise<unknown> {
  return page.evaluate('document.activeElement.id')
}

function inviteTo(folder: string): string[] {
  using store = AnswerStore.open(folder, study)
  return store.invite(1)
}

/** What the page keeps in the browser. */
async function stored(page: Page): Promise<{ token: string; answers: unknown[] }> {
  return JSON.parse((await page.evaluate('Object.values(localStorage)[0]')) as string)
}
