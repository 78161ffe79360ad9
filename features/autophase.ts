// The 56 counts of Huang et al., "AutoPhase" (MLSys 2020), as BenchPress's pass computes them over a module:
// block shapes, edges, PHI nodes, integer constants and opcodes. Source: fivosts/BenchPress, features/Autophase.cpp.

import { endOfWord, findIntegers, isInteger, readCall, readWidth, returnsInteger } from './ir-operands.ts'
import { opcodeNames, opcodeOf, walkModule } from './ir-walk.ts'
import type { BlockCount, IrFeatureSpace } from './space.ts'

const names: readonly string[] = [
  ...['BBNumArgsHi', 'BBNumArgsLo', 'onePred', 'onePredOneSuc', 'onePredTwoSuc', 'oneSuccessor', 'twoPred'],
  ...['twoPredOneSuc', 'twoEach', 'twoSuccessor', 'morePreds', 'BB03Phi', 'BBHiPhi', 'BBNoPhi', 'BeginPhi'],
  ...['BranchCount', 'returnInt', 'CriticalCount', 'NumEdges', 'const32Bit', 'const64Bit', 'numConstZeroes'],
  ...['numConstOnes', 'UncondBranches', 'binaryConstArg', 'AShr', 'Add', 'Alloca', 'And', 'BlockMid', 'BlockLow'],
  ...['BitCast', 'Br', 'Call', 'GetElementPtr', 'ICmp', 'LShr', 'Load', 'Mul', 'Or', 'PHI', 'Ret', 'SExt', 'Select'],
  ...['Shl', 'Store', 'Sub', 'Trunc', 'Xor', 'ZExt', 'TotalBlocks', 'TotalInsts', 'TotalMemInst', 'TotalFuncs'],
  ...['ArgsPhi', 'testUnary'],
]
/** Index of each feature. */
const at: Readonly<Record<string, number>> = Object.fromEntries(names.map((name, i) => [name, i]))
/** Per opcode: the feature that counts it, or -1. */
const featureOfOpcode: Int8Array = Int8Array.from(opcodeNames, (name) => at[name] ?? -1)

/** Ascending. Blocks of more than 500 instructions count nowhere. */
const blockCounts: readonly BlockCount[] = [
  { feature: 'BlockLow', least: 0, most: 14 },
  { feature: 'BlockMid', least: 15, most: 500 },
]
const sizedFeatures: readonly number[] = blockCounts.map(({ feature }) => at[feature])

/** Features that count an opcode. */
const opcodeFeatures = names.filter((name) => opcodeNames.includes(name))

const [alloca, br, call, icmp, phi, switchCode] = ['Alloca', 'Br', 'Call', 'ICmp', 'PHI', 'Switch'].map(opcodeOf)
const firstBinary = opcodeOf('Add')
const lastBinary = opcodeOf('Xor')
const casts = opcodeNames.slice(opcodeOf('Trunc'), opcodeOf('AddrSpaceCast') + 1)
const isMemory = opcodeFlags(['GetElementPtr', 'Load', 'Store', 'Call', 'Invoke', 'Alloca'])
/** LLVM's `isa<UnaryInstruction>`, which leaves `freeze` out. */
const isUnary = opcodeFlags(['Alloca', 'Load', 'FNeg', 'VAArg', 'ExtractValue', ...casts])
/** Opcodes without integer constants among their operands. */
const isPlain = opcodeFlags(['Load', 'FCmp', 'FNeg', 'Fence', 'Unreachable', 'ShuffleVector', 'ExtractValue'])

function opcodeFlags(opcodes: readonly string[]): Uint8Array {
  return Uint8Array.from(opcodeNames, (name) => (opcodes.includes(name) ? 1 : 0))
}

/** 56 counts over the printed LLVM IR of a module. */
export const autophase: IrFeatureSpace = {
  id: 'autophase',
  source: 'Huang et al., AutoPhase, MLSys 2020',
  input: 'ir',
  names,
  ratios: names.map(() => false),
  relations: [
    'BBNoPhi + BB03Phi + BBHiPhi = TotalBlocks',
    'BlockLow + BlockMid <= TotalBlocks',
    'BBNumArgsLo + BBNumArgsHi = BB03Phi + BBHiPhi',
    'BeginPhi = BB03Phi + BBHiPhi',
    'BB03Phi + 4 * BBHiPhi <= PHI',
    'BBNumArgsLo + 6 * BBNumArgsHi <= ArgsPhi',
    'PHI <= ArgsPhi',
    'onePred + twoPred + morePreds + TotalFuncs <= TotalBlocks',
    'onePredOneSuc + onePredTwoSuc <= onePred',
    'twoPredOneSuc + twoEach <= twoPred',
    'onePredOneSuc + twoPredOneSuc <= oneSuccessor',
    'onePredTwoSuc + twoEach <= twoSuccessor',
    'oneSuccessor + twoSuccessor + Ret <= TotalBlocks',
    'oneSuccessor + 2 * twoSuccessor <= NumEdges',
    'onePred + 2 * twoPred + 3 * morePreds <= NumEdges',
    'CriticalCount <= NumEdges',
    'BranchCount = Br',
    'UncondBranches <= Br',
    'UncondBranches <= oneSuccessor',
    'Br <= UncondBranches + twoSuccessor',
    'Br + Ret <= TotalBlocks',
    'GetElementPtr + Load + Store + Call + Alloca <= TotalMemInst',
    'Alloca + Load + BitCast + SExt + Trunc + ZExt <= testUnary',
    'returnInt <= Call',
    'TotalBlocks <= TotalInsts',
    `${opcodeFeatures.join(' + ')} <= TotalInsts`,
    'TotalFuncs <= TotalBlocks',
    '1 <= TotalFuncs',
  ],
  blockCounts,
  extractModule(ir: string): Float64Array {
    const counter = new AutophaseCounter()
    walkModule(ir, counter)
    return counter.values
  },
}

interface Block {
  readonly label: string
  instructions: number
  phis: number
  phiArguments: number
  successors: readonly string[]
}

class AutophaseCounter {
  readonly values: Float64Array = new Float64Array(names.length)
  #ir = ''
  #blocks: Block[] = []
  readonly #countInteger = (bits: number, start: number, end: number): void => this.#addInteger(bits, start, end)

  beginFunction(): void {
    this.values[at.TotalFuncs]++
    this.#blocks = []
  }

  beginBlock(label: string): void {
    this.#blocks.push({ label, instructions: 0, phis: 0, phiArguments: 0, successors: [] })
  }

  instruction(opcode: number, ir: string, start: number, end: number): void {
    this.#ir = ir
    const block = this.#blocks[this.#blocks.length - 1]
    if (opcode === phi && block.instructions === 0) this.values[at.BeginPhi]++
    block.instructions++
    this.values[at.TotalInsts]++
    const feature = featureOfOpcode[opcode]
    if (feature >= 0) this.values[feature]++
    this.values[at.TotalMemInst] += isMemory[opcode]
    this.values[at.testUnary] += isUnary[opcode]
    if (isPlain[opcode] === 0) this.#readOperands(opcode, start, end, block)
  }

  /** A critical edge leaves a block with several successors and enters one with several predecessors. */
  endFunction(): void {
    const predecessors = new Map<string, number>()
    for (const block of this.#blocks) {
      for (const label of block.successors) predecessors.set(label, (predecessors.get(label) ?? 0) + 1)
    }
    for (const block of this.#blocks) {
      this.values[at.NumEdges] += block.successors.length
      if (block.successors.length > 1) {
        for (const label of block.successors) if ((predecessors.get(label) ?? 0) > 1) this.values[at.CriticalCount]++
      }
      this.#countEdges(predecessors.get(block.label) ?? 0, block.successors.length)
      this.#countShape(block)
    }
  }

  #countEdges(preds: number, succs: number): void {
    const { values } = this
    if (succs === 1) values[at.oneSuccessor]++
    else if (succs === 2) values[at.twoSuccessor]++
    if (preds === 1) values[at.onePred]++
    else if (preds === 2) values[at.twoPred]++
    else if (preds > 2) values[at.morePreds]++
    if (preds === 1 && succs === 1) values[at.onePredOneSuc]++
    else if (preds === 2 && succs === 1) values[at.twoPredOneSuc]++
    else if (preds === 1 && succs === 2) values[at.onePredTwoSuc]++
    else if (preds === 2 && succs === 2) values[at.twoEach]++
  }

  #countShape(block: Block): void {
    const { values } = this
    values[at.TotalBlocks]++
    if (block.phis === 0) values[at.BBNoPhi]++
    else if (block.phis <= 3) values[at.BB03Phi]++
    else values[at.BBHiPhi]++
    if (block.phiArguments > 5) values[at.BBNumArgsHi]++
    else if (block.phiArguments >= 1) values[at.BBNumArgsLo]++
    const size = blockCounts.findIndex(({ most }) => block.instructions <= most)
    if (size >= 0) values[sizedFeatures[size]]++
  }

  #readOperands(opcode: number, start: number, end: number, block: Block): void {
    if (opcode === br || opcode === switchCode) this.#readBranch(opcode, start, end, block)
    else if (opcode === call) this.#readCall(start, end)
    else if (opcode === phi) this.#readPhi(start, end, block)
    else if (opcode === alloca) this.#readAlloca(start, end)
    else if (opcode === icmp || (opcode >= firstBinary && opcode <= lastBinary)) this.#readBinary(opcode, start, end)
    else findIntegers(this.#ir, start, end, this.#countInteger)
  }

  #readBranch(opcode: number, start: number, end: number, block: Block): void {
    const ir = this.#ir
    const successors: string[] = []
    for (let i = ir.indexOf('label %', start); i >= 0 && i < end; i = ir.indexOf('label %', i)) {
      i += 'label %'.length
      const stop = ir.charCodeAt(i) === 34 /* " */ ? ir.indexOf('"', i + 1) + 1 : endOfLabel(ir, i, end)
      successors.push(ir.slice(i, stop))
    }
    block.successors = successors
    if (opcode === br) {
      this.values[at.BranchCount]++
      if (successors.length === 1) this.values[at.UncondBranches]++
      else findIntegers(ir, start, end, this.#countInteger)
      return
    }
    const cases = ir.indexOf('[', start)
    findIntegers(ir, start, cases, this.#countInteger)
    for (let line = ir.indexOf('\n', cases); line >= 0 && line < end; line = ir.indexOf('\n', line + 1)) {
      const stop = ir.indexOf(',', line)
      if (stop >= 0 && stop < end) findIntegers(ir, line + 1, stop, this.#countInteger)
    }
  }

  #readCall(start: number, end: number): void {
    const { calleeStart, argumentsStart, argumentsEnd } = readCall(this.#ir, start, end)
    findIntegers(this.#ir, argumentsStart, argumentsEnd, this.#countInteger)
    const isDirect = this.#ir.charCodeAt(calleeStart) === 64 /* @ */
    if (isDirect && returnsInteger(this.#ir, start, calleeStart)) this.values[at.returnInt]++
  }

  /** Incoming pairs are `[ value, %block ]`; an array type has no space after its bracket. */
  #readPhi(start: number, end: number, block: Block): void {
    const ir = this.#ir
    const bits = readWidth(ir, start + 1, endOfWord(ir, start + 1, end))
    block.phis++
    for (let i = ir.indexOf('[ ', start); i >= 0 && i < end; i = ir.indexOf('[ ', i + 2)) {
      block.phiArguments++
      this.values[at.ArgsPhi]++
      const stop = endOfWord(ir, i + 2, end)
      if (bits > 0 && isInteger(ir, i + 2, stop)) this.#addInteger(bits, i + 2, stop)
    }
  }

  /** An alloca without a printed count has the operand `i32 1`. */
  #readAlloca(start: number, end: number): void {
    const type = endOfWord(this.#ir, start + 1, end)
    if (/, i\d+ /.test(this.#ir.slice(type, end))) {
      findIntegers(this.#ir, type, end, this.#countInteger)
      return
    }
    this.values[at.const32Bit]++
    this.values[at.numConstOnes]++
  }

  /** `flags type left, right`: both operands have the type that stands before the first. */
  #readBinary(opcode: number, start: number, end: number): void {
    const ir = this.#ir
    let left = start + 1
    let bits = 0
    let stop = endOfWord(ir, left, end)
    while (ir.charCodeAt(stop) !== 44 /* , */ && stop < end) {
      bits = readWidth(ir, left, stop)
      left = stop + 1
      stop = endOfWord(ir, left, end)
    }
    const right = stop + 2
    const rightStop = endOfWord(ir, right, end)
    if (bits > 0 && isInteger(ir, left, stop)) this.#addInteger(bits, left, stop)
    if (bits > 0 && isInteger(ir, right, rightStop)) this.#addInteger(bits, right, rightStop)
    const isConstant = ir.charCodeAt(left) !== 37 /* % */ || ir.charCodeAt(right) !== 37
    if (opcode !== icmp && isConstant) this.values[at.binaryConstArg]++
  }

  #addInteger(bits: number, start: number, end: number): void {
    if (bits === 32) this.values[at.const32Bit]++
    else if (bits === 64) this.values[at.const64Bit]++
    const first = this.#ir.charCodeAt(start)
    if (first === 116 /* true */ || (first === 49 && end === start + 1)) this.values[at.numConstOnes]++
    else if (first === 102 /* false */ || (first === 48 && end === start + 1)) this.values[at.numConstZeroes]++
  }
}

function endOfLabel(ir: string, start: number, end: number): number {
  let i = start
  while (i < end && ir.charCodeAt(i) > 32 && ir.charCodeAt(i) !== 44) i++
  return i
}
