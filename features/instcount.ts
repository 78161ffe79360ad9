// LLVM's InstCount pass as BenchPress reports it: instructions, blocks, defined functions, then one count per
// opcode. Source: fivosts/BenchPress, features/InstCount.cpp; llvm/lib/Analysis/InstCount.cpp.

import { opcodeNames, walkModule } from './ir-walk.ts'
import type { IrFeatureSpace } from './space.ts'

const names: readonly string[] = ['TotalInsts', 'TotalBlocks', 'TotalFuncs', ...opcodeNames]
const totalInsts = 0
const totalBlocks = 1
const totalFuncs = 2
const firstOpcode = 3
/** Each block ends with one of these. */
const terminators = opcodeNames.slice(opcodeNames.indexOf('Ret'), opcodeNames.indexOf('CallBr') + 1)

/** 70 counts over the printed LLVM IR of a module. */
export const instcount: IrFeatureSpace = {
  id: 'instcount',
  source: "LLVM's InstCount pass, as reported by BenchPress (Tsimpourlas et al., PACT 2022)",
  input: 'ir',
  names,
  ratios: names.map(() => false),
  relations: [
    `TotalInsts = ${opcodeNames.join(' + ')}`,
    `TotalBlocks = ${terminators.join(' + ')}`,
    'TotalFuncs <= TotalBlocks',
    '1 <= TotalFuncs',
  ],
  extractModule(ir: string): Float64Array {
    const values = new Float64Array(names.length)
    walkModule(ir, {
      beginFunction() {
        values[totalFuncs]++
      },
      beginBlock() {
        values[totalBlocks]++
      },
      instruction(opcode) {
        values[totalInsts]++
        values[firstOpcode + opcode]++
      },
    })
    return values
  },
}
