// A participant of a study who has a keyboard and nothing else.

import type { Page } from 'playwright-core'
import { press } from '../../../browser.ts'

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
