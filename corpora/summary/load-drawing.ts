// Drawing for other folders. Loaded when it is asked for, as few processes draw and the library is large.

type Drawing = Pick<typeof import('./drawing.ts'), 'axis' | 'draw' | 'palette' | 'standalone'>

/** What pictures of this project are drawn with. */
export async function loadDrawing(): Promise<Drawing> {
  return await import('./drawing.ts')
}
