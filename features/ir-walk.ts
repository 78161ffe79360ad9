// Walks the text of an LLVM module function by function, without LLVM: printed IR has one instruction per
// line (a switch: up to its closing bracket), indented by two spaces, and labels at column 0.

/** LLVM's opcodes in `llvm/IR/Instruction.def` order (LLVM 10 to 14), as `[name, keyword]`. */
const opcodes: readonly (readonly [string, string])[] = [
  ...['Ret', 'Br', 'Switch', 'IndirectBr', 'Invoke', 'Resume', 'Unreachable', 'CleanupRet', 'CatchRet'].map(lower),
  ...['CatchSwitch', 'CallBr', 'FNeg', 'Add', 'FAdd', 'Sub', 'FSub', 'Mul', 'FMul', 'UDiv', 'SDiv', 'FDiv'].map(lower),
  ...['URem', 'SRem', 'FRem', 'Shl', 'LShr', 'AShr', 'And', 'Or', 'Xor', 'Alloca', 'Load', 'Store'].map(lower),
  ...['GetElementPtr', 'Fence'].map(lower),
  ['AtomicCmpXchg', 'cmpxchg'],
  ...['AtomicRMW', 'Trunc', 'ZExt', 'SExt', 'FPToUI', 'FPToSI', 'UIToFP', 'SIToFP', 'FPTrunc', 'FPExt'].map(lower),
  ...['PtrToInt', 'IntToPtr', 'BitCast', 'AddrSpaceCast', 'CleanupPad', 'CatchPad', 'ICmp', 'FCmp', 'PHI'].map(lower),
  ...['Call', 'Select', 'UserOp1', 'UserOp2'].map(lower),
  ['VAArg', 'va_arg'],
  ...['ExtractElement', 'InsertElement', 'ShuffleVector', 'ExtractValue', 'InsertValue', 'LandingPad'].map(lower),
  ['Freeze', 'freeze'],
]

function lower(name: string): readonly [string, string] {
  return [name, name.toLowerCase()]
}

/** Opcode names, `Ret` to `Freeze`; an opcode is an index into this. */
export const opcodeNames: readonly string[] = opcodes.map(([name]) => name)

const opcodeByKeyword: ReadonlyMap<string, number> = new Map([
  ...opcodes.map(([, keyword], opcode): [string, number] => [keyword, opcode]),
  ...['tail', 'musttail', 'notail'].map((marker): [string, number] => [marker, opcodeNames.indexOf('Call')]),
])
const switchOpcode = opcodeNames.indexOf('Switch')

/** @throws {RangeError} when LLVM has no such opcode */
export function opcodeOf(name: string): number {
  const opcode = opcodeNames.indexOf(name)
  if (opcode < 0) throw new RangeError(`name: '${name}' is no LLVM opcode`)
  return opcode
}

/** Called in the order of the module text. */
export interface IrVisitor {
  beginFunction?(): void
  /** @param label - without its colon; empty for an entry block that has none */
  beginBlock(label: string): void
  /** `ir.slice(start, end)` is what follows the opcode's keyword. */
  instruction(opcode: number, ir: string, start: number, end: number): void
  endFunction?(): void
}

/** Report every defined function, block and instruction of a printed module to `visitor`, in order. */
export function walkModule(ir: string, visitor: IrVisitor): void {
  let line = ir.startsWith('define ') ? 0 : nextDefinition(ir, 0)
  while (line >= 0) {
    visitor.beginFunction?.()
    const end = walkBody(ir, lineAfter(ir, line), visitor)
    visitor.endFunction?.()
    line = nextDefinition(ir, end - 1)
  }
}

/** Where the line of the next definition after `from` starts, or -1. */
function nextDefinition(ir: string, from: number): number {
  const at = ir.indexOf('\ndefine ', from)
  return at < 0 ? -1 : at + 1
}

const newline = 10
const space = 32
const semicolon = 59
const quote = 34
const closingBrace = 125

/** @returns where the line after the function's closing brace starts */
function walkBody(ir: string, start: number, visitor: IrVisitor): number {
  let at = start
  let isInBlock = false
  while (at < ir.length) {
    const first = ir.charCodeAt(at)
    if (first === closingBrace) return lineAfter(ir, at)
    if (first === space) {
      if (!isInBlock) visitor.beginBlock('')
      isInBlock = true
      at = readInstruction(ir, at, visitor)
      continue
    }
    if (first !== newline && first !== semicolon) {
      const end = first === quote ? ir.indexOf('":', at) + 1 : ir.indexOf(':', at)
      visitor.beginBlock(ir.slice(at, end))
      isInBlock = true
    }
    at = lineAfter(ir, at)
  }
  return at
}

/** @returns where the next line starts */
function readInstruction(ir: string, lineStart: number, visitor: IrVisitor): number {
  let end = ir.indexOf('\n', lineStart)
  if (end < 0) end = ir.length
  let at = lineStart + 2
  if (ir.charCodeAt(at) === 37 /* % */) at = ir.indexOf(' = ', at) + 3
  let stop = at
  while (stop < end && ir.charCodeAt(stop) > space) stop++
  const opcode = opcodeByKeyword.get(ir.slice(at, stop))
  if (opcode === undefined) return end + 1
  if (opcode === switchOpcode && ir.charCodeAt(end - 1) === 91 /* [ */) {
    const close = ir.indexOf('\n  ]', end)
    end = close < 0 ? ir.length : close + 4
  }
  visitor.instruction(opcode, ir, stop, end)
  return lineAfter(ir, end)
}

function lineAfter(ir: string, at: number): number {
  const end = ir.indexOf('\n', at)
  return end < 0 ? ir.length : end + 1
}

/** `[block]`: instructions of each basic block of a printed module, in order. */
export function measureBlocks(ir: string): Float64Array {
  const sizes: number[] = []
  walkModule(ir, {
    beginBlock: () => sizes.push(0),
    instruction: () => sizes[sizes.length - 1]++,
  })
  return Float64Array.from(sizes)
}
