// Names as pictures have room for.

/** `bfs/BFS_1` of `rodinia/bfs/BFS_1`, cut in the middle where it is long. */
export function suiteLess(target: string): string {
  const name = target.slice(target.indexOf('/') + 1)
  return name.length <= 34 ? name : `${name.slice(0, 17)}…${name.slice(-16)}`
}
