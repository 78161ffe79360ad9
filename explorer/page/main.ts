// The explorer's page: filters, map, table and details over one snapshot of a store. All kernels are here as columns, so
// that filtering and sorting ask nobody; features and details are asked for when they are wanted.

import { askChanges, askDetails, askKernels, askMap, askSpaces, askTimes, noAnswer } from './ask.ts'
import { writeDetails } from './details.ts'
import { afterPaint, element } from './dom.ts'
import { Fields } from './fields.ts'
import { formatCount } from './format.ts'
import { Kernels, searchColumns } from './kernels.ts'
import type { SpaceFacts } from './messages.ts'
import { Plot } from './plot.ts'
import { type Box, filterRows, keyOf } from './rows.ts'
import { describeCount, KernelGrid, type Sorting } from './table.ts'

const changesEveryMs = 5_000
/** Features that have a column to begin with, the first of the map's space. */
const firstFeatures = 3

const clearBox = element('clear-box', HTMLButtonElement)
const refresh = element('refresh', HTMLButtonElement)
const details = element('details', HTMLElement)
const trouble = element('trouble', HTMLElement)

let kernels: Kernels | undefined
let sorting: Sorting = { column: 'proximity', isDescending: true }
let box: Box | undefined
let openRow: number | undefined

const fields = new Fields({
  onChange: update,
  onClear: () => setBox(undefined),
  onSpace: (space) => void attempt(() => changeSpace(space)),
  onAdd: (column) => void attempt(() => addColumns([column], true)),
})
const grid = new KernelGrid({ onSort: sortBy, onOpen: (row) => void attempt(() => open(row)) })
const plot = new Plot({
  onBox(changed) {
    box = changed
    update()
  },
  onOpen: (row) => void attempt(() => open(row)),
})

/** Filter, sort and show what the fields say. */
function update(): void {
  if (kernels === undefined) return
  const startMs = performance.now()
  kernels.choose(fields.target, fields.timedAt)
  const order = kernels.order(sorting.column, sorting.isDescending)
  const columns = { ...kernels.columns, ...kernels.map.columns }
  const rows = filterRows(order, columns, kernels.nearest, { ...fields.criteria(kernels), box })
  grid.show(kernels.tableColumns(fields.columns), rows, sorting)
  plot.show(rows, fields.target)
  element('count', HTMLElement).textContent = describeCount(rows.length, kernels.header.kernels)
  clearBox.disabled = box === undefined
  // Read by `benchsteer bench explorer`.
  afterPaint(() => performance.measure('update', { start: startMs }))
}

function sortBy(column: string): void {
  const isSame = sorting.column === column
  sorting = { column, isDescending: isSame ? !sorting.isDescending : isLargestFirst(column) }
  update()
}

/** Of numbers the large ones are wanted first, but for distances. */
function isLargestFirst(column: string): boolean {
  return column !== 'distance' && (column in searchColumns || column.includes('/'))
}

async function open(row: number): Promise<void> {
  if (kernels === undefined) return
  const key = keyOf(kernels.columns.keys, row)
  const found = await askDetails(key)
  openRow = row
  grid.markOpen(row)
  plot.setOpen(row)
  const title = element('details-title', HTMLElement)
  title.textContent = `Kernel ${key.slice(0, 8)}`
  element('details-body', HTMLElement).replaceChildren(...writeDetails(found))
  details.hidden = false
  details.scrollTop = 0
  title.focus()
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
  const { header, columns } = await askKernels(kernels?.map.header.space ?? '')
  const fresh = new Kernels(header, columns)
  await Promise.all(fields.columns.map((id) => fresh.load(id)))
  kernels = fresh
  element('store', HTMLElement).textContent = header.store
  document.title = `${header.store} – benchsteer explorer`
  if (header.targets.length === 0 && sorting.column === 'proximity') sorting = { column: 'tokens', isDescending: true }
  fields.fill(fresh)
  showMap(fresh)
  // Rows of another snapshot are other kernels.
  if (openRow !== undefined) close()
  update()
}

/** What the first view need not wait for. */
async function loadRest(): Promise<void> {
  if (kernels === undefined) return
  const shown = kernels
  const { header, map } = shown
  const [spaces, times] = await Promise.all([askSpaces(header.snapshot), askTimes(header.snapshot)])
  fields.fillSpaces(spaces, map.header.space)
  shown.setTimes(times.header.timedAt, times.columns)
  fields.fillTimes(shown)
  const wanted = fields.columns.length === 0 ? firstColumns(spaces, map.header.space) : []
  await addColumns(wanted, false)
}

function firstColumns(spaces: readonly SpaceFacts[], space: string): string[] {
  const names = spaces.find(({ id }) => id === space)?.names ?? []
  return names.slice(0, firstFeatures).map((name) => `${space}/${name}`)
}

/** The selection is of the map that was there before, and goes. */
function showMap({ map: { header, columns } }: Kernels): void {
  const { shares, axes, targets } = header
  box = undefined
  plot.setData({ x: columns.x, y: columns.y, targets })
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`
  element('map-text', HTMLElement).textContent =
    shares === null
      ? 'The kernels do not differ in this space, or are not measured in it.'
      : `Principal components of log-scaled features. Across, ${percent(shares[0])} of the variance: ${axes[0].join(', ')}. ` +
        `Up, ${percent(shares[1])}: ${axes[1].join(', ')}.`
}

async function changeSpace(space: string): Promise<void> {
  if (kernels === undefined) return
  const shown = kernels
  shown.map = await askMap(shown.header.snapshot, space)
  showMap(shown)
  update()
}

async function addColumns(columns: readonly string[], isFocused: boolean): Promise<void> {
  const shown = kernels
  if (shown === undefined) return
  await Promise.all(columns.map((column) => shown.load(column)))
  for (const column of columns) fields.addRange(column, isFocused)
  update()
}

function setBox(next: Box | undefined): void {
  box = next
  plot.setBox(next)
  update()
}

/** The store has grown, or another page has had it read anew. */
async function lookForChanges(): Promise<void> {
  if (document.hidden) return
  try {
    const { snapshot, hasChanged, kernels: more } = await askChanges()
    if (trouble.textContent === noAnswer) trouble.textContent = ''
    refresh.hidden = !hasChanged && snapshot === kernels?.header.snapshot
    refresh.textContent = more > 0 ? `Show ${formatCount(more)} new kernels` : 'Show what is new'
  } catch (error) {
    complain(error)
  }
}

/** Errors are shown until something else is done with success. */
async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work()
    trouble.textContent = ''
  } catch (error) {
    complain(error)
  }
}

function complain(error: unknown): void {
  trouble.textContent = error instanceof Error ? error.message : String(error)
}

clearBox.addEventListener('click', () => setBox(undefined))
element('close', HTMLButtonElement).addEventListener('click', close)
details.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') close()
})
refresh.addEventListener('click', () => {
  refresh.hidden = true
  void attempt(async () => {
    await load()
    await loadRest()
  })
})

await attempt(load)
afterPaint(() => {
  performance.mark('first-view')
  void attempt(async () => {
    await loadRest()
    element('explorer', HTMLElement).removeAttribute('aria-busy')
  })
})
setInterval(() => void lookForChanges(), changesEveryMs)
document.addEventListener('visibilitychange', () => void lookForChanges())
