import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { CountFile } from '../../../kernels/measure/model/count-file.ts'
import { noWork } from '../../../kernels/measure/model/executed-work.ts'
import { WorkCounter } from '../../../kernels/measure/model/work-counter.ts'
import { planTimed } from '../../../kernels/measure/timing-device.ts'
import { temporaryFolder } from '../../corpora/samples.ts'

const work = { ...noWork, float: 2048, globalBytes: 12288 }

it('knows in another process what was counted, by text and payload', () => {
  const path = join(temporaryFolder(), 'counts.jsonl')
  const file = new CountFile(path)
  file.add('kernel void f0() {}', 'payload', work)
  expect(file.find('kernel void f0() {}', 'payload')).toEqual(work)
  const later = new CountFile(path)
  expect(later.find('kernel void f0() {}', 'payload')).toEqual(work)
  expect(later.find('kernel void f0() { }', 'payload')).toBeUndefined()
  expect(later.find('kernel void f0() {}', 'another')).toBeUndefined()
})

it('passes over half a line and what lacks a count, and goes on behind them', () => {
  const path = join(temporaryFolder(), 'counts.jsonl')
  new CountFile(path).add('first', 'p', work)
  appendFileSync(path, `\n${JSON.stringify({ launch: 'x', work: { float: 1 } })}\n{"launch":"ab`)
  new CountFile(path).add('second', 'p', noWork)
  const later = new CountFile(path)
  expect([later.find('first', 'p'), later.find('second', 'p')]).toEqual([work, noWork])
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(5)
})

it('fails where the file cannot be read', () => {
  const path = join(temporaryFolder(), 'folder')
  mkdirSync(path)
  expect(() => new CountFile(path)).toThrow(/EISDIR/)
})

it('saves a counter the interpreter', async () => {
  const source = 'kernel void f0(global float* p0) { p0[get_global_id(0)] += 1.0f; }\n'
  const planned = planTimed(source, { size: 64, seed: 3 })
  if (!planned.ok) throw new Error(planned.log)
  const file = new CountFile(join(temporaryFolder(), 'counts.jsonl'))
  file.add(source, planned.facts.hash, work)
  const hasty = new WorkCounter(1, file) // no interpreter ends within a millisecond
  expect(await hasty.count(source, { items: 64, seed: 3 })).toEqual({ ok: true, work, isExtrapolated: false })
})
