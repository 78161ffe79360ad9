// InstCount and Autophase against the reference passes, over IR that clang printed for our kernels.

import { describe, expect, it } from 'vitest'
import { autophase, instcount } from '../../features/index.ts'
import { expected, readText } from './expected.ts'

const fixtures = expected.filter(([path]) => path.startsWith('test/'))
const irOf = (path: string): string => readText(path.replace(/\.cl$/, '.ll'))

function autophaseOf(body: string): Record<string, number> {
  const values = autophase.extractModule(`define i32 @f(i32 %0, i32* %1) {\n${body}\n}\n`)
  return Object.fromEntries(autophase.names.map((name, i) => [name, values[i]]))
}

describe('instcount', () => {
  it.each(fixtures)('agrees with the reference pass on %s', (path, reference) => {
    expect(Array.from(instcount.extractModule(irOf(path)))).toEqual(reference.instcount)
  })

  it('counts neither declarations nor metadata', () => {
    const values = instcount.extractModule('declare i32 @f(i32)\n!0 = !{i32 1}\n')
    expect(values.every((value) => value === 0)).toBe(true)
  })

  it('reads modules with Windows-free, quoted and unnamed labels', () => {
    const ir =
      'define void @"a b"() {\n  br label %"x:y"\n\n"x:y":                ; preds = %0\n  br label %3\n\n3:\n  ret void\n}\n'
    const values = instcount.extractModule(ir)
    expect([values[instcount.names.indexOf('TotalBlocks')], values[instcount.names.indexOf('TotalInsts')]]).toEqual([
      3, 3,
    ])
  })
})

describe('autophase', () => {
  it.each(fixtures)('agrees with the reference pass on %s', (path, reference) => {
    expect(Array.from(autophase.extractModule(irOf(path)))).toEqual(reference.autophase)
  })

  it('counts integer constants as operands only, by width and value', () => {
    const counts = autophaseOf(
      [
        '  %3 = add nsw i32 %0, 1',
        '  %4 = icmp eq i64 0, 5',
        '  %5 = insertvalue { i32, i8 } { i32 1, i8 0 }, i32 7, 0',
        '  %6 = getelementptr inbounds [4 x i32], [4 x i32]* @t, i64 0, i64 1',
        '  %7 = atomicrmw add i32* %1, i32 1 seq_cst, align 4',
        '  store <2 x i32> <i32 1, i32 1>, <2 x i32>* %8, align 8',
        '  ret i32 -1',
      ].join('\n'),
    )
    expect(counts).toMatchObject({
      const32Bit: 4,
      const64Bit: 4,
      numConstOnes: 3,
      numConstZeroes: 2,
      binaryConstArg: 1,
    })
  })

  it('counts direct calls that return integers, not indirect ones', () => {
    const counts = autophaseOf(
      [
        '  %3 = tail call spir_func i32 @_Z3absi(i32 noundef signext 1) #2',
        '  %4 = call i32 (i8*, ...) @printf(i8* getelementptr ([2 x i8], [2 x i8]* @s, i64 0, i64 0), i32 0)',
        '  %5 = call i32 %fp(i32 0), !range !3',
        '  %6 = call float @"g h"(float 1.0)',
        '  ret i32 %3',
      ].join('\n'),
    )
    expect(counts).toMatchObject({ returnInt: 2, Call: 4, const32Bit: 3 })
  })

  it('finds critical edges of a switch whose cases share a block', () => {
    const counts = autophaseOf(
      [
        '  switch i32 %0, label %4 [',
        '    i32 0, label %3',
        '    i32 9, label %3',
        '  ]',
        '',
        '3:',
        '  br label %4',
        '',
        '4:',
        '  ret i32 0',
      ].join('\n'),
    )
    expect(counts).toMatchObject({ NumEdges: 4, CriticalCount: 3, twoPred: 2, oneSuccessor: 1, const32Bit: 3 })
  })
})
