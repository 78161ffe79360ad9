// Finds the operands of printed LLVM instructions in place, as far as counting passes need them: which are
// integer constants, and of what width. Text inside brackets belongs to constant expressions and aggregates.
// Every function reads `ir` from `start` to before `end` and copies nothing.

const space = 32
const quote = 34
const comma = 44
const openRound = 40
const closeRound = 41

/** Receives a constant integer operand; its text is `true`, `false` or decimal. */
export type OnInteger = (bits: number, valueStart: number, valueEnd: number) => void

/** Report every `iN value` outside brackets; attributes (`i32 noundef 1`) may stand between. */
export function findIntegers(ir: string, start: number, end: number, onInteger: OnInteger): void {
  let at = start
  let bits = 0
  while (at < end) {
    const code = ir.charCodeAt(at)
    if (code === space) at++
    else if (code === comma) {
      bits = 0
      at++
    } else {
      const stop = endOfWord(ir, at, end)
      if (bits > 0 && isInteger(ir, at, stop)) {
        onInteger(bits, at, stop)
        bits = 0
      } else if (bits === 0 || !isAttribute(ir, at, stop)) bits = readWidth(ir, at, stop)
      at = stop
    }
  }
}

/** `N` where the word is the type `iN`, else 0. */
export function readWidth(ir: string, start: number, end: number): number {
  if (ir.charCodeAt(start) !== 105 /* i */ || end === start + 1) return 0
  let bits = 0
  for (let i = start + 1; i < end; i++) {
    const digit = ir.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return 0
    bits = 10 * bits + digit
  }
  return bits
}

/** Whether the word is an integer constant as LLVM prints one. */
export function isInteger(ir: string, start: number, end: number): boolean {
  const first = ir.charCodeAt(start)
  if (first === 116 || first === 102) return ir.startsWith('true', start) || ir.startsWith('false', start)
  for (let i = first === 45 /* - */ ? start + 1 : start; i < end; i++) {
    const code = ir.charCodeAt(i)
    if (code < 48 || code > 57) return false
  }
  return end > start
}

/** End of the word at `start`: the space or comma after it that is in no bracket and no string. */
export function endOfWord(ir: string, start: number, end: number): number {
  let depth = 0
  for (let i = start; i < end; i++) {
    const code = ir.charCodeAt(i)
    if (depth === 0 && (code === space || code === comma)) return i
    if (code === quote) i = closingQuote(ir, i, end)
    else if (isOpening(code)) depth++
    else if (isClosing(code)) depth--
  }
  return end
}

/** `[start, end)` of a call's argument list, and where its callee starts. */
export interface CallParts {
  readonly calleeStart: number
  readonly argumentsStart: number
  readonly argumentsEnd: number
}

/** Take a call apart, from its end: after the arguments stand only attribute groups, metadata and bundles. */
export function readCall(ir: string, start: number, end: number): CallParts {
  let close = end - 1
  let brackets = 0
  while (close > start) {
    const code = ir.charCodeAt(close)
    if (code === 93) brackets++
    else if (code === 91) brackets--
    else if (code === closeRound && brackets === 0) break
    close--
  }
  const open = openingRound(ir, close, start)
  let callee = open
  if (ir.charCodeAt(open - 1) === quote) callee = ir.lastIndexOf('"', open - 2)
  while (callee > start && ir.charCodeAt(callee - 1) !== space) callee--
  return { calleeStart: callee, argumentsStart: open + 1, argumentsEnd: close }
}

/** Whether the type that ends before `calleeStart` returns an integer: `i32 @f` or `i32 (i8*, ...) @f`. */
export function returnsInteger(ir: string, start: number, calleeStart: number): boolean {
  let end = calleeStart - 1
  if (ir.charCodeAt(end - 1) === closeRound) end = openingRound(ir, end - 1, start) - 1
  const first = ir.lastIndexOf(' ', end - 1) + 1
  return readWidth(ir, first, end) > 0
}

function openingRound(ir: string, close: number, start: number): number {
  let depth = 0
  for (let i = close; i > start; i--) {
    const code = ir.charCodeAt(i)
    if (code === closeRound) depth++
    else if (code === openRound && --depth === 0) return i
  }
  return start
}

function isAttribute(ir: string, start: number, end: number): boolean {
  return /^(?:noundef|signext|zeroext|inreg|returned|immarg)$/.test(ir.slice(start, end))
}

function isOpening(code: number): boolean {
  return code === openRound || code === 91 || code === 123 || code === 60 // ( [ { <
}

function isClosing(code: number): boolean {
  return code === closeRound || code === 93 || code === 125 || code === 62 // ) ] } >
}

function closingQuote(ir: string, open: number, end: number): number {
  const close = ir.indexOf('"', open + 1)
  return close < 0 ? end : close
}
