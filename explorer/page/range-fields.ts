// The bounds that are set for columns and features: a field for either end each, and a button that takes it away.

import { element, make } from './dom.ts'

/** Bounds of one column, as they stand in the fields. */
export interface Bounds {
  readonly column: string
  /** -Infinity where empty. */
  readonly low: number
  /** Infinity where empty. */
  readonly high: number
}

export class RangeFields {
  readonly #list = element('ranges', HTMLDivElement)
  readonly #onChange: () => void

  /** @param onChange - when a range was taken away; input events of its fields bubble to the form */
  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  /** In the order they were added. */
  get bounds(): Bounds[] {
    return [...this.#list.querySelectorAll('fieldset')].map((field) => {
      const [low, high] = [...field.querySelectorAll('input')].map(({ value }) =>
        value === '' ? Number.NaN : Number(value),
      )
      return {
        column: field.dataset.column ?? '',
        low: Number.isNaN(low) ? Number.NEGATIVE_INFINITY : low,
        high: Number.isNaN(high) ? Number.POSITIVE_INFINITY : high,
      }
    })
  }

  add(column: string, label: string): void {
    const field = (name: string): HTMLElement =>
      make('label', {}, `${name} `, make('input', { type: 'number', step: 'any', 'aria-label': `${label} ${name}` }))
    const remove = make('button', { type: 'button', 'aria-label': `Remove ${label}` }, '×')
    const set = make(
      'fieldset',
      { 'data-column': column },
      make('legend', {}, label),
      make('div', { class: 'row' }, field('from'), field('to'), remove),
    )
    remove.addEventListener('click', () => {
      set.remove()
      element('column', HTMLSelectElement).focus()
      this.#onChange()
    })
    this.#list.append(set)
  }

  /** Go to the fields of a column. */
  focus(column: string): void {
    const field = [...this.#list.querySelectorAll('fieldset')].find(({ dataset }) => dataset.column === column)
    field?.querySelector('input')?.focus()
  }

  /** Empty all fields; the columns stay. */
  clear(): void {
    for (const input of this.#list.querySelectorAll('input')) input.value = ''
  }
}
