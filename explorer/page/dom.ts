// Elements of the page, found and made. Text becomes text, never HTML.

import type { Stretch } from './messages.ts'

/** The element with an id, which the page has. */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id)
  if (found instanceof type) return found
  throw new Error(`the page has no ${id}`)
}

/** A new element with attributes and what it holds. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/** Options of a select, the first for anything. */
export function fillSelect(select: HTMLSelectElement, anything: string | undefined, labels: readonly string[]): void {
  const first = anything === undefined ? [] : [make('option', { value: '' }, anything)]
  select.replaceChildren(...first, ...labels.map((label, i) => make('option', { value: String(i) }, label)))
}

/** The number that is chosen in a select; undefined for anything. */
export function chosen(select: HTMLSelectElement): number | undefined {
  return select.value === '' ? undefined : Number(select.value)
}

/** Code, each stretch in its style. */
export function writeStretches(stretches: readonly Stretch[]): (Node | string)[] {
  return stretches.map(({ text, style }) => (style === '' ? text : make('span', { class: style }, text)))
}

/** Calls back when what was changed is on the screen. */
export function afterPaint(act: () => void): void {
  requestAnimationFrame(() => setTimeout(act))
}
