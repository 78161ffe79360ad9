// Plain text tables for people: columns two spaces apart, numbers to the right.

const number = /^[-+]?\d[\d,.]*%?$/

/** @returns the lines: a header, then one a row */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)))
  const isNumeric = header.map((_, i) => rows.length > 0 && rows.every((row) => row[i] === '' || number.test(row[i])))
  const format = (row: readonly string[]): string =>
    row
      .map((cell, i) => (isNumeric[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join('  ')
      .trimEnd()
  return [header, ...rows].map(format)
}
