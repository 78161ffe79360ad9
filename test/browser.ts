// A real Chromium for tests of pages, and what axe says of them.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumArguments, findChromium } from '../cli/bench/chromium.ts'

/** The system's own; playwright brings none. Undefined where there is none. */
export const chromiumPath: string | undefined = findChromium(process.env.PATH)

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath, args: chromiumArguments() })
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

/** What axe finds against WCAG 2.2 AA and good practice, each with where. */
export async function barriers(page: Page): Promise<string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe)
  const { violations } = (await page.evaluate("axe.run({ resultTypes: ['violations'] })")) as AxeResults
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}
