// Numbers of a report as people read them.

import type { Interval } from './proportion.ts'

/** `54.2 %`; `–` of nothing. */
export function percent(share: number | null): string {
  return share === null || Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`
}

/** `44.1 to 63.9 %` */
export function percentRange(interval: Interval | null): string {
  if (interval === null) return '–'
  const [low, high] = interval.map((end) => (100 * end).toFixed(1))
  return `${low} to ${high} %`
}

/** `0.123`, with a true minus sign. */
export function decimals(value: number | null, digits = 3): string {
  if (value === null || !Number.isFinite(value)) return '–'
  return value
    .toFixed(digits)
    .replace(/^-(?=.*[1-9])/, '−')
    .replace(/^-/, '')
}

/** `−0.05 to 0.12` */
export function range(interval: Interval | null, digits = 3): string {
  return interval === null ? '–' : interval.map((end) => decimals(end, digits)).join(' to ')
}

/** `0.034`, `< 0.001` */
export function probability(p: number | null): string {
  if (p === null || Number.isNaN(p)) return '–'
  return p < 0.001 ? '< 0.001' : p.toFixed(3)
}

/** `12.3 s` */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
