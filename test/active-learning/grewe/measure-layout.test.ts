import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readGreweCsv } from '../../../active-learning/index.ts'

const measured = readFileSync(new URL('../../../docs/measurements/h200-xeon.csv', import.meta.url), 'utf8')
const [header, first] = measured.split('\n')

it('reads what `measure` writes: suites without a version, other kernels by key, bounds as intervals', () => {
  const { rows, records, layout } = readGreweCsv(measured, 'h200')
  expect([rows.length, layout]).toEqual([records, 'own'])
  expect(rows[0]).toMatchObject({
    ...{ suite: 'amd-app-sdk', program: 'amd-app-sdk-AtomicCounters', kernel: 'globalAtomics', dataset: '65536' },
    ...{ timeSource: 'measured', date: '2026-11-27', label: 'GPU', sourceKey: '1417320f20135469b6f6e8c5f7060ad5' },
    intervalGpuMs: { low: 0.017424, high: 0.018656 },
  })
  const own = rows.filter(({ suite }) => suite === 'synthesized')
  expect(own.length).toBe(123)
  expect(own.every(({ program, sourceKey }) => program === sourceKey)).toBe(true)
})

it('lets modelled times decide, since their bounds are no confidence intervals, and keeps saying what they are', () => {
  const modelled = first.replaceAll(',measured,', ',modelled,').replace(',measured,', ',modelled,')
  const { rows } = readGreweCsv(`${header}\n${modelled}\n`, 'modelled')
  expect(rows[0]).toMatchObject({ timeSource: 'modelled', intervalCpuMs: null, intervalGpuMs: null, label: 'GPU' })
})
