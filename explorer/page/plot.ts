// The map: kernels as dots on a canvas, those that are shown in the table dark over the others, targets as crosses, the
// open kernel in a ring. Dragging selects a rectangle, and so do the keys.

import { element } from './dom.ts'
import type { TargetPlace } from './messages.ts'
import type { Box } from './rows.ts'

/** What is on the map. */
export interface PlotData {
  /** `[row]`; NaN where a kernel has no place. */
  readonly x: Float32Array
  readonly y: Float32Array
  readonly targets: readonly TargetPlace[]
}

/** What the map tells of what is done on it. */
export interface PlotEvents {
  onBox(box: Box | undefined): void
  onOpen(row: number): void
}

type Place = readonly [x: number, y: number]

const marginPx = 12
/** A drag shorter than this is a click. */
const clickPx = 4
/** How near to a dot a click must be. */
const reachPx = 14
/** Of the map, how far a key moves the selection. */
const keyStep = 0.04

export class Plot {
  readonly #canvas = element('plot', HTMLCanvasElement)
  readonly #context: CanvasRenderingContext2D
  readonly #events: PlotEvents
  #data: PlotData = { x: new Float32Array(), y: new Float32Array(), targets: [] }
  /** 1 for rows that are shown in the table. */
  #isShown: Uint8Array = new Uint8Array()
  /** `[row]`: the pixel of its dot on a canvas of this size; -1 for none. */
  #pixels: { readonly width: number; readonly height: number; readonly places: Int32Array } | undefined
  #target: number | undefined
  #openRow: number | undefined
  #bounds: Box = { left: 0, right: 1, bottom: 0, top: 1 }
  #box: Box | undefined
  #dragStart: Place | undefined
  #isWaiting = false

  constructor(events: PlotEvents) {
    const context = this.#canvas.getContext('2d')
    if (context === null) throw new Error('this browser has no canvas')
    this.#context = context
    this.#events = events
    new ResizeObserver(() => this.#redraw()).observe(this.#canvas)
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#redraw())
    this.#canvas.addEventListener('pointerdown', (event) => this.#onDown(event))
    this.#canvas.addEventListener('pointermove', (event) => this.#onMove(event))
    this.#canvas.addEventListener('pointerup', (event) => this.#onUp(event))
    this.#canvas.addEventListener('pointercancel', () => {
      this.#dragStart = undefined
    })
    this.#canvas.addEventListener('keydown', (event) => this.#onKey(event))
  }

  /** Other kernels or another space: the selection goes. */
  setData(data: PlotData): void {
    this.#data = data
    this.#bounds = boundsOf(data)
    this.#pixels = undefined
    this.#box = undefined
    this.#redraw()
  }

  /**
   * @param rows - those in the table
   * @param target - the one that is looked at
   */
  show(rows: Uint32Array, target: number | undefined): void {
    this.#isShown = new Uint8Array(this.#data.x.length)
    for (const row of rows) this.#isShown[row] = 1
    this.#target = target
    this.#redraw()
  }

  setOpen(row: number | undefined): void {
    this.#openRow = row
    this.#redraw()
  }

  setBox(box: Box | undefined): void {
    this.#box = box
    this.#redraw()
  }

  #redraw(): void {
    if (this.#isWaiting) return
    this.#isWaiting = true
    requestAnimationFrame(() => {
      this.#isWaiting = false
      this.#draw()
    })
  }

  #draw(): void {
    const { clientWidth, clientHeight } = this.#canvas
    if (clientWidth === 0) return
    const scale = devicePixelRatio
    const [width, height] = [Math.round(clientWidth * scale), Math.round(clientHeight * scale)]
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width
      this.#canvas.height = height
    }
    const style = getComputedStyle(this.#canvas)
    const colour = (name: string): string => style.getPropertyValue(name)
    this.#context.setTransform(1, 0, 0, 1, 0, 0)
    this.#context.clearRect(0, 0, width, height)
    this.#context.putImageData(this.#dots(width, height, scale, colour('--edge'), colour('--accent')), 0, 0)
    this.#context.setTransform(scale, 0, 0, scale, 0, 0)
    this.#drawMarks(colour('--ink'), colour('--card'))
    if (this.#box !== undefined) this.#drawBox(this.#box, colour('--ink'))
  }

  /** Dots lie so densely that each pixel says how many there are; drawing them one by one would take ten times as long. */
  #dots(width: number, height: number, scale: number, pale: string, dark: string): ImageData {
    const image = this.#context.createImageData(width, height)
    const pixels = new Uint32Array(image.data.buffer)
    const size = Math.round(dotPx(this.#data.x.length) * scale)
    const counts = [new Uint32Array(width * height), new Uint32Array(width * height)]
    const places = this.#placesOn(width, height, size, scale)
    for (let row = 0; row < places.length; row++) {
      if (places[row] < 0) continue
      const layer = counts[this.#isShown[row]]
      for (let v = 0; v < size; v++) for (let u = 0; u < size; u++) layer[places[row] + v * width + u]++
    }
    const [under, over] = [shades(pale, 0.16, 0.5), shades(dark, 0.55, 1)]
    for (let i = 0; i < pixels.length; i++) {
      if (counts[1][i] > 0) pixels[i] = over[Math.min(counts[1][i], over.length - 1)]
      else if (counts[0][i] > 0) pixels[i] = under[Math.min(counts[0][i], under.length - 1)]
    }
    return image
  }

  /** Pixels at the upper left of dots; all of a dot is on the canvas. They change with the size alone. */
  #placesOn(width: number, height: number, size: number, scale: number): Int32Array {
    if (this.#pixels?.width === width && this.#pixels.height === height) return this.#pixels.places
    const { x, y } = this.#data
    const toPixels = this.#projection()
    const places = new Int32Array(x.length).fill(-1)
    for (let row = 0; row < x.length; row++) {
      if (Number.isNaN(x[row])) continue
      const [left, top] = toPixels(x[row], y[row])
      const [u, v] = [Math.round(left * scale - size / 2), Math.round(top * scale - size / 2)]
      if (u >= 0 && v >= 0 && u + size <= width && v + size <= height) places[row] = v * width + u
    }
    this.#pixels = { width, height, places }
    return places
  }

  #drawMarks(ink: string, halo: string): void {
    const stroke = (path: Path2D, width: number): void => {
      this.#context.lineWidth = width + 3
      this.#context.strokeStyle = halo
      this.#context.stroke(path)
      this.#context.lineWidth = width
      this.#context.strokeStyle = ink
      this.#context.stroke(path)
    }
    const toPixels = this.#projection()
    for (const { x, y, target } of this.#data.targets) {
      const isChosen = target === this.#target
      const [left, top] = toPixels(x, y)
      const arm = isChosen ? 11 : 4
      const path = new Path2D(`M${left - arm} ${top}H${left + arm}M${left} ${top - arm}V${top + arm}`)
      stroke(path, isChosen ? 3 : 1.5)
    }
    const { x, y } = this.#data
    if (this.#openRow === undefined || !(this.#openRow < x.length) || Number.isNaN(x[this.#openRow])) return
    const [left, top] = toPixels(x[this.#openRow], y[this.#openRow])
    const ring = new Path2D()
    ring.arc(left, top, 8, 0, 2 * Math.PI)
    stroke(ring, 2.5)
  }

  #drawBox(box: Box, ink: string): void {
    const toPixels = this.#projection()
    const [left, top] = toPixels(box.left, box.top)
    const [right, bottom] = toPixels(box.right, box.bottom)
    this.#context.strokeStyle = ink
    this.#context.lineWidth = 1.5
    this.#context.setLineDash([5, 3])
    this.#context.strokeRect(left, top, right - left, bottom - top)
    this.#context.setLineDash([])
  }

  /** From the map to the canvas, in CSS pixels, as large as it is now. */
  #projection(): (x: number, y: number) => Place {
    const { left, right, bottom, top } = this.#bounds
    // Asking for sizes may lay out the page: once, not for each dot.
    const [width, height] = [this.#canvas.clientWidth - 2 * marginPx, this.#canvas.clientHeight - 2 * marginPx]
    const [scaleX, scaleY] = [width / (right - left), height / (top - bottom)]
    return (x, y) => [marginPx + (x - left) * scaleX, marginPx + (top - y) * scaleY]
  }

  #toPlace(u: number, v: number): Place {
    const { left, right, bottom, top } = this.#bounds
    const [width, height] = [this.#canvas.clientWidth - 2 * marginPx, this.#canvas.clientHeight - 2 * marginPx]
    return [left + ((u - marginPx) / width) * (right - left), top - ((v - marginPx) / height) * (top - bottom)]
  }

  #change(box: Box | undefined): void {
    this.#box = box
    this.#redraw()
    this.#events.onBox(box)
  }

  #onDown(event: PointerEvent): void {
    if (event.button !== 0) return
    this.#canvas.setPointerCapture(event.pointerId)
    this.#dragStart = [event.offsetX, event.offsetY]
  }

  #onMove({ offsetX, offsetY }: PointerEvent): void {
    if (this.#dragStart === undefined || this.#isClick(offsetX, offsetY)) return
    const [a, b] = [this.#toPlace(...this.#dragStart), this.#toPlace(offsetX, offsetY)]
    this.#change({
      left: Math.min(a[0], b[0]),
      right: Math.max(a[0], b[0]),
      bottom: Math.min(a[1], b[1]),
      top: Math.max(a[1], b[1]),
    })
  }

  #onUp({ offsetX, offsetY }: PointerEvent): void {
    if (this.#dragStart !== undefined && this.#isClick(offsetX, offsetY)) {
      const row = this.#nearest(offsetX, offsetY)
      if (row !== undefined) this.#events.onOpen(row)
    }
    this.#dragStart = undefined
  }

  #isClick(u: number, v: number): boolean {
    return this.#dragStart !== undefined && Math.hypot(u - this.#dragStart[0], v - this.#dragStart[1]) < clickPx
  }

  /** The dot under the pointer, of those that are shown. */
  #nearest(u: number, v: number): number | undefined {
    const { x, y } = this.#data
    const toPixels = this.#projection()
    let [best, least] = [-1, reachPx]
    for (let row = 0; row < x.length; row++) {
      if (this.#isShown[row] === 0 || Number.isNaN(x[row])) continue
      const [left, top] = toPixels(x[row], y[row])
      const distance = Math.hypot(left - u, top - v)
      if (distance < least) [best, least] = [row, distance]
    }
    return best < 0 ? undefined : best
  }

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const { left, right, bottom, top } = this.#bounds
    const [width, height] = [right - left, top - bottom]
    if (event.key === 'Escape') this.#change(undefined)
    else if (event.key === 'Enter' || event.key === ' ') {
      const [u, v] = [left + width / 2, bottom + height / 2]
      this.#change({ left: u - width / 4, right: u + width / 4, bottom: v - height / 4, top: v + height / 4 })
    } else if (this.#box !== undefined && event.key.startsWith('Arrow')) {
      this.#change(stepped(this.#box, event.key, event.shiftKey, width * keyStep, height * keyStep))
    } else return
    event.preventDefault()
  }
}

/** Few kernels get dots that are easily seen, many get ones that leave room for each other. */
function dotPx(kernels: number): number {
  return kernels < 1_000 ? 6 : kernels < 10_000 ? 4 : 2
}

/** Moved, or with its right or upper edge moved. */
function stepped(box: Box, key: string, isResized: boolean, stepX: number, stepY: number): Box {
  const x = key === 'ArrowRight' ? stepX : key === 'ArrowLeft' ? -stepX : 0
  const y = key === 'ArrowUp' ? stepY : key === 'ArrowDown' ? -stepY : 0
  if (!isResized) return { left: box.left + x, right: box.right + x, bottom: box.bottom + y, top: box.top + y }
  return { ...box, right: Math.max(box.left + stepX, box.right + x), top: Math.max(box.bottom + stepY, box.top + y) }
}

function boundsOf({ x, y, targets }: PlotData): Box {
  const bounds = { left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity }
  const include = (u: number, v: number): void => {
    if (Number.isNaN(u) || Number.isNaN(v)) return
    bounds.left = Math.min(bounds.left, u)
    bounds.right = Math.max(bounds.right, u)
    bounds.bottom = Math.min(bounds.bottom, v)
    bounds.top = Math.max(bounds.top, v)
  }
  for (let row = 0; row < x.length; row++) include(x[row], y[row])
  for (const target of targets) include(target.x, target.y)
  if (!(bounds.left <= bounds.right)) return { left: 0, right: 1, bottom: 0, top: 1 }
  const [padX, padY] = [bounds.right - bounds.left || 1, bounds.top - bounds.bottom || 1].map((size) => size * 0.01)
  return {
    ...{ left: bounds.left - padX, right: bounds.right + padX },
    ...{ bottom: bounds.bottom - padY, top: bounds.top + padY },
  }
}

/** Pixels by how many dots lie there: denser is more opaque. `[count]`, little-endian RGBA. */
function shades(colour: string, least: number, most: number): Uint32Array {
  const [red, green, blue] = [1, 3, 5].map((i) => Number.parseInt(colour.trim().slice(i, i + 2), 16))
  return Uint32Array.from({ length: 64 }, (_, count) => {
    const alpha = Math.min(most, least + (most - least) * (Math.log2(Math.max(1, count)) / 4))
    return ((Math.round(alpha * 255) << 24) | (blue << 16) | (green << 8) | red) >>> 0
  })
}
