// Numbers and names as people read them.

/** What no document can hold (control characters, halves of characters) becomes a replacement mark. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd')
}

/** The start and the end of a long name, which tell it from others. */
export function shorten(text: string, most: number): string {
  const characters = [...printable(text)]
  if (characters.length <= most) return characters.join('')
  const head = Math.ceil((most - 1) / 2)
  return [...characters.slice(0, head), '…', ...characters.slice(head + 1 - most)].join('')
}

/** 12345 → `12,345`; small numbers with three digits. */
export function count(value: number): string {
  const digits = Number.isInteger(value) ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 }
  return value.toLocaleString('en-US', value >= 1000 ? { maximumFractionDigits: 0 } : digits)
}

/** Of 100; 100 only where it is exactly that. */
export function percent(value: number): string {
  return value === 100 ? '100' : Math.min(99.99, value).toFixed(2)
}

/** `2026-01-31 23:59 UTC` */
export function moment(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** `0.4 s`, `59 s`, `4.0 min`, `2.5 h` */
export function span(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  return seconds < 7200 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(1)} h`
}
