// The explorer's page: filters, map, table and details over one snapshot of a store. All kernels are here as columns, so
// that filtering and sorting ask nobody; features and details are asked for when they are wanted.

import { askChanges, askDetails, askKernels, askMap } from './ask.ts'
import { writeDetails } from './details.ts'
import { afterPaint, chosen, element, fillSelect, make } from './dom.ts'
import { formatCount } from './format.ts'
import { Kernels, searchColumns, splitId } from './kernels.ts'
import type { MapColumns, MapHeader } from './messages.ts'
import { Plot } from './plot.ts'
import { RangeFields } from './range-fields.ts'
import { type Box, filterRows, keyOf } from './rows.ts'
import { describeCount, KernelGrid, type Sorting } from './table.ts'

const changesEveryMs = 5_000
/** Features that have a column to begin with, the first of the map's space. */
const firstFeatures = 3

const selects = {
  target: element('target', HTMLSelectElement),
  outcome: element('outcome', HTMLSelectElement),
  origin: element('origin', HTMLSelectElement),
  repository: element('repository', HTMLSelectElement),
  time: element('time', HTMLSelectElement),
  space: element('space', HTMLSelectElement),
  column: element('column', HTMLSelectElement),
}
const keyField = element('key', HTMLInputElement)
const clearBox = element('clear-box', HTMLButtonElement)
const details = element('details', HTMLElement)

let kernels: Kernels
let map: { header: MapHeader; columns: MapColumns }
let sorting: Sorting = { column: 'proximity', isDescending: true }
let box: Box | undefined
let openRow: number | undefined

const ranges = new RangeFields(update)
const grid = new KernelGrid({ onSort: sortBy, onOpen: open })
const plot = new Plot({
  onBox(changed) {
    box = changed
    update()
  },
  onOpen: open,
})

/** Filter, sort and show; what is chosen stands in the fields. */
function update(): void {
  const startMs = performance.now()
  const { header, columns } = kernels
  const target = chosen(selects.target)
  kernels.choose(target, chosen(selects.time) ?? 0)
  const order = kernels.order(sorting.column, sorting.isDescending)
  const rows = filterRows(order, { ...columns, ...map.columns }, kernels.nearest, {
    ...{ target, outcome: chosen(selects.outcome), origin: chosen(selects.origin) },
    ...{ repository: chosen(selects.repository), keyStart: keyField.value.trim().toLowerCase(), box },
    ranges: ranges.bounds.map(({ column, low, high }) => ({ values: kernels.numbers(column), low, high })),
  })
  grid.show(kernels.tableColumns(ranges.bounds.map(({ column }) => column)), rows, sorting)
  plot.setTargets(targetsOn(target))
  plot.setShown(rows)
  element('count', HTMLElement).textContent = describeCount(rows.length, header.kernels)
  clearBox.disabled = box === undefined
  afterPaint(() => performance.measure('update', { start: startMs }))
}

function targetsOn(target: number | undefined) {
  return map.header.targets.map((place) => ({ ...place, isChosen: place.target === target }))
}

function sortBy(column: string): void {
  const isSame = sorting.column === column
  sorting = { column, isDescending: isSame ? !sorting.isDescending : isNumber(column) }
  update()
}

/** Of numbers the large ones are wanted first, but for distances. */
function isNumber(column: string): boolean {
  return column !== 'distance' && (column in searchColumns || column.includes('/'))
}

async function open(row: number): Promise<void> {
  const key = keyOf(kernels.columns.keys, row)
  await attempt(async () => {
    const found = await askDetails(key)
    openRow = row
    grid.markOpen(row)
    plot.setOpen(row)
    element('details-title', HTMLElement).textContent = `Kernel ${key.slice(0, 8)}`
    element('details-body', HTMLElement).replaceChildren(...writeDetails(found))
    details.hidden = false
    details.scrollTop = 0
    element('details-title', HTMLElement).focus()
  })
}

function close(): void {
  details.hidden = true
  openRow = undefined
  grid.markOpen(undefined)
  plot.setOpen(undefined)
  grid.focus()
}

/** Read the store as it is now and show it; filters stay, as far as there is still what they name. */
async function load(): Promise<void> {
  const kept = Object.entries(selects).map(([name, select]) => [name, select.selectedOptions[0]?.textContent] as const)
  const { header, columns } = await askKernels(selects.space.value)
  kernels = new Kernels(header, columns)
  map = { header: header.map, columns: { x: columns.x, y: columns.y } }
  const loaded = ranges.bounds.map(({ column }) => column)
  await Promise.all(loaded.map((id) => kernels.load(id)))
  fillFields()
  for (const [name, label] of kept) choose(selects[name as keyof typeof selects], label)
  if (header.targets.length === 0 && sorting.column === 'proximity') sorting = { column: 'tokens', isDescending: true }
  showMap()
  // Rows of another snapshot are other kernels.
  if (openRow !== undefined) close()
  update()
}

/** Choose the option with this text, if it is there. */
function choose(select: HTMLSelectElement, label: string | null | undefined): void {
  const option = [...select.options].find(({ textContent }) => textContent === label)
  if (option !== undefined) select.value = option.value
}

function fillFields(): void {
  const { store, targets, outcomes, origins, repositories, timedAt, spaces } = kernels.header
  element('store', HTMLElement).textContent = store
  document.title = `${store} – benchsteer explorer`
  fillSelect(
    selects.target,
    'Any',
    targets.map(({ name, space }) => `${name} (${space})`),
  )
  fillSelect(selects.outcome, 'Any', outcomes)
  fillSelect(selects.origin, 'Any', origins)
  fillSelect(
    selects.repository,
    'Any',
    repositories.map((name) => name || 'none'),
  )
  const times = timedAt.map(
    ({ device, size, provenance }) => `${device}, ${formatCount(size)} work-items, ${provenance}`,
  )
  fillSelect(selects.time, undefined, times)
  element('repository-field', HTMLElement).hidden = repositories.length < 2
  element('time-field', HTMLElement).hidden = timedAt.length === 0
  selects.space.replaceChildren(...spaces.map(({ id }) => make('option', { value: id }, id)))
  fillColumns()
}

function fillColumns(): void {
  const group = (label: string, options: readonly (readonly [id: string, label: string])[]): HTMLElement => {
    return make('optgroup', { label }, ...options.map(([value, text]) => make('option', { value }, text)))
  }
  selects.column.replaceChildren(
    group('Search', Object.entries(searchColumns)),
    ...kernels.header.spaces.map(({ id, names }) =>
      group(
        id,
        names.map((name) => [`${id}/${name}`, name]),
      ),
    ),
  )
}

/** The map of the space that it says it is of. */
function showMap(): void {
  const { space, shares, axes } = map.header
  selects.space.value = space
  box = undefined
  plot.setData({ ...map.columns, targets: targetsOn(chosen(selects.target)) })
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`
  element('map-text', HTMLElement).textContent =
    shares === null
      ? 'The kernels do not differ in this space, or are not measured in it.'
      : `Principal components of log-scaled features. Across, ${percent(shares[0])} of the variance: ${axes[0].join(', ')}. ` +
        `Up, ${percent(shares[1])}: ${axes[1].join(', ')}.`
}

async function changeSpace(): Promise<void> {
  await attempt(async () => {
    map = await askMap(kernels.header.snapshot, selects.space.value)
    showMap()
    update()
  })
}

async function addRange(id: string, isFocused: boolean): Promise<void> {
  if (ranges.has(id)) return
  await attempt(async () => {
    await kernels.load(id)
    ranges.add(id, searchColumns[id] ?? splitId(id)[1])
    if (isFocused) ranges.focusLast()
    update()
  })
}

async function lookForChanges(): Promise<void> {
  if (document.hidden) return
  await attempt(async () => {
    const { hasChanged, kernels: more } = await askChanges()
    const refresh = element('refresh', HTMLButtonElement)
    refresh.hidden = !hasChanged
    refresh.textContent = more > 0 ? `Show ${formatCount(more)} new kernels` : 'Show what is new'
  })
}

/** Errors are shown until something works again. */
async function attempt(work: () => Promise<void>): Promise<void> {
  const trouble = element('trouble', HTMLElement)
  try {
    await work()
    trouble.textContent = ''
  } catch (error) {
    trouble.textContent = error instanceof Error ? error.message : String(error)
  }
}

function clearAll(): void {
  for (const select of [selects.target, selects.outcome, selects.origin, selects.repository]) select.value = ''
  keyField.value = ''
  ranges.clear()
  setBox(undefined)
}

function setBox(next: Box | undefined): void {
  box = next
  plot.setBox(next)
  update()
}

const form = element('filters', HTMLFormElement)
form.addEventListener('input', ({ target }) => {
  if (target !== selects.column) update()
})
form.addEventListener('submit', (event) => event.preventDefault())
element('clear', HTMLButtonElement).addEventListener('click', clearAll)
clearBox.addEventListener('click', () => setBox(undefined))
selects.space.addEventListener('change', () => void changeSpace())
element('add-range', HTMLButtonElement).addEventListener('click', () => void addRange(selects.column.value, true))
element('close', HTMLButtonElement).addEventListener('click', close)
details.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') close()
})
element('refresh', HTMLButtonElement).addEventListener('click', () => {
  element('refresh', HTMLButtonElement).hidden = true
  void attempt(load)
})

await attempt(load)
afterPaint(() => {
  performance.mark('first-view')
  element('explorer', HTMLElement).removeAttribute('aria-busy')
  if (kernels !== undefined) void showFirstFeatures()
})
setInterval(() => void lookForChanges(), changesEveryMs)

async function showFirstFeatures(): Promise<void> {
  const space = kernels.header.spaces.find(({ id }) => id === map.header.space)
  for (const name of space?.names.slice(0, firstFeatures) ?? []) await addRange(`${space?.id}/${name}`, false)
}
