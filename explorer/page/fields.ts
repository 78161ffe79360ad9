// The fields that kernels are filtered by.

import { chosen, element, fillSelect, make } from './dom.ts'
import { formatCount } from './format.ts'
import { type Kernels, labelOf, searchColumns } from './kernels.ts'
import type { SpaceFacts } from './messages.ts'
import { RangeFields } from './range-fields.ts'
import type { Criteria } from './rows.ts'

/** What the fields tell of what is done in them. */
export interface FieldsEvents {
  /** Something else is to be shown. */
  onChange(): void
  /** Everything is to be shown again. */
  onClear(): void
  onSpace(space: string): void
  onAdd(column: string): void
}

export class Fields {
  readonly #selects = {
    target: element('target', HTMLSelectElement),
    outcome: element('outcome', HTMLSelectElement),
    origin: element('origin', HTMLSelectElement),
    repository: element('repository', HTMLSelectElement),
    time: element('time', HTMLSelectElement),
  }
  readonly #key = element('key', HTMLInputElement)
  readonly #space = element('space', HTMLSelectElement)
  readonly #column = element('column', HTMLSelectElement)
  readonly #ranges: RangeFields

  constructor(events: FieldsEvents) {
    this.#ranges = new RangeFields(events.onChange)
    const form = element('filters', HTMLFormElement)
    form.addEventListener('input', ({ target }) => {
      if (target !== this.#column) events.onChange()
    })
    form.addEventListener('submit', (event) => event.preventDefault())
    element('clear', HTMLButtonElement).addEventListener('click', () => {
      this.#clear()
      events.onClear()
    })
    element('add-range', HTMLButtonElement).addEventListener('click', () => events.onAdd(this.#column.value))
    this.#space.addEventListener('change', () => events.onSpace(this.#space.value))
  }

  get target(): number | undefined {
    return chosen(this.#selects.target)
  }

  /** Device and size, numbered. */
  get timedAt(): number {
    return chosen(this.#selects.time) ?? 0
  }

  /** Columns that have bounds, filled in or not. */
  get columns(): string[] {
    return this.#ranges.bounds.map(({ column }) => column)
  }

  /** @param kernels - whose features in `columns` are loaded */
  criteria(kernels: Kernels): Omit<Criteria, 'box'> {
    const { target, outcome, origin, repository } = this.#selects
    return {
      ...{ target: chosen(target), outcome: chosen(outcome), origin: chosen(origin), repository: chosen(repository) },
      keyStart: this.#key.value.trim().toLowerCase(),
      ranges: this.#ranges.bounds.map(({ column, low, high }) => ({ values: kernels.numbers(column), low, high })),
    }
  }

  /** Words of a snapshot; what was chosen stays chosen, as far as it is still there. */
  fill({ header }: Kernels): void {
    const { target, outcome, origin, repository } = this.#selects
    const selects = [target, outcome, origin, repository]
    const kept = selects.map((select) => select.selectedOptions[0]?.textContent)
    const { targets, outcomes, origins, repositories } = header
    const targetNames = targets.map(({ name, space }) => `${name} (${space})`)
    fillSelect(target, 'Any', targetNames)
    fillSelect(outcome, 'Any', outcomes)
    fillSelect(origin, 'Any', origins)
    const repositoryNames = repositories.map((name) => name || 'none')
    fillSelect(repository, 'Any', repositoryNames)
    element('repository-field', HTMLElement).hidden = repositories.length < 2
    for (const [i, select] of selects.entries()) choose(select, kept[i])
  }

  /** Devices and sizes that there are times of. */
  fillTimes({ timedAt }: Kernels): void {
    const select = this.#selects.time
    const kept = select.selectedOptions[0]?.textContent
    const times = timedAt.map(
      ({ device, size, provenance }) => `${device}, ${formatCount(size)} work-items, ${provenance}`,
    )
    fillSelect(select, undefined, times)
    choose(select, kept)
    element('time-field', HTMLElement).hidden = timedAt.length === 0
  }

  /** Feature spaces for the map, and their features for columns. */
  fillSpaces(spaces: readonly SpaceFacts[], chosenSpace: string): void {
    this.#space.replaceChildren(...spaces.map(({ id }) => make('option', { value: id }, id)))
    this.#space.value = chosenSpace
    const group = (label: string, ids: readonly string[]): HTMLElement => {
      return make('optgroup', { label }, ...ids.map((id) => make('option', { value: id }, labelOf(id))))
    }
    this.#column.replaceChildren(
      group('Search', Object.keys(searchColumns)),
      ...spaces.map(({ id, names }) =>
        group(
          id,
          names.map((name) => `${id}/${name}`),
        ),
      ),
    )
  }

  addRange(column: string, isFocused: boolean): void {
    if (!this.columns.includes(column)) this.#ranges.add(column, labelOf(column))
    if (isFocused) this.#ranges.focus(column)
  }

  #clear(): void {
    const { target, outcome, origin, repository } = this.#selects
    for (const select of [target, outcome, origin, repository]) select.value = ''
    this.#key.value = ''
    this.#ranges.clear()
  }
}

/** Choose the option with this text, if it is there. */
function choose(select: HTMLSelectElement, text: string | null | undefined): void {
  const option = [...select.options].find(({ textContent }) => textContent === text)
  if (option !== undefined) select.value = option.value
}
