import { describe, expect, it } from 'vitest'
import { cldriveName, describeFault, faults, stages } from '../../../kernels/validate/outcomes.ts'
import { Evidence } from '../../../kernels/validate/validation.ts'

const isolation = { network: 'none', hasSystemLimits: true, diesWithParent: true } as const

describe('Evidence', () => {
  it('accepts a kernel that nobody has found a fault in', () => {
    const evidence = new Evidence()
    evidence.look('parser', 'parse')
    evidence.look('oclgrind', 'terminates', 'in-bounds')
    const validation = evidence.conclude(isolation)
    expect(validation).toMatchObject({ outcome: 'accepted', cldrive: 'PASS', lostAt: undefined, log: '', findings: [] })
    expect(validation.stages.find(({ stage }) => stage === 'in-bounds')).toMatchObject({
      verdict: 'passed',
      by: ['oclgrind'],
    })
    expect(validation.stages.find(({ stage }) => stage === 'compile')).toMatchObject({ verdict: 'unchecked', by: [] })
  })

  it('loses a kernel at the earliest stage with a fault, whichever was found first', () => {
    const evidence = new Evidence()
    evidence.look('oclgrind', 'terminates', 'deterministic')
    evidence.find({ fault: 'data-race', by: 'oclgrind', log: 'a race' })
    evidence.find({ fault: 'out-of-bounds', by: 'dev-1', log: 'beyond' })
    const validation = evidence.conclude(isolation)
    expect(validation).toMatchObject({ outcome: 'out-of-bounds', lostAt: 'in-bounds', log: 'beyond' })
    expect(validation.findings.map(({ fault }) => fault)).toEqual(['out-of-bounds', 'data-race'])
    const verdicts = Object.fromEntries(validation.stages.map(({ stage, verdict }) => [stage, verdict]))
    expect(verdicts).toMatchObject({
      terminates: 'passed',
      'in-bounds': 'failed',
      'race-free': 'unchecked',
      deterministic: 'unchecked',
    })
  })
})

describe('outcomes', () => {
  it('have a fault for every stage, and names of cldrive', () => {
    expect(new Set(faults.map((fault) => describeFault(fault).stage))).toEqual(new Set(stages))
    expect(cldriveName('accepted')).toBe('PASS')
    expect(cldriveName('no-output')).toBe('NO_OUTPUT')
    expect(cldriveName('input-blind')).toBe('INPUT_INSENSITIVE')
    expect(cldriveName('no-writable-arguments')).toBe('NO_MUTABLE_ARGUMENTS')
  })
})
