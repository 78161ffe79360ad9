// Names as pictures have room for.

/** `bfs/BFS_1` of `rodinia/bfs/BFS_1`, cut in the middle where it is long. */
export function suiteLess(target: string): string {
  return cut(target.slice(target.indexOf('/') + 1), 34)
}

/** The start and the end of a long name. */
export function cut(name: string, most: number): string {
  const half = Math.floor((most - 1) / 2)
  return name.length <= most ? name : `${name.slice(0, most - 1 - half)}…${name.slice(-half)}`
}
