import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { DisposedError } from '../../kernels/index.ts'
import { emptyPrefix } from '../../synth/feature-prefix.ts'
import { infill, Model, Random, special } from '../../synth/index.ts'
import { InfillProcess } from '../../synth/infill-process.ts'
import { ProcessDied } from '../../synth/process-died.ts'
import { killChildren } from './kill-children.ts'
import { makeTinyModel, shippedModel } from './test-model.ts'

const made = shippedModel() ?? (await makeTinyModel())
if (typeof made === 'string') console.warn(`SKIPPED: ${made}`)

describe.skipIf(typeof made === 'string')('InfillProcess', () => {
  const { folder, isTemporary } = typeof made === 'string' ? { folder: '', isTemporary: false } : made
  afterAll(() => {
    if (isTemporary) rmSync(folder, { recursive: true, force: true })
  })
  const contexts = [{ ids: [special.HOLE], prefix: emptyPrefix, kind: 'scratch' as const }]
  const options = { samples: 3, temperature: 0.9, topP: 0.98, checked: true, maxTokens: 24 }

  it('writes what the model writes in this process', async () => {
    using model = await Model.load(folder)
    using infiller = new InfillProcess(folder)
    const [here, there, again] = [
      await infill(model, contexts, options, new Random(5)),
      await infiller.infill(contexts, options, 5),
      await infiller.infill(contexts, options, 5),
    ]
    expect(there).toEqual(here)
    expect(again).toEqual(there)
  })

  it('gives up when asked to, and goes on with the next', async () => {
    using infiller = new InfillProcess(folder)
    const abort = new AbortController()
    const long = infiller.infill(contexts, { ...options, samples: 64, maxTokens: 300, signal: abort.signal }, 1)
    abort.abort(new Error('enough'))
    await expect(long).rejects.toThrow('enough')
    expect(await infiller.infill(contexts, options, 5)).toHaveLength(3)
  })

  it('says what is wrong with the model', async () => {
    using infiller = new InfillProcess('/nowhere')
    await expect(infiller.infill(contexts, options, 1)).rejects.toThrow(/model file missing.*nowhere/)
  })

  it('starts anew and writes the same where its process is killed, and says so the second time', async () => {
    using infiller = new InfillProcess(folder)
    const expected = await infiller.infill(contexts, options, 5)
    const waiting = infiller.infill(contexts, options, 5)
    expect(killChildren('infill-worker')).toBe(1)
    expect(await waiting).toEqual(expected)
    const long = infiller.infill(contexts, { ...options, samples: 64, maxTokens: 300 }, 1)
    const timer = setInterval(() => killChildren('infill-worker'), 20)
    await expect(long).rejects.toThrow(ProcessDied)
    clearInterval(timer)
    await expect(long).rejects.toThrow('the infilling process ended (SIGKILL)')
    expect(await infiller.infill(contexts, options, 5)).toEqual(expected)
  })

  it('takes a model for broken whose process dies whenever it loads it', async () => {
    const timer = setInterval(() => killChildren('infill-worker'), 20)
    using infiller = new InfillProcess(folder)
    const waiting = infiller.infill(contexts, options, 5)
    await expect(waiting).rejects.toMatchObject({ code: 'MODEL_CORRUPT' })
    clearInterval(timer)
  })

  it('fails what waits when it is disposed of', async () => {
    const infiller = new InfillProcess(folder)
    const waiting = infiller.infill(contexts, options, 1)
    infiller[Symbol.dispose]()
    await expect(waiting).rejects.toThrow(DisposedError)
    await expect(infiller.infill(contexts, options, 1)).rejects.toThrow(DisposedError)
  })
})
