// Kernels as dots, by the pixel: they lie so densely that each pixel says how many there are. Drawing them one by one
// would take ten times as long.

import type { Place } from './plot-geometry.ts'

/** Where dots are drawn. */
export interface Paper {
  /** In pixels of the device. */
  readonly width: number
  readonly height: number
  /** Pixels of the device to a CSS pixel. */
  readonly scale: number
}

/** Few kernels get dots that are easily seen, many get ones that leave room for each other. */
export function dotSize(kernels: number, { scale }: Paper): number {
  return Math.round((kernels < 1_000 ? 6 : kernels < 10_000 ? 4 : 2) * scale)
}

/**
 * For each row the pixel at the upper left of its dot; -1 where it has no place or is not wholly on the paper.
 * @param project - to CSS pixels
 */
export function placeDots(
  x: Float32Array,
  y: Float32Array,
  project: (x: number, y: number) => Place,
  { width, height, scale }: Paper,
  size: number,
): Int32Array {
  const places = new Int32Array(x.length).fill(-1)
  for (let row = 0; row < x.length; row++) {
    if (Number.isNaN(x[row])) continue
    const [left, top] = project(x[row], y[row])
    const [u, v] = [Math.round(left * scale - size / 2), Math.round(top * scale - size / 2)]
    if (u >= 0 && v >= 0 && u + size <= width && v + size <= height) places[row] = v * width + u
  }
  return places
}

/**
 * Dots of rows that are shown, over those of the others.
 * @param pixels - of an image, little-endian RGBA; changed
 * @param isShown - `[row]`, 1 or 0
 * @param pale - `#rrggbb`, of the others
 */
export function paintDots(
  pixels: Uint32Array,
  { width, height }: Paper,
  places: Int32Array,
  isShown: Uint8Array,
  size: number,
  { pale, dark }: { readonly pale: string; readonly dark: string },
): void {
  const counts = [new Uint32Array(width * height), new Uint32Array(width * height)]
  for (let row = 0; row < places.length; row++) {
    if (places[row] < 0) continue
    const layer = counts[isShown[row]]
    for (let v = 0; v < size; v++) for (let u = 0; u < size; u++) layer[places[row] + v * width + u]++
  }
  const [under, over] = [shades(pale, 0.16, 0.5), shades(dark, 0.55, 1)]
  for (let i = 0; i < pixels.length; i++) {
    if (counts[1][i] > 0) pixels[i] = over[Math.min(counts[1][i], over.length - 1)]
    else if (counts[0][i] > 0) pixels[i] = under[Math.min(counts[0][i], under.length - 1)]
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
