import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { readModelInfo } from '../../synth/index.ts'
import { InfillProcess } from '../../synth/infill-process.ts'
import { rankNatural } from '../../synth/search/rank-natural.ts'
import { candidateOf } from './sample-candidate.ts'
import { shippedModel } from './test-model.ts'

const made = shippedModel()
if (made === undefined) console.warn('SKIPPED: no shipped model')

describe.skipIf(made === undefined)('rankNatural', () => {
  const { folder, isTemporary } = made ?? { folder: '', isTemporary: false }
  afterAll(() => {
    if (isTemporary) rmSync(folder, { recursive: true, force: true })
  })

  const body = (line: string): string =>
    `kernel void f(global float *a, global const float *b, int n) { int i = get_global_id(0); if (i < n) ${line} }`
  const usual = candidateOf(body('a[i] = a[i] + b[i];'))
  const odd = candidateOf(body('a[(n >> i) ^ n] = b[(n | 7) % (i ^ 3)] + a[~n];'))

  it('puts the likelier of two that are equally near first, and no other before a nearer one', async () => {
    const model = readModelInfo(folder)
    using infiller = new InfillProcess(folder)
    expect(await rankNatural([odd, usual], 2, model, infiller)).toEqual([usual, odd])
    expect(await rankNatural([usual, odd], 2, model, infiller)).toEqual([usual, odd])
    const nearer = { ...odd, distance: 0.5 }
    expect(await rankNatural([nearer, usual], 2, model, infiller)).toEqual([nearer, usual])
  })

  it('leaves what the model cannot read behind what it can, in the order it came', async () => {
    const model = readModelInfo(folder)
    using infiller = new InfillProcess(folder)
    const unreadable = { ...odd, tokens: ['nothing', 'of', 'a', 'kernel'] }
    const other = { ...unreadable, id: 1 }
    expect(await rankNatural([unreadable, other, odd], 3, model, infiller)).toEqual([odd, unreadable, other])
    expect(await rankNatural([], 8, model, infiller)).toEqual([])
  })
})
