// Kernels with one known fault each and their clean twins: every fault is caught and named, no twin is rejected. All of
// them on Oclgrind; a sample also on the device, which is slow (all of them there: docs/log.md).

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { preprocess } from '../../../kernels/preprocess.ts'
import { findOclgrind } from '../../../kernels/validate/oclgrind.ts'
import { faults } from '../../../kernels/validate/outcomes.ts'
import { Validator } from '../../../kernels/validate/validator.ts'
import { whyNoDevice } from '../native-device.ts'

interface Planted {
  readonly name: string
  readonly text: string
  readonly expected: string
}

const folder = fileURLToPath(new URL('../planted', import.meta.url))
const planted: readonly Planted[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.cl'))
  .sort()
  .map((name) => ({
    name,
    text: readFileSync(join(folder, name), 'utf8'),
    expected: name.endsWith('.faulty.cl') ? name.split('/')[0] : 'accepted',
  }))

const whyNot = (await whyNoDevice()) ?? whyNoOclgrind()
if (whyNot !== undefined) console.warn(`skipped: ${whyNot}`)

describe('planted faults', () => {
  it('are of known kinds, at least sixty, each with a clean twin', () => {
    const faulty = planted.filter(({ expected }) => expected !== 'accepted')
    expect(faulty.length).toBeGreaterThanOrEqual(60)
    expect(planted.length).toBe(2 * faulty.length)
    const known: readonly string[] = faults
    expect(faulty.filter(({ expected }) => !known.includes(expected))).toEqual([])
  })
})

describe.skipIf(whyNot !== undefined)('validation', () => {
  let quick: Validator
  let full: Validator
  beforeAll(async () => {
    quick = await Validator.open({ mode: 'quick', workers: 2 })
    full = await Validator.open({ mode: 'full', workers: 2 })
  })
  afterAll(() => {
    quick[Symbol.dispose]()
    full[Symbol.dispose]()
  })

  it('catches every planted fault on Oclgrind, and rejects no clean twin', { timeout: 600_000 }, async () => {
    expect(await findWrong(quick, planted)).toEqual([])
  })

  it('comes to the same on the device', { timeout: 600_000 }, async () => {
    expect(
      await findWrong(
        full,
        planted.filter((_, i) => i % 20 < 2),
      ),
    ).toEqual([])
  })
})

/** @returns each kernel whose outcome is another, with it */
async function findWrong(validator: Validator, kernels: readonly Planted[]): Promise<string[]> {
  const found = await Promise.all(
    kernels.map(async ({ name, text, expected }) => {
      const source = await preprocess(text)
      const { outcome, log } = await validator.validate(source.ok ? source.source : text, {
        seed: 1,
        interpreterLimits: { cpuMs: 2000 },
      })
      return outcome === expected ? [] : [`${name}: ${outcome} (${log})`]
    }),
  )
  return found.flat()
}

function whyNoOclgrind(): string | undefined {
  try {
    findOclgrind()
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
