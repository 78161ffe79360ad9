// A real Chromium for tests, and a participant who has a keyboard and nothing else.

import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** The system's own; playwright brings none. Undefined where there is none. */
export const chromiumPath: string | undefined = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
  .find((path) => existsSync(path))

export function openBrowser(): Promise<Browser> {
  // In containers tests run as root, whom Chromium lets in without its sandbox only.
  return chromium.launch({ executablePath: chromiumPath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
}

/** What went on in a page beside what was asked of it. */
export interface Watched {
  readonly page: Page
  /** Addresses of all requests. */
  readonly requests: string[]
  /** Errors, breaches of the policy, dialogs that opened. */
  readonly complaints: string[]
}

/** A new page of a context, watched. */
export async function openPage(context: BrowserContext): Promise<Watched> {
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const requests: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return { page, requests, complaints }
}

export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** The section in view. */
export async function screen(page: Page): Promise<string> {
  const ids = await page.locator('main > section:visible').evaluateAll((sections) => sections.map(({ id }) => id))
  return ids.join()
}

/** From a title to the first choice of both questions, then one further in the second, and in. */
export async function answerByKeyboard(page: Page, label: 'human' | 'machine'): Promise<void> {
  const second = label === 'machine' ? ['ArrowRight'] : []
  await press(page, 'Tab', 'Space', ...second, 'Tab', 'Space', 'ArrowDown', 'Enter')
}
