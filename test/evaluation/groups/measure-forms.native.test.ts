// Drafts through the real compiler, and the CLSmith that BENCHSTEER_CLSMITH names, where it does.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { clsmith, generateOne } from '../../../evaluation/groups/clsmith.ts'
import { FormMeter } from '../../../evaluation/groups/measure-forms.ts'
import { Course } from '../../../evaluation/runner/course.ts'
import { measureAlone } from '../../../evaluation/runner/judge.ts'
import { findFeatureSpace } from '../../../features/index.ts'
import { normaliseText } from '../../../kernels/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-forms-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const good = 'kernel void f(global int* a) { a[get_global_id(0)] += 1; }'
const renamed = good.replaceAll('a[', 'b[').replace('* a', '* b')
const undeclared = 'kernel void f(global int* a) { a[0] = nowhere(1); }'
const larger = 'kernel void f(global float* a) { int i = get_global_id(0); a[i] = a[i] * a[i + 1] + a[i + 2] * 2.0f; }'
const drafts = [good, renamed, undeclared, larger, 'kernel void f(', ''].map((text) => ({ text, isForeign: false }))

function meterOf(id: string) {
  const space = findFeatureSpace(id)
  const target = { name: 'origin', space, values: new Float64Array(space.names.length) }
  const course = new Course(
    () => 0,
    1000,
    10,
    async () => true,
  )
  return { course, meter: new FormMeter({ target, course, signal: new AbortController().signal }) }
}

describe('drafts', () => {
  it.each(['grewe', 'instcount'])('are counted at each stage and handed over nearest first in %s', async (id) => {
    const { course, meter } = meterOf(id)
    await meter.measure(drafts)
    expect(course.counts).toEqual({ evaluated: 6, parsed: 4, unique: 3, checked: 3, compiled: 2 })
    expect(course.ranked).toHaveLength(2)
    for (const { text, values } of course.ranked) {
      expect((await measureAlone(text ?? ''))?.vectors[id]).toEqual([...values])
    }
    await meter.measure([{ text: renamed, isForeign: false }])
    expect(course.counts).toMatchObject({ evaluated: 7, unique: 3, checked: 3 })
  })

  it('that are too far away are not compiled where features need no compiler', async () => {
    const { course, meter } = meterOf('grewe')
    await meter.measure(drafts, { farthest: 0 })
    expect(course.counts).toMatchObject({ unique: 3, checked: 0, compiled: 0 })
  })
})

describe('CLSmith', () => {
  const binary = process.env.BENCHSTEER_CLSMITH
  if (binary === undefined) console.warn('SKIPPED: CLSmith: BENCHSTEER_CLSMITH names no executable')

  it.skipIf(binary === undefined)('writes programs whose features come out', { timeout: 60_000 }, async () => {
    const path = binary ?? ''
    const place = { binary: path, includePaths: [dirname(path), join(dirname(path), '..', 'runtime')] }
    expect(await clsmith.findObstacle({ model: '', cores: 1, clsmith: place })).toBeUndefined()
    const [first, again] = [await generateOne(place, 7, folder), await generateOne(place, 7, folder)]
    expect(again).toEqual(first)
    const form = normaliseText(first[0].text)
    if (!form.ok) throw new Error(form.log)
    expect((await measureAlone(form.text))?.irInstructions).toBeGreaterThan(10)
  })
})
