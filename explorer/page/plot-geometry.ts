// From a feature space in two dimensions to a canvas, and what selections do on it.

import type { TargetPlace } from './messages.ts'
import type { Box } from './rows.ts'

/** A place on the map, or on the canvas in CSS pixels. */
export type Place = readonly [x: number, y: number]

/** What is on the map. */
export interface PlotData {
  /** `[row]`; NaN where a kernel has no place. */
  readonly x: Float32Array
  readonly y: Float32Array
  readonly targets: readonly TargetPlace[]
}

const marginPx = 12

/**
 * From the map to the canvas.
 * @param width - of the canvas, in CSS pixels
 */
export function toPixels(
  { left, right, bottom, top }: Box,
  width: number,
  height: number,
): (x: number, y: number) => Place {
  const scaleX = (width - 2 * marginPx) / (right - left)
  const scaleY = (height - 2 * marginPx) / (top - bottom)
  return (x, y) => [marginPx + (x - left) * scaleX, marginPx + (top - y) * scaleY]
}

/** Inverse of `toPixels`. */
export function fromPixels(
  { left, right, bottom, top }: Box,
  width: number,
  height: number,
): (u: number, v: number) => Place {
  const scaleX = (right - left) / (width - 2 * marginPx)
  const scaleY = (top - bottom) / (height - 2 * marginPx)
  return (u, v) => [left + (u - marginPx) * scaleX, top - (v - marginPx) * scaleY]
}

/** The box that two places are corners of. */
export function boxBetween(a: Place, b: Place): Box {
  return {
    ...{ left: Math.min(a[0], b[0]), right: Math.max(a[0], b[0]) },
    ...{ bottom: Math.min(a[1], b[1]), top: Math.max(a[1], b[1]) },
  }
}

/** Moved by an arrow key, or with its right or upper edge moved. */
export function stepped(box: Box, key: string, isResized: boolean, stepX: number, stepY: number): Box {
  const x = key === 'ArrowRight' ? stepX : key === 'ArrowLeft' ? -stepX : 0
  const y = key === 'ArrowUp' ? stepY : key === 'ArrowDown' ? -stepY : 0
  if (!isResized) return { left: box.left + x, right: box.right + x, bottom: box.bottom + y, top: box.top + y }
  if (x !== 0) return { ...box, right: Math.max(box.left + stepX, box.right + x) }
  return { ...box, top: Math.max(box.bottom + stepY, box.top + y) }
}

/** What holds all kernels and targets, and a little more. */
export function boundsOf({ x, y, targets }: PlotData): Box {
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
