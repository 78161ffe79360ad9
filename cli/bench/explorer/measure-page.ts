// What a person waits for at the explorer's page, in a real Chromium without a window: the first view from the start of
// the navigation, and each filter from the change of a field to the next frame, as the page itself measures both.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { packagePath } from '../../../kernels/index.ts'

/** Milliseconds. */
export interface PageTimes {
  /** The server has just been started and has read nothing yet: reading the store is in it. */
  readonly firstViewMs: number
  /** The page again, from a server that knows the store. */
  readonly againMs: number
  /** By what was filtered by. */
  readonly filtersMs: Readonly<Record<string, number>>
}

/** A window of usual size. */
const viewport = { width: 1440, height: 900 }

/**
 * Start `benchsteer view`, look at a store once and leave.
 * @param store - that has the made-up targets and outcomes
 * @param pictures - folder for pictures of the page; default none
 */
export async function measurePage(browser: Browser, store: string, pictures?: string): Promise<PageTimes> {
  const server = spawn(process.execPath, [packagePath('dist', 'cli', 'main.js'), 'view', store], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(server, 'exit')
  const context = await browser.newContext({ viewport })
  try {
    const [line] = (await Promise.race([once(server.stdout, 'data'), ended])) as [unknown]
    if (!String(line).startsWith('http')) throw new RangeError('store: benchsteer view does not open it')
    const url = String(line).trim()
    const page = await context.newPage()
    await page.goto(url)
    const firstViewMs = await firstView(page)
    const calm = (): Promise<void> => page.locator('#explorer:not([aria-busy])').waitFor()
    await calm()
    await page.reload()
    const againMs = await firstView(page)
    await calm()
    const filtersMs: Record<string, number> = {}
    for (const [name, act] of Object.entries(filters)) {
      filtersMs[name] = await timeUpdate(page, () => act(page))
      if (name === 'part of the map' && pictures !== undefined) await takePictures(page, pictures)
      await timeUpdate(page, () => page.click('#clear'))
    }
    return { firstViewMs, againMs, filtersMs }
  } finally {
    await context.close()
    server.kill('SIGINT')
    await ended
  }
}

/** Each from everything being shown. */
const filters: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  outcome: (page) => page.selectOption('#outcome', { index: 2 }),
  target: (page) => page.selectOption('#target', { index: 1 }),
  feature: (page) => page.locator('#ranges input').first().fill('20'),
  'key that starts with': (page) => page.fill('#key', 'a'),
  'part of the map': selectOnMap,
  'another order': (page) => page.click('button[data-column="tokens"]'),
}

async function selectOnMap(page: Page): Promise<void> {
  const box = await page.locator('#plot').boundingBox()
  if (box === null) throw new Error('the page has no map')
  await page.mouse.move(box.x + 0.25 * box.width, box.y + 0.25 * box.height)
  await page.mouse.down()
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.6 * box.height)
  await page.mouse.up()
}

async function firstView(page: Page): Promise<number> {
  return poll(page, "performance.getEntriesByName('first-view')[0]?.startTime ?? -1")
}

/** The last of the updates that came of it. */
async function timeUpdate(page: Page, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate("performance.clearMeasures('update')")
  await act()
  return poll(page, "performance.getEntriesByName('update').at(-1)?.duration ?? -1")
}

/** Asks until the answer is not negative; the page's policy forbids playwright's own way of waiting, which is `eval`. */
async function poll(page: Page, question: string): Promise<number> {
  for (;;) {
    const answer = (await page.evaluate(question)) as number
    if (answer >= 0) return answer
    await page.waitForTimeout(20)
  }
}

async function takePictures(page: Page, folder: string): Promise<void> {
  await page.screenshot({ path: join(folder, 'selection.png') })
  await page.click('#rows tr')
  await page.locator('#details:not([hidden])').waitFor()
  await page.screenshot({ path: join(folder, 'details.png') })
  await page.click('#close')
}
