// Every planted fault is to be found, and no clean twin to be turned away. Oclgrind sees all of them here, and the
// device a sample; the device all of them with BENCHSTEER_PLANTED=full in the environment.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot, type ValidationMode, Validator } from '../../kernels/index.ts'
import { whyNoDevice } from './native-device.ts'

const root = join(packageRoot, 'test', 'kernels', 'planted')
const isFull = process.env.BENCHSTEER_PLANTED === 'full'

interface Planted {
  readonly path: string
  /** What the directory says, or `accepted` for a twin. */
  readonly expected: string
}

const planted = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.cl'))
  .sort()
  .map((path): Planted => ({ path, expected: path.endsWith('.clean.cl') ? 'accepted' : path.split('/')[0] }))

/** Of every kind some, fault and twin. */
const sample = planted.filter((_, i) => i % 20 < 2)

const probed = /^(?:data-race|divergent-barrier|input-blind|no-output|out-of-bounds|uninitialised-read)/

const reason = await whyNoDevice()
if (reason !== undefined) console.warn(`SKIPPED: ${reason}`)

describe('the planted kernels', () => {
  it('come in pairs that differ', () => {
    const faulty = planted.filter(({ expected }) => expected !== 'accepted')
    expect(faulty.length).toBeGreaterThanOrEqual(60)
    for (const { path } of faulty) {
      const twin = path.replace('.faulty.', '.clean.')
      expect(readFileSync(join(root, twin), 'utf8')).not.toBe(readFileSync(join(root, path), 'utf8'))
    }
    expect(planted).toHaveLength(2 * faulty.length)
  })

  it.skipIf(reason !== undefined)('are told apart on Oclgrind', { timeout: 600_000 }, async () => {
    expect(await outcomesOf('quick', planted)).toEqual(expectedOf(planted))
  })

  it.skipIf(reason !== undefined)('are told apart on the device, too', { timeout: 1_200_000 }, async () => {
    const checked = isFull ? planted : sample
    expect(await outcomesOf('full', checked)).toEqual(expectedOf(checked))
  })
})

describe.skipIf(reason !== undefined)('a probe', () => {
  it('sees races, overruns, uninitialised reads, missing output and blindness, and turns away no twin that need not be looked at long', async () => {
    using validator = await Validator.open({ mode: 'quick', workers: 2 })
    const running = planted.filter(({ path }) => probed.test(path))
    const options = { seed: 1, interpreterLimits: { cpuMs: 2000 } }
    const outcomes = await Promise.all(
      running.map(async ({ path, expected }) => {
        const outcome = await validator.probe(readFileSync(join(root, path), 'utf8'), options)
        return { path, isClean: expected === 'accepted', isAccepted: outcome === 'accepted' }
      }),
    )
    // Whether a kernel is blind takes more payloads than a probe has.
    const clean = outcomes.filter(({ path, isClean }) => isClean && !path.startsWith('input-blind'))
    expect(clean.filter(({ isAccepted }) => !isAccepted)).toEqual([])
    const missed = outcomes.filter(({ isClean, isAccepted }) => !isClean && isAccepted)
    expect(missed).toEqual([])
    expect(clean.length).toBeGreaterThan(30)
  })
})

async function outcomesOf(mode: ValidationMode, kernels: readonly Planted[]): Promise<string[]> {
  using validator = await Validator.open({ mode, workers: 2 })
  // What ends at all does so within milliseconds.
  const options = { seed: 1, interpreterLimits: { cpuMs: 2000 } }
  return await Promise.all(
    kernels.map(async ({ path }) => {
      const { outcome } = await validator.validate(readFileSync(join(root, path), 'utf8'), options)
      return `${path}: ${outcome}`
    }),
  )
}

function expectedOf(kernels: readonly Planted[]): string[] {
  return kernels.map(({ path, expected }) => `${path}: ${expected}`)
}
