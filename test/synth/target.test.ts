import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findTarget, loadTargetSuites } from '../../corpora/index.ts'
import { featureSpaces, grewe, instcount } from '../../features/index.ts'
import { resolveTarget, TargetMeter } from '../../synth/index.ts'

function fileWith(name: string, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const open = Number.NaN

describe('resolveTarget', () => {
  it('finds named targets in every space', async () => {
    const { name } = loadTargetSuites()[0].targets[0]
    for (const space of featureSpaces) {
      const { values } = await resolveTarget(name, space)
      expect([...values]).toEqual(space.names.map((feature) => findTarget(name).features[space.id][feature]))
    }
  })

  it('reads values as written, features not named left open', async () => {
    const { name, values } = await resolveTarget('comp=12, mem = 4.5 ,F2:coalesced/mem=1e-1', grewe)
    expect(name).toBe('comp=12, mem = 4.5 ,F2:coalesced/mem=1e-1')
    expect([...values]).toEqual([12, open, 4.5, open, open, open, 0.1, open])
    expect([...(await resolveTarget('F4:comp/mem=.5', grewe)).values].at(-1)).toBe(0.5)
  })

  it('reads JSON: the values alone, by space, or a line that `features` printed', async () => {
    for (const content of [
      { comp: 1, mem: 2 },
      { grewe: { comp: 1, mem: 2 } },
      { features: { grewe: { comp: 1, mem: 2 }, instcount: { TotalInsts: 3 } }, kernel: 'k' },
    ]) {
      const { values } = await resolveTarget(fileWith('t.json', JSON.stringify(content)), grewe)
      expect([...values]).toEqual([1, open, 2, open, open, open, open, open])
    }
  })

  it.each([
    ['comp=', "target: expected NAME=NUMBER, received 'comp='"],
    ['comp=1.2.3', "target: expected NAME=NUMBER, received 'comp=1.2.3'"],
    ['comp=1,,mem=2', "target: expected NAME=NUMBER, received ''"],
    ['comp=1e999', 'target: comp: expected a number, received Infinity'],
    ['cmp=1', "target: grewe has no feature 'cmp'; it has comp, rational, mem"],
    ['TotalInsts=1', "target: grewe has no feature 'TotalInsts'"],
    ['none.json', 'target: cannot read none.json'],
    ['none.cl', 'target: cannot read none.cl'],
    ['rodinia/bfs/nothing', "no target named 'rodinia/bfs/nothing'; did you mean rodinia/"],
  ])('says what is wrong with %s', async (text, message) => {
    const resolving = resolveTarget(text, grewe)
    await expect(resolving).rejects.toThrow(RangeError)
    await expect(resolving).rejects.toThrow(message)
  })

  it.each([
    ['not json', 'not JSON'],
    ['{}', 'no feature given'],
    ['[1, 2]', "grewe has no feature '0'"],
    ['{"comp": "1"}', 'expected an object of numbers for grewe'],
    ['{"features": {"instcount": {"TotalInsts": 1}}}', 'expected an object of numbers for grewe'],
    ['null', 'expected an object of numbers for grewe'],
  ])('says what is wrong with the JSON %s', async (content, message) => {
    const resolving = resolveTarget(fileWith('t.json', content), grewe)
    await expect(resolving).rejects.toThrow(RangeError)
    await expect(resolving).rejects.toThrow(message)
  })

  it('says that a folder is no file', async () => {
    const folder = fileWith('x', '')
    mkdirSync(`${folder}.cl`)
    await expect(resolveTarget(`${folder}.cl`, instcount)).rejects.toThrow('cannot read')
  })
})

describe('TargetMeter', () => {
  it('measures over the given features only', () => {
    const meter = new TargetMeter({
      name: 't',
      space: grewe,
      values: Float64Array.of(3, 4, open, open, open, open, open, open),
    })
    const at = (...values: number[]): number =>
      meter.distance(Float64Array.from({ length: 8 }, (_, i) => values[i] ?? 50))
    expect([at(3, 4), at(0, 0), at(3, 5)]).toEqual([0, 5, 1])
    expect([0, 5, 1, 99].map((distance) => meter.proximity(distance))).toEqual([100, 0, expect.closeTo(80), 0])
  })

  it('calls only an exact match near where the target is the origin', () => {
    const meter = new TargetMeter({ name: 't', space: grewe, values: new Float64Array(8) })
    expect([meter.proximity(0), meter.proximity(0.1)]).toEqual([100, 0])
  })
})
