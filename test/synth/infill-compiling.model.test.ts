import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { compileAll } from '../../kernels/index.ts'
import { type Context, emptyPrefix, type Infill, infill, Model, Random, special } from '../../synth/index.ts'
import { infillCompiling } from '../../synth/infill-compiling.ts'
import { makeTinyModel, shippedModel } from './test-model.ts'

const shipped = shippedModel()
const made = shipped ?? (await makeTinyModel())
if (typeof made === 'string') console.warn(`SKIPPED: ${made}`)

describe.skipIf(typeof made === 'string')('infillCompiling', () => {
  const { folder, isTemporary } = typeof made === 'string' ? { folder: '', isTemporary: false } : made
  afterAll(() => {
    if (isTemporary) rmSync(folder, { recursive: true, force: true })
  })
  const left = 'kernel void f0 ( global int * p0 ) { int v0 = get_global_id ( 0 ) ;'.split(' ')
  const right = ['p0', '[', 'v0', ']', '=', 'v0', ';', '}']
  const options = { samples: 12, temperature: 1, topP: 0.98, checked: true, maxTokens: 60 }

  function contextsOf(model: Model): Context[] {
    const [before, after] = [left, right].map((tokens) => model.tokenizer.encode(tokens)?.ids ?? [])
    return [
      { ids: [...before, special.HOLE, ...after], prefix: emptyPrefix, kind: 'statements' },
      { ids: [...before, special.HOLE], prefix: emptyPrefix }, // nothing says that the body must end
    ]
  }

  async function compiling({ tokenizer }: Model, infills: readonly Infill[]): Promise<boolean[]> {
    const sources = infills.map(({ hole, ids }) =>
      [...left, ...tokenizer.decode(ids), ...(hole === 0 ? right : [])].join(' '),
    )
    return (await compileAll(sources, { checkOnly: true, isStrict: true })).map(({ ok }) => ok)
  }

  it('keeps what compiles, and rewrites what does not', async () => {
    using model = await Model.load(folder)
    const [context] = contextsOf(model)
    const bold = { ...options, samples: 24, temperature: 1.5 }
    const once = await infill(model, [context], bold, new Random(3).fork())
    const again = await infillCompiling(model, [context], { ...bold, rewrites: 6 }, new Random(3))
    const [before, after] = [await compiling(model, once), await compiling(model, again)]
    expect(before).toContain(false)
    once.forEach((one, i) => {
      if (one.isComplete && before[i]) expect(again[i]).toEqual(one)
    })
    if (shipped === undefined) return // random weights seldom compile
    expect(after.filter(Boolean).length).toBeGreaterThan(before.filter(Boolean).length)
  })

  it('rewrites each hole by itself, in order', async () => {
    using model = await Model.load(folder)
    const contexts = contextsOf(model)
    const settings = { ...options, samples: 3, temperature: [0.7, 1], maxTokens: [40, 20], rewrites: 2 }
    const infills = await infillCompiling(model, contexts, settings, new Random(3))
    expect(infills.map(({ hole }) => hole)).toEqual([0, 0, 0, 1, 1, 1])
    for (const { hole, ids } of infills) expect(ids.length).toBeLessThanOrEqual(settings.maxTokens[hole])
  })

  it('begins samples as it is told', async () => {
    using model = await Model.load(folder)
    const [context] = contextsOf(model)
    const start = model.tokenizer.encode(['v0', '+=', '2', ';'])?.ids ?? []
    const infills = await infill(
      model,
      [context],
      { ...options, samples: 3, maxTokens: 20, starts: [[start, start.slice(0, 2)]] },
      new Random(3),
    )
    expect(infills[0].ids.slice(0, start.length)).toEqual(start)
    expect(infills[1].ids.slice(0, 2)).toEqual(start.slice(0, 2))
    expect(infills[2]).toMatchObject({ ids: [], isComplete: false })
  })
})
