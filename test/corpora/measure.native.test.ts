import { describe, expect, it } from 'vitest'
import { irKeyOf, kernelFeatures, type MeasuredFunction, measureUnit } from '../../corpora/index.ts'
import { featureSpaces, findFeatureSpace, grewe, instcount, type SyntaxFeatureSpace } from '../../features/index.ts'
import { compileAll } from '../../kernels/index.ts'

const unit = `
#define TWO 2
float helper(float a) { return a * TWO; }
kernel void one(global float* a) { a[0] = helper(a[1]); }
kernel void two(global float* a) { a[0] = a[1] + a[2]; }
`

async function rowsOf(text: string, options: Parameters<typeof measureUnit>[1]): Promise<readonly MeasuredFunction[]> {
  const measured = await measureUnit(text, options)
  if (!measured.ok) throw new Error(measured.log)
  return measured.rows
}

describe('measureUnit', () => {
  it('gives one row per function, the one vector of the IR spaces repeated', async () => {
    const rows = await rowsOf(unit, { spaces: featureSpaces })
    expect(rows.map(({ kernel }) => kernel)).toEqual(['helper', 'one', 'two'])
    for (const { features } of rows) {
      expect(Object.keys(features).sort()).toEqual(['autophase', 'grewe', 'instcount'])
      expect(features.instcount).toEqual(rows[0].features.instcount)
    }
    expect(rows[0].features.instcount[2]).toBe(3)
    expect(rows.map(({ features }) => features.grewe[0])).toEqual([1, 1, 1])
  })

  it('gives one row per kernel, each measured with what it needs', async () => {
    const rows = await rowsOf(unit, { spaces: featureSpaces, perKernel: true })
    expect(rows.map(({ kernel }) => kernel)).toEqual(['one', 'two'])
    const alone = await rowsOf(unit.replace(/kernel void one.*\n/, '').replace(/float helper.*\n/, ''), {
      spaces: featureSpaces,
    })
    expect(rows[1]).toEqual(alone[0])
    expect(rows[0].features.instcount[2]).toBe(2)
    expect(rows[1].features.instcount[2]).toBe(1)
  })

  it('agrees with kernelFeatures', async () => {
    const text = 'kernel void k(global float* a, local int* b) { for (int i = 0; i < 9; i++) a[i] += b[i] * 2; }'
    const [outcome] = await compileAll([text])
    const [row] = await rowsOf(text, { spaces: featureSpaces })
    expect(outcome.ok && kernelFeatures(text, outcome.ir)).toEqual(row.features)
  })

  it('gives only the spaces asked for', async () => {
    expect(await rowsOf('kernel void k() {}', { spaces: [] })).toEqual([{ kernel: 'k', features: {} }])
    const [row] = await rowsOf('kernel void k() {}', { spaces: [instcount] })
    expect(Object.keys(row.features)).toEqual(['instcount'])
  })

  it('measures a syntax space that is not registered', async () => {
    const own: SyntaxFeatureSpace = {
      ...{ id: 'own', source: 'test', names: ['functions'], ratios: [false], input: 'syntax' },
      extractUnit: (parsed) => grewe.extractUnit(parsed).map((row, i) => ({ ...row, values: Float64Array.of(i) })),
    }
    expect((await rowsOf(unit, { spaces: [own] })).map(({ features }) => features.own[0])).toEqual([0, 1, 2])
    expect(() => findFeatureSpace('own')).toThrow(RangeError)
  })

  it('keeps overloaded functions apart', async () => {
    const overloaded = ['int f(int a) { return a + a + a; }', 'float f(float a) { return a; }', 'kernel void k() {}']
    const text = overloaded
      .map((line) => `__attribute__((overloadable)) ${line}`)
      .join('\n')
      .replace(/\S+ kernel/, 'kernel')
    const rows = await rowsOf(text, { spaces: [grewe] })
    expect(rows.map(({ kernel, features }) => [kernel, features.grewe[0]])).toEqual([
      ['f', 2],
      ['f', 0],
      ['k', 0],
    ])
  })

  it.each([
    ['what does not preprocess', '#include "none.h"', 'preprocess'],
    ['what does not compile', 'kernel void k() { a = 1; }', 'compile'],
    ['binary junk', '\u0000\u0001', 'limits'],
  ])('rejects %s', async (_, text, stage) => {
    for (const perKernel of [false, true]) {
      expect(await measureUnit(text, { spaces: featureSpaces, perKernel })).toMatchObject({ ok: false, stage })
    }
  })
})

it('gives kernels one IR key whatever their names and metadata', async () => {
  const sources = [
    'kernel void k(global float* a) { a[get_global_id(0)] *= 2.0f; }',
    'kernel void k(global float* b) { size_t i = get_global_id(0); b[i] = b[i] * 2.0f; }',
    'kernel void k(global float* a) { a[get_global_id(0)] *= 3.0f; }',
  ]
  const keys = (await compileAll(sources)).map((outcome) => (outcome.ok ? irKeyOf(outcome.ir) : ''))
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})
