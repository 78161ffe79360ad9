// Drawing for other folders, loaded where something is drawn: every process of a search loads corpora/, and none draws.

export type Drawing = typeof import('./drawing.ts')

export function loadDrawing(): Promise<Drawing> {
  return import('./drawing.ts')
}
