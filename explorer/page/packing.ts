// Columns as bytes: the length of a JSON header as four bytes little endian, the header, then the columns one after
// another, each from a multiple of 8 on. The header says what lies where. Used by server and page.

/** A column of numbers. */
export type Column = Uint8Array | Uint16Array | Uint32Array | Float32Array

interface Place {
  readonly type: keyof typeof constructors
  /** From the first byte after the header. */
  readonly offset: number
  readonly length: number
}

const constructors = { Uint8Array, Uint16Array, Uint32Array, Float32Array }

/** @param header - what JSON can hold */
export function pack<H extends object>(header: H, columns: Readonly<Record<string, Column>>): Uint8Array {
  const places: Record<string, Place> = {}
  let end = 0
  for (const [name, column] of Object.entries(columns)) {
    places[name] = { type: typeOf(column), offset: end, length: column.length }
    end = align(end + column.byteLength)
  }
  const text = new TextEncoder().encode(JSON.stringify({ header, places }))
  const start = align(4 + text.length)
  const bytes = new Uint8Array(start + end)
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, 4)
  for (const [name, column] of Object.entries(columns)) {
    const part = new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
    bytes.set(part, start + places[name].offset)
  }
  return bytes
}

/** Inverse of `pack`; columns are views of `buffer`. */
export function unpack<H, C>(buffer: ArrayBuffer): { readonly header: H; readonly columns: C } {
  const length = new DataView(buffer).getUint32(0, true)
  const { header, places } = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length))) as {
    header: H
    places: Record<string, Place>
  }
  const start = align(4 + length)
  const columns = Object.fromEntries(
    Object.entries(places).map(([name, { type, offset, length }]) => [
      name,
      new constructors[type](buffer, start + offset, length),
    ]),
  )
  return { header, columns: columns as C }
}

function typeOf(column: Column): Place['type'] {
  if (column instanceof Uint8Array) return 'Uint8Array'
  if (column instanceof Uint16Array) return 'Uint16Array'
  return column instanceof Uint32Array ? 'Uint32Array' : 'Float32Array'
}

function align(offset: number): number {
  return (offset + 7) & ~7
}
