// Every planted fault is to be found, and no clean twin to be turned away. Oclgrind alone sees all of them; the device
// as well, and all of the kernels that do not end (six seconds each), with BENCHSTEER_PLANTED=full in the environment.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot, Validator } from '../../kernels/index.ts'
import { whyNoDevice } from './native-device.ts'

const root = join(packageRoot, 'test', 'kernels', 'planted')
const isFull = process.env.BENCHSTEER_PLANTED === 'full'
const slowlyFound = 'does-not-end'

interface Planted {
  readonly path: string
  /** What the directory says, or `accepted` for a twin. */
  readonly expected: string
}

const planted = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.cl'))
  .sort()
  .map((path): Planted => ({ path, expected: path.endsWith('.clean.cl') ? 'accepted' : path.split('/')[0] }))

/** Kernels that are checked here: of those that take their time, two. */
const slow = planted.filter(({ expected }) => expected === slowlyFound)
const checked = isFull ? planted : planted.filter((one) => slow.indexOf(one) < 2)

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

  it.skipIf(reason !== undefined)(
    'are told apart: every fault is found, and no twin turned away',
    async () => {
      using validator = await Validator.open({ mode: isFull ? 'full' : 'quick', workers: 2 })
      const outcomes = await Promise.all(
        checked.map(async ({ path }) => {
          const { outcome } = await validator.validate(readFileSync(join(root, path), 'utf8'), { seed: 1 })
          return `${path}: ${outcome}`
        }),
      )
      expect(outcomes).toEqual(checked.map(({ path, expected }) => `${path}: ${expected}`))
    },
    isFull ? 900_000 : 240_000,
  )
})
