// Interval arithmetic over the numbers that indices are made of. Integers are kept as doubles: beyond 2^53 bounds are
// rounded, which no buffer is large enough to notice.

/** All values from `lo` to `hi`; infinite where nothing is known. */
export interface Interval {
  readonly lo: number
  readonly hi: number
}

export const anything: Interval = { lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY }
export const truth: Interval = { lo: 0, hi: 1 }

export function exactly(value: number): Interval {
  return { lo: value, hi: value }
}

export function isExact({ lo, hi }: Interval): boolean {
  return lo === hi
}

/** The least interval around both. */
export function join(a: Interval, b: Interval): Interval {
  return { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) }
}

/** What lies in both; the nearer end of `a` where nothing does. */
export function meet(a: Interval, b: Interval): Interval {
  const lo = Math.max(a.lo, b.lo)
  const hi = Math.min(a.hi, b.hi)
  if (lo <= hi) return { lo, hi }
  return exactly(a.lo > b.hi ? a.lo : a.hi)
}

export function overlap(a: Interval, b: Interval): boolean {
  return a.lo <= b.hi && b.lo <= a.hi
}

function corners(a: Interval, b: Interval, apply: (x: number, y: number) => number): Interval {
  const values = [apply(a.lo, b.lo), apply(a.lo, b.hi), apply(a.hi, b.lo), apply(a.hi, b.hi)].map((value) =>
    Number.isNaN(value) ? 0 : value,
  )
  return { lo: Math.min(...values), hi: Math.max(...values) }
}

function divide(a: Interval, b: Interval, isInteger: boolean): Interval {
  const quotient = (x: number, y: number): number => (isInteger ? Math.trunc(x / y) : x / y)
  if (b.lo > 0 || b.hi < 0) return corners(a, b, quotient)
  if (!isInteger) return anything
  // Zero is no divisor: the payload sees to that where it can.
  const most = Math.max(Math.abs(a.lo), Math.abs(a.hi))
  return b.lo < 0 ? { lo: -most, hi: most } : corners(a, { lo: 1, hi: Math.max(b.hi, 1) }, quotient)
}

function remainder(a: Interval, b: Interval): Interval {
  const most = Math.max(Math.abs(b.lo), Math.abs(b.hi)) - 1
  if (a.lo >= 0 && a.hi < b.lo) return a
  return { lo: a.lo < 0 ? Math.max(a.lo, -most) : 0, hi: Math.min(Math.max(a.hi, 0), Math.max(most, 0)) }
}

/** The least 2^k - 1 that is not below the value. */
function allOnes(value: number): number {
  return value <= 0 ? 0 : 2 ** Math.floor(Math.log2(value) + 1) - 1
}

function bitAnd(a: Interval, b: Interval): Interval {
  if (isExact(a) && isExact(b) && isSmall(a) && isSmall(b)) return exactly(a.lo & b.lo)
  if (a.lo >= 0 && b.lo >= 0) return { lo: 0, hi: Math.min(a.hi, b.hi) }
  if (b.lo >= 0) return { lo: 0, hi: b.hi }
  if (a.lo >= 0) return { lo: 0, hi: a.hi }
  return { lo: Math.min(a.lo, b.lo) * 2, hi: Math.max(a.hi, b.hi) }
}

function bitOr(a: Interval, b: Interval, isXor: boolean): Interval {
  if (isExact(a) && isExact(b) && isSmall(a) && isSmall(b)) return exactly(isXor ? a.lo ^ b.lo : a.lo | b.lo)
  const most = allOnes(Math.max(Math.abs(a.lo), Math.abs(b.lo), a.hi, b.hi))
  if (a.lo >= 0 && b.lo >= 0) return { lo: isXor ? 0 : Math.max(a.lo, b.lo), hi: most }
  return { lo: -most - 1, hi: most }
}

function isSmall({ lo }: Interval): boolean {
  return Math.abs(lo) < 2 ** 31
}

function shift(a: Interval, b: Interval, isLeft: boolean): Interval {
  const by = { lo: Math.min(Math.max(b.lo, 0), 63), hi: Math.min(Math.max(b.hi, 0), 63) }
  return corners(a, by, (x, y) => (isLeft ? x * 2 ** y : Math.floor(x / 2 ** y)))
}

function compare(a: Interval, b: Interval, operator: string): Interval {
  const decided = ((): boolean | undefined => {
    switch (operator) {
      case '<':
        return a.hi < b.lo ? true : a.lo >= b.hi ? false : undefined
      case '<=':
        return a.hi <= b.lo ? true : a.lo > b.hi ? false : undefined
      case '==':
        return !overlap(a, b) ? false : isExact(a) && isExact(b) ? true : undefined
      default:
        return undefined
    }
  })()
  return decided === undefined ? truth : exactly(Number(decided))
}

/** Not, of a truth value. */
export function negate({ lo, hi }: Interval): Interval {
  if (lo > 0 || hi < 0) return exactly(0)
  return lo === 0 && hi === 0 ? exactly(1) : truth
}

/** `a operator b` for C's binary operators. */
export function applyOperator(operator: string, a: Interval, b: Interval, isInteger: boolean): Interval {
  switch (operator) {
    case '+':
      return { lo: a.lo + b.lo, hi: a.hi + b.hi }
    case '-':
      return { lo: a.lo - b.hi, hi: a.hi - b.lo }
    case '*':
      return corners(a, b, (x, y) => x * y)
    case '/':
      return divide(a, b, isInteger)
    case '%':
      return remainder(a, b)
    case '&':
      return bitAnd(a, b)
    case '|':
      return bitOr(a, b, false)
    case '^':
      return bitOr(a, b, true)
    case '<<':
      return shift(a, b, true)
    case '>>':
      return shift(a, b, false)
    case '<':
    case '<=':
    case '==':
      return compare(a, b, operator)
    case '>':
      return compare(b, a, '<')
    case '>=':
      return compare(b, a, '<=')
    case '!=':
      return negate(compare(a, b, '=='))
    default:
      return anything
  }
}
