// The table of kernels: as many rows as fit are in the document, the others are blank space above and below.

import { element, make } from './dom.ts'
import { formatCount } from './format.ts'

/** A column of the table. */
export interface TableColumn {
  readonly id: string
  readonly label: string
  readonly isNumber: boolean
  text(row: number): string
}

/** How rows are ordered. */
export interface Sorting {
  readonly column: string
  readonly isDescending: boolean
}

/** What the table tells of what is done in it. */
export interface TableEvents {
  onSort(column: string): void
  onOpen(row: number): void
}

/** Rows beyond those that are seen, so that scrolling a little needs nothing new. */
const spareRows = 8
/** As in page.css. */
const rowRem = 1.75

export class KernelGrid {
  readonly #scroll = element('scroll', HTMLDivElement)
  readonly #table = element('table', HTMLTableElement)
  readonly #head = element('head', HTMLTableRowElement)
  readonly #body = element('rows', HTMLTableSectionElement)
  readonly #above = element('above', HTMLTableCellElement)
  readonly #below = element('below', HTMLTableCellElement)
  readonly #events: TableEvents
  #columns: readonly TableColumn[] = []
  #rows: Uint32Array = new Uint32Array()
  /** Place of the row that the keyboard is at. */
  #active = 0
  /** Row whose kernel is open. */
  #open: number | undefined
  /** Rows in the document, by place. */
  readonly #shown = new Map<number, HTMLTableRowElement>()

  constructor(events: TableEvents) {
    this.#events = events
    this.#scroll.addEventListener('scroll', () => requestAnimationFrame(() => this.#render()))
    new ResizeObserver(() => this.#render()).observe(this.#scroll)
    this.#body.addEventListener('keydown', (event) => this.#onKey(event))
    this.#body.addEventListener('click', ({ target }) => {
      const place = target instanceof Element ? target.closest('tr')?.dataset.place : undefined
      if (place === undefined) return
      this.#active = Number(place)
      this.#openActive()
    })
  }

  /** Show other rows or columns, from the top. */
  show(columns: readonly TableColumn[], rows: Uint32Array, sorting: Sorting): void {
    this.#columns = columns
    this.#rows = rows
    this.#active = 0
    this.#table.setAttribute('aria-rowcount', String(rows.length + 1))
    this.#table.setAttribute('aria-colcount', String(columns.length))
    this.#writeHead(sorting)
    this.#clear()
    this.#scroll.scrollTop = 0
    this.#render()
  }

  /** Mark the kernel that is open. */
  markOpen(row: number | undefined): void {
    this.#open = row
    for (const [place, line] of this.#shown) line.setAttribute('aria-selected', String(this.#rows[place] === row))
  }

  /** Back to where the keyboard was. */
  focus(): void {
    this.#go(this.#active)
  }

  #writeHead(sorting: Sorting): void {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.column : undefined
    this.#head.replaceChildren(
      ...this.#columns.map(({ id, label, isNumber }) => {
        const isSorted = sorting.column === id
        const direction = sorting.isDescending ? 'descending' : 'ascending'
        const mark = isSorted ? (sorting.isDescending ? ' ▼' : ' ▲') : ''
        const button = make('button', { type: 'button', 'data-column': id }, label)
        button.append(make('span', { 'aria-hidden': 'true' }, mark))
        button.addEventListener('click', () => this.#events.onSort(id))
        const kind: Record<string, string> = isNumber ? { class: 'number-cell' } : {}
        return make('th', { scope: 'col', ...kind, ...(isSorted ? { 'aria-sort': direction } : {}) }, button)
      }),
    )
    for (const cell of [this.#above, this.#below]) cell.colSpan = this.#columns.length
    if (focused === undefined) return
    const again = [...this.#head.querySelectorAll('button')].find((button) => button.dataset.column === focused)
    again?.focus({ preventScroll: true })
  }

  #rowPx(): number {
    return rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  }

  #clear(): void {
    for (const line of this.#shown.values()) line.remove()
    this.#shown.clear()
  }

  #render(): void {
    const rowPx = this.#rowPx()
    const start = Math.max(0, Math.floor(this.#scroll.scrollTop / rowPx) - spareRows)
    const seen = Math.ceil(this.#scroll.clientHeight / rowPx) + 2 * spareRows
    const end = Math.min(this.#rows.length, start + seen)
    for (const [place, line] of this.#shown) {
      if (place >= start && place < end) continue
      line.remove()
      this.#shown.delete(place)
    }
    let before: Element | null = null
    for (let place = end - 1; place >= start; place--) {
      const known = this.#shown.get(place)
      const line: HTMLTableRowElement = known ?? this.#writeRow(place)
      if (known === undefined) this.#body.insertBefore(line, before)
      before = line
    }
    this.#above.style.height = `${start * rowPx}px`
    this.#below.style.height = `${(this.#rows.length - end) * rowPx}px`
    this.#markActive(start, end)
  }

  #writeRow(place: number): HTMLTableRowElement {
    const row = this.#rows[place]
    const line = make(
      'tr',
      {
        'aria-rowindex': String(place + 2),
        'aria-selected': String(row === this.#open),
        'data-place': String(place),
        tabindex: '-1',
      },
      ...this.#columns.map((column) => {
        const text = column.text(row)
        return make('td', column.isNumber ? { class: 'number-cell' } : { title: text }, text)
      }),
    )
    this.#shown.set(place, line)
    return line
  }

  /** One row can be reached by Tab: the active one, or the first that is there. */
  #markActive(start: number, end: number): void {
    const reachable = this.#active >= start && this.#active < end ? this.#active : start
    for (const [place, line] of this.#shown) line.tabIndex = place === reachable ? 0 : -1
  }

  #onKey(event: KeyboardEvent): void {
    const place = event.target instanceof HTMLElement ? Number(event.target.dataset.place) : Number.NaN
    if (Number.isNaN(place) || event.altKey || event.ctrlKey || event.metaKey) return
    const page = Math.max(1, Math.floor(this.#scroll.clientHeight / this.#rowPx()) - 2)
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      PageDown: place + page,
      PageUp: place - page,
      Home: 0,
      End: this.#rows.length - 1,
    }
    const next = moves[event.key]
    if (next !== undefined) this.#go(next)
    else if (event.key === 'Enter' || event.key === ' ') {
      this.#active = place
      this.#openActive()
    } else return
    event.preventDefault()
  }

  #go(place: number): void {
    if (this.#rows.length === 0) return
    this.#active = Math.min(this.#rows.length - 1, Math.max(0, place))
    const rowPx = this.#rowPx()
    const head = this.#head.offsetHeight
    const top = this.#active * rowPx
    const room = this.#scroll.clientHeight - head
    if (top < this.#scroll.scrollTop) this.#scroll.scrollTop = top
    else if (top + rowPx > this.#scroll.scrollTop + room) this.#scroll.scrollTop = top + rowPx - room
    this.#render()
    this.#shown.get(this.#active)?.focus({ preventScroll: true })
  }

  #openActive(): void {
    const row = this.#rows[this.#active]
    if (row !== undefined) this.#events.onOpen(row)
  }
}

/** `1,234 of 100,000 kernels` */
export function describeCount(shown: number, all: number): string {
  return shown === all ? `${formatCount(all)} kernels` : `${formatCount(shown)} of ${formatCount(all)} kernels`
}
