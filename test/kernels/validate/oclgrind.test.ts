// Reports as Oclgrind 21.10 writes them.

import { describe, expect, it } from 'vitest'
import { findOclgrind, parseReport } from '../../../kernels/validate/oclgrind.ts'

const entity = (group: number): string => `Global(${group},0,0) Local(0,0,0) Group(${group},0,0)`
const place = (line: number, column: number, text: string): string =>
  `\tAt line ${line} (column ${column}) of input.cl:\n\t  ${text}\n\t\n`

function invalidWrite(group: number): string {
  return (
    `\nInvalid write of size 4 at global memory address 0x100000000010${group}\n\tKernel: k\n\tEntity: ${entity(group)}\n` +
    `\t  store float %mul, float addrspace(1)* %arrayidx2, align 4, !dbg !31\n${place(3, 8, 'a[i + 1] = b[i];')}`
  )
}

function race(first: string, second: string): string {
  return (
    `\nRead-write data race at global memory address 0x3000000000100\n\tKernel: k\n\t\n\tFirst entity:  ${entity(1)}\n` +
    `\t  ${first}\n${place(5, 27, 'uint seen = *p;')}\n\tSecond entity: ${entity(0)}\n\t  ${second}\n${place(8, 16, 'f(p);')}`
  )
}

const load = '%1 = load volatile i32, i32 addrspace(1)* %0, align 4, !dbg !27'
const exchange = '%call = tail call spir_func i32 @_Z14atomic_cmpxchgPU3AS1Vjjj(i32 addrspace(1)* %0) #5'

describe('parseReport', () => {
  it('gathers messages of one place', () => {
    expect(parseReport(invalidWrite(0) + invalidWrite(1) + invalidWrite(2))).toEqual([
      {
        fault: 'out-of-bounds',
        message: 'Invalid write of size 4 at global memory address 0x1000000000100',
        workItem: entity(0),
        line: 3,
        column: 8,
        source: 'a[i + 1] = b[i];',
        count: 3,
      },
    ])
  })

  it('tells kinds of faults apart', () => {
    const divergence =
      `\nWork-group divergence detected (barrier)\n\tKernel:     k\n\tWork-group: (0,0,0)\n` +
      `\tOnly 1 out of 16 work-items executed barrier\n\t  tail call\n${place(2, 11, 'if (i) barrier(1);')}`
    const uninitialised = `\nControlflow depends on uninitialized value\n\tKernel: k\n\tEntity: ${entity(0)}\n\t  br\n${place(9, 1, 'if (x)')}`
    const report = divergence + uninitialised + race(load, 'store i32 1, i32 addrspace(1)* %2') + invalidWrite(0)
    expect(parseReport(report).map(({ fault, line }) => [fault, line])).toEqual([
      ['divergent-barrier', 2],
      ['uninitialised-read', 9],
      ['data-race', 5],
      ['out-of-bounds', 3],
    ])
  })

  it('lets a plain read begin a loop of compare-and-exchange, and nothing else', () => {
    expect(parseReport(race(load, exchange) + race(exchange, load))).toEqual([])
    const increment = exchange.replace('14atomic_cmpxchg', '10atomic_inc')
    expect(parseReport(race(load, increment))).toMatchObject([{ fault: 'data-race' }])
  })

  it('says why the interpreter gave up', () => {
    const report = `\nOCLGRIND FATAL ERROR (./src/core/WorkItem.cpp:282)\nUnsupported instruction: addrspacecast\n\tKernel: k\n`
    const message = 'OCLGRIND FATAL ERROR (./src/core/WorkItem.cpp:282): Unsupported instruction: addrspacecast'
    expect(parseReport(report)).toMatchObject([{ fault: 'not-checkable', message, line: undefined }])
  })

  it('finds nothing in nothing, nor in what a kernel prints', () => {
    expect(parseReport('')).toEqual([])
    expect(parseReport('Oclgrind: 12 errors generated\nall is well\n')).toEqual([])
  })
})

describe('findOclgrind', () => {
  it('says how to come by it', () => {
    expect(() => findOclgrind('/nowhere/bin')).toThrow(/Oclgrind not found; apt-get install oclgrind/)
  })
})
