// Numbers as people read them.

/** 12345 → `12,345`. */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US')
}

/** At most three decimals; empty for what is not there. */
export function formatNumber(value: number | null): string {
  if (value === null || Number.isNaN(value)) return ''
  return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(3)))
}

/** A time with its unit; empty for what is not there. */
export function formatNs(ns: number): string {
  if (Number.isNaN(ns)) return ''
  const units = [
    [1e9, 's'],
    [1e6, 'ms'],
    [1e3, 'µs'],
  ] as const
  const [size, unit] = units.find(([size]) => ns >= size) ?? [1, 'ns']
  return `${Number((ns / size).toPrecision(4))} ${unit}`
}
