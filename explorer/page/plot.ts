// The map: kernels as dots on a canvas, those that are shown in the table dark over the others, targets as crosses, the
// open kernel in a ring. Dragging selects a rectangle, and so do the keys.

import { element } from './dom.ts'
import { dotSize, type Paper, paintDots, placeDots } from './dots.ts'
import { boundsOf, boxBetween, fromPixels, type Place, type PlotData, stepped, toPixels } from './plot-geometry.ts'
import type { Box } from './rows.ts'

/** What the map tells of what is done on it. */
export interface PlotEvents {
  onBox(box: Box | undefined): void
  onOpen(row: number): void
}

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
  /** Of dots, on a canvas of this size. */
  #dotPlaces: (Paper & { readonly places: Int32Array }) | undefined
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
    this.#dotPlaces = undefined
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
    this.#context.putImageData(this.#dots({ width, height, scale }, colour('--edge'), colour('--accent')), 0, 0)
    this.#context.setTransform(scale, 0, 0, scale, 0, 0)
    this.#drawMarks(colour('--ink'), colour('--card'))
    if (this.#box !== undefined) this.#drawBox(this.#box, colour('--ink'))
  }

  #dots(paper: Paper, pale: string, dark: string): ImageData {
    const { x, y } = this.#data
    const size = dotSize(x.length, paper)
    const isKnown = this.#dotPlaces?.width === paper.width && this.#dotPlaces.height === paper.height
    const places = isKnown ? this.#dotPlaces?.places : undefined
    const placed = places ?? placeDots(x, y, this.#toPixels(), paper, size)
    this.#dotPlaces = { ...paper, places: placed }
    const image = this.#context.createImageData(paper.width, paper.height)
    paintDots(new Uint32Array(image.data.buffer), paper, placed, this.#isShown, size, { pale, dark })
    return image
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
    const project = this.#toPixels()
    for (const { x, y, target } of this.#data.targets) {
      const isChosen = target === this.#target
      const [left, top] = project(x, y)
      const arm = isChosen ? 11 : 4
      const path = new Path2D(`M${left - arm} ${top}H${left + arm}M${left} ${top - arm}V${top + arm}`)
      stroke(path, isChosen ? 3 : 1.5)
    }
    const { x, y } = this.#data
    if (this.#openRow === undefined || !(this.#openRow < x.length) || Number.isNaN(x[this.#openRow])) return
    const [left, top] = project(x[this.#openRow], y[this.#openRow])
    const ring = new Path2D()
    ring.arc(left, top, 8, 0, 2 * Math.PI)
    stroke(ring, 2.5)
  }

  #drawBox(box: Box, ink: string): void {
    const project = this.#toPixels()
    const [left, top] = project(box.left, box.top)
    const [right, bottom] = project(box.right, box.bottom)
    this.#context.strokeStyle = ink
    this.#context.lineWidth = 1.5
    this.#context.setLineDash([5, 3])
    this.#context.strokeRect(left, top, right - left, bottom - top)
    this.#context.setLineDash([])
  }

  /** Asks the canvas for its size, which may lay out the page: once for all dots. */
  #toPixels(): (x: number, y: number) => Place {
    return toPixels(this.#bounds, this.#canvas.clientWidth, this.#canvas.clientHeight)
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
    const toPlace = fromPixels(this.#bounds, this.#canvas.clientWidth, this.#canvas.clientHeight)
    this.#change(boxBetween(toPlace(...this.#dragStart), toPlace(offsetX, offsetY)))
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
    const project = this.#toPixels()
    let [best, least] = [-1, reachPx]
    for (let row = 0; row < x.length; row++) {
      if (this.#isShown[row] === 0 || Number.isNaN(x[row])) continue
      const [left, top] = project(x[row], y[row])
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
