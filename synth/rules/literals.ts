// Literals that are spelled character by character.

const integer = String.raw`(?:0[xX][\da-fA-F]{1,16}|0[0-7]*|[1-9]\d{0,18})`
const fraction = String.raw`(?:\d+\.\d*|\.\d+)`
const exponent = String.raw`(?:[eE][-+]?\d{1,2})`
const float = String.raw`(?:${fraction}${exponent}?|\d+${exponent})`

const whole = new RegExp(
  String.raw`^(?:${integer}(?:[uU][lL]?|[lL][uU]?)?|${float}[fFhH]?|'(?:[^'\\]|\\[^']+)'|"(?:[^"\\]|\\.)*")$`,
)
const begun = new RegExp(
  String.raw`^(?:0[xX]|${integer}(?:[uU]?[lL]?|[lL][uU]?)|\d+|\.|(?:${fraction}|\d+)[eE][-+]?|${float}[fFhH]?` +
    String.raw`|'(?:[^'\\]'?|\\[^']*'?)?|"(?:[^"\\]|\\.)*[\\"]?)$`,
)

/** Is it a number, a character or a string of OpenCL C? */
export function isLiteral(text: string): boolean {
  return whole.test(text)
}

/** Is it one, or could it become one by more characters? */
export function mayBecomeLiteral(text: string): boolean {
  return begun.test(text)
}
