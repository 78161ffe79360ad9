// What reading a file found, as data: a line each, and how bad it is.

/** `error`: the row is left out; `warning`: it is kept, but look at it; `note`: worth knowing. */
export type Severity = 'error' | 'warning' | 'note'

/**
 * `columns` of the header, `type` and `range` of a value, `name` of the benchmark, `derived` a feature that is not what
 * its parts give, `rounded` one that is nearly, `label` against the times, `close` times, `duplicate` rows, `conflict`
 * of labels at equal features.
 */
export type FindingCode =
  | 'columns'
  | 'type'
  | 'range'
  | 'name'
  | 'derived'
  | 'rounded'
  | 'label'
  | 'close'
  | 'duplicate'
  | 'conflict'

export interface Finding {
  /** Of the file, from 1; null for what concerns all of it. */
  readonly line: number | null
  readonly severity: Severity
  readonly code: FindingCode
  readonly message: string
}
