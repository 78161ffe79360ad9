import { parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import type { GreweRow } from '../../../active-learning/data-set.ts'
import { compareWritten } from '../../../active-learning/grewe/data/check-row.ts'
import { type Layout, layouts } from '../../../active-learning/grewe/data/layouts.ts'
import { readGreweCsv } from '../../../active-learning/grewe/data/read-csv.ts'
import { formatCsv, formatJsonLines, formatParquet } from '../../../active-learning/grewe/data/write-rows.ts'
import { sampleRow } from './rows.ts'

const header =
  'benchmark,dataset,comp,rational,mem,localmem,coalesced,atomic,transfer,wgsize,F1:transfer/(comp+mem),' +
  'F2:coalesced/mem,F3:(localmem/mem)*avgws,F4:comp/mem,oracle,runtime,speedup,penalty,runtime_cpu,runtime_gpu'
const good = 'toy-1.0-sum-add,A,4,1,6,0,4,0,600,64,60.0,0.667,0.0,0.667,GPU,1.0,2.00,0.50,2.0,1.0'

function findingsOf(...lines: string[]): string[] {
  return readGreweCsv([header, ...lines].join('\n'), 'x.csv').findings.map(
    ({ line, severity, code, message }) => `${line} ${severity} ${code} ${message}`,
  )
}

describe('readGreweCsv', () => {
  it('reads the public layout, and names what is rounded', () => {
    const { rows, layout, findings } = readGreweCsv(`${header}\n${good}\n`, 'x.csv')
    expect(layout).toBe('benchmarks')
    expect(rows).toEqual([
      sampleRow({
        ...{ program: 'toy-1.0-sum', kernel: 'add', dataset: 'A', features: [60, 0.667, 0, 0.667] },
        counts: { comp: 4, rational: 1, mem: 6, localmem: 0, coalesced: 4, atomic: 0 },
      }),
    ])
    expect(findings.map(({ message }) => message)).toEqual([
      'F2:coalesced/mem: rounded in 1 of 1 rows',
      'F4:comp/mem: rounded in 1 of 1 rows',
    ])
  })

  it('reads synthetic kernels named by hash, their intervals and other numbers', () => {
    const hash = 'ab'.repeat(20)
    const line = good.replace('toy-1.0-sum-add', `${hash}.cl-A`)
    const text = `${header},ci_cpu,ci_mean_cpu,ci_gpu,ci_mean_gpu,kernel_size\n${line},0.5,0.25,0.1,0.1,120`
    const { rows, layout } = readGreweCsv(text, 'x.csv')
    expect(layout).toBe('clgen')
    expect(rows[0]).toMatchObject({
      ...{ suite: 'clgen', program: hash, kernel: 'A', sourceKey: hash, extras: { kernel_size: 120 } },
      ...{ intervalCpuMs: { low: 1.5, high: 2.5 }, intervalGpuMs: { low: 0.9, high: 1.1 } },
    })
  })

  it('leaves out rows with values that cannot be, naming line, column and value', () => {
    const { rows, records } = readGreweCsv(`${header}\n${good.replace(',4,1,', ',x,1,')}\n${good}`, 'x.csv')
    expect([rows.length, records]).toEqual([1, 2])
    const found = findingsOf(
      good.replace(',4,1,', ',4.5,-1,'),
      good.replace('toy-1.0-sum-add', 'sum'),
      good.replace('GPU', 'TPU').replace(',2.0,1.0', ',2.0,0'),
      good.replace(',600,', ',,'),
    )
    expect(found.filter((finding) => finding.includes('error'))).toEqual([
      "2 error type comp: expected an integer, received '4.5'",
      "2 error range rational: expected an integer of at least 0, received '-1'",
      "3 error name benchmark: expected suite-version-program-kernel or hash.cl-kernel, received 'sum'",
      "4 error type oracle: expected one of CPU, GPU, received 'TPU'",
      "4 error range runtime_gpu: expected a number above 0, received '0'",
      "5 error type transfer: expected an integer, received ''",
    ])
  })

  it('warns of features, ratios and labels that contradict what they come from', () => {
    const found = findingsOf(good.replace('60.0', '61.0').replace('2.00,0.50', '3.00,0.50').replace('GPU', 'CPU'))
    expect(found.filter((finding) => finding.includes('warning'))).toEqual([
      '2 warning derived F1:transfer/(comp+mem): 61.0 is written, its parts give 60',
      '2 warning derived speedup: 3.00 is written, its parts give 2',
      '2 warning label oracle: CPU is written, but CPU took 2 ms and GPU 1 ms',
    ])
  })

  it('warns of counts that no kernel has', () => {
    const found = findingsOf(good.replace(',0,600', ',4186083427,600'))
    expect(found.filter((finding) => finding.includes('warning'))).toEqual([
      '2 warning range atomic=4186083427: no counts of a kernel; the row is kept as it is',
    ])
  })

  it('finds rows that stand there twice, equal features with both labels, and times too close to tell', () => {
    const other = good
      .replace('sum-add', 'sum-mul')
      .replace('GPU', 'CPU')
      .replace('1.0,2.00,0.50,2.0,1.0', '1.0,1.02,0.98,1.0,1.02')
    const found = findingsOf(good, good, good.replace('2.0,1.0', '2.0,0.5'), other)
    expect(found.filter((finding) => /duplicate|conflict|close/.test(finding))).toEqual([
      'null note close CPU and GPU take the same time up to 5 % in 1 of 4 rows',
      '2 note conflict F1 to F4 = 60, 0.667, 0, 0.667: CPU in line 5; GPU in line 2, 3, 4',
      '3 warning duplicate toy-1.0-sum-add A: the row of line 2 again',
      '4 warning duplicate toy-1.0-sum-add A: another measurement of what is of line 2 again',
    ])
  })

  it('refuses what is no CSV of the layout, naming file and columns', () => {
    expect(() => readGreweCsv('a,b\n1,2\n', 'x.csv')).toThrow(
      'x.csv: expected the columns of the Grewe layout, benchmark',
    )
    expect(() => readGreweCsv(`${header}\n${good},1\n`, 'x.csv')).toThrow('x.csv: expected CSV')
  })
})

describe('compareWritten', () => {
  it('takes rounding to the decimals that are written, or to three digits, for what it is', () => {
    expect(compareWritten('0.25', 0.25)).toBe('exact')
    expect(compareWritten('0.667', 2 / 3)).toBe('rounded')
    expect(compareWritten('157', 156.6)).toBe('rounded')
    expect(compareWritten('0.667', 0.6682)).toBe('wrong')
    expect(compareWritten('2', 2.4)).toBe('rounded') // to whole numbers
    expect(compareWritten('2.0', 2.4)).toBe('wrong')
    expect(compareWritten('1.5e-7', 0.03)).toBe('wrong')
    expect(compareWritten('1.50e+6', 1_502_000)).toBe('rounded')
  })
})

describe('files written', () => {
  const full = sampleRow({
    ...{ program: 'own-3', suite: 'own', kernel: 'A', sourceKey: 'k1', seed: 7, date: '2026-01-31' },
    ...{ intervalCpuMs: { low: 1.5, high: 2.5 }, intervalGpuMs: { low: 0.75, high: 1.25 }, timeSource: 'modelled' },
    devices: { cpu: { device: 'a, b', driver: 'c "1"' }, gpu: { device: 'd', driver: 'e' } },
    extras: { 'instcount.TotalInsts': 31 },
  })
  const kept: Readonly<Record<Layout, GreweRow>> = {
    benchmarks: sampleRow(),
    clgen: sampleRow({
      ...{
        suite: 'clgen',
        program: 'ab'.repeat(20),
        kernel: 'A',
        sourceKey: 'ab'.repeat(20),
        extras: { kernel_size: 9 },
      },
      ...{ intervalCpuMs: { low: 1.5, high: 2.5 }, intervalGpuMs: { low: 0.75, high: 1.25 } },
    }),
    own: full,
  }

  it.each(layouts)('of layout %s give the same rows back, without any finding', (layout) => {
    const back = readGreweCsv(formatCsv([kept[layout]], layout), 'x.csv')
    expect(back.rows).toEqual([kept[layout]])
    expect(back).toMatchObject({ layout, findings: [] })
  })

  it('refuse a layout whose names would not tell the rows', async () => {
    expect(() => formatCsv([full], 'benchmarks')).toThrow("layout: expected own, as the name 'own-3-A' alone")
    await expect(formatParquet([full], 'clgen')).rejects.toThrow('received clgen')
  })

  it('have the whole of each row as JSON', () => {
    expect(JSON.parse(formatJsonLines([full]))).toEqual(full)
  })

  it('have typed columns in Parquet', async () => {
    const bytes = await formatParquet([full, sampleRow()], 'own')
    const rows = await parquetReadObjects({ file: bytes.slice().buffer })
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({ comp: 4n, runtime_cpu: 2, oracle: 'GPU', cpu_device: 'a, b', seed: 7n })
    expect(rows[1]).toMatchObject({ cpu_device: null, 'instcount.TotalInsts': null })
  })
})
