// Pictures as PNG, for slides and papers: resvg, which knows neither CSS variables nor themes, so the light colours are
// written in. Letters come from the fonts of the machine: other machines, other bytes; without fonts, no letters.

import { renderAsync } from '@resvg/resvg-js'

/** Widest first in use: those that Linux, Windows and macOS have. */
const sans = "'DejaVu Sans', 'Liberation Sans', 'Noto Sans', Arial, Helvetica, sans-serif"
const mono = "'DejaVu Sans Mono', 'Liberation Mono', 'Noto Sans Mono', Menlo, Consolas, monospace"

const zoom = 1.5

/**
 * @param svg - as `draw` gives it
 * @param palette - CSS whose first block defines the colours
 * @returns PNG, half as many pixels again as the picture is large
 */
export async function toPng(svg: string, palette: string): Promise<Uint8Array> {
  const image = await renderAsync(withColours(withFonts(svg), palette), {
    ...{ background: colourOf(palette, 'paper'), fitTo: { mode: 'zoom', value: zoom } },
    font: { loadSystemFonts: true },
  })
  return image.asPng()
}

function withFonts(svg: string): string {
  return svg.replaceAll('ui-monospace, monospace', mono).replaceAll('system-ui, sans-serif', sans)
}

function withColours(svg: string, palette: string): string {
  return svg.replace(/var\(--([\w-]+)\)/g, (whole, name: string) => colourOf(palette, name) ?? whole)
}

function colourOf(palette: string, name: string): string | undefined {
  return new RegExp(`--${name}:\\s*(#[0-9a-f]+)`).exec(palette)?.[1]
}
