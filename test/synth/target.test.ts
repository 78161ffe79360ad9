import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findTarget, loadTargetSuites } from '../../corpora/index.ts'
import { autophase, featureSpaces, grewe, instcount, joinSpaces } from '../../features/index.ts'
import { Random, resolveSpaces, resolveTarget, resolveTargets, type Target, TargetMeter } from '../../synth/index.ts'

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
    ['comp=', "target: expected NAME=NUMBER or NAME=LOW..HIGH, received 'comp='"],
    ['comp=1.2.3', "target: expected NAME=NUMBER or NAME=LOW..HIGH, received 'comp=1.2.3'"],
    ['comp=1,,mem=2', "target: expected NAME=NUMBER or NAME=LOW..HIGH, received ''"],
    ['comp=..', "target: expected NAME=NUMBER or NAME=LOW..HIGH, received 'comp=..'"],
    ['comp=8..4', 'target: comp: expected LOW..HIGH, received 8..4'],
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
    ['mem=4..8', 4, 8],
    ['mem=.5..1.5', 0.5, 1.5],
    ['mem=4..', 4, Number.POSITIVE_INFINITY],
    ['mem = ..8', Number.NEGATIVE_INFINITY, 8],
  ])('reads the range %s', async (text, low, high) => {
    const { values, upper } = await resolveTarget(`comp=2,${text}`, grewe)
    expect([values[0], values[2], values[3]]).toEqual([2, low, open])
    expect([upper?.[0], upper?.[2], upper?.[3]]).toEqual([2, high, open])
    const bounds = [low, high].map((end) => (Number.isFinite(end) ? end : null))
    const file = fileWith('t.json', JSON.stringify({ comp: 2, mem: bounds }))
    expect(await resolveTarget(file, grewe)).toMatchObject({ values, upper })
  })

  it('reads features of several spaces', async () => {
    const { space } = await resolveSpaces('grewe, instcount')
    const at = (target: Target, name: string): number => target.values[space.names.indexOf(name)]
    const written = await resolveTarget('grewe:comp=1,TotalInsts=9', space)
    expect([at(written, 'grewe:comp'), at(written, 'instcount:TotalInsts')]).toEqual([1, 9])
    const json = { features: { grewe: { comp: 2 }, instcount: { TotalInsts: 8 }, autophase: { TotalInsts: 7 } } }
    const read = await resolveTarget(fileWith('t.json', JSON.stringify(json)), space)
    expect([at(read, 'grewe:comp'), at(read, 'instcount:TotalInsts')]).toEqual([2, 8])
    const { name } = loadTargetSuites()[0].targets[0]
    const named = await resolveTarget(name, space)
    const alone = await Promise.all([grewe, instcount].map(async (one) => (await resolveTarget(name, one)).values))
    expect([...named.values]).toEqual(alone.flatMap((values) => [...values]))
    const both = joinSpaces([instcount, autophase])
    await expect(resolveTarget('TotalInsts=1', both)).rejects.toThrow(
      "'TotalInsts' may be instcount:TotalInsts or autophase:TotalInsts; name one",
    )
  })

  it.each([
    ['not json', 'not JSON'],
    ['{}', 'no feature given'],
    ['{"mem": [1, 2, 3]}', 'expected an object of numbers for grewe, or of [LOW, HIGH]'],
    ['{"mem": [null, null]}', 'expected an object of numbers for grewe, or of [LOW, HIGH]'],
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

describe('resolveTargets', () => {
  const named = (targets: readonly Target[]): (readonly [string, number[]])[] =>
    targets.map(({ name, values }) => [name, [...values].filter((value) => !Number.isNaN(value))])

  it('finds suites and parts of them, each point once', async () => {
    const [{ targets }] = loadTargetSuites()
    const all = await resolveTargets('rodinia', grewe)
    expect(all.length).toBeGreaterThan(40)
    expect(all.length).toBeLessThan(targets.length)
    expect(new Set(all.map(({ values }) => values.join())).size).toBe(all.length)
    const part = await resolveTargets('rodinia/bfs', grewe)
    expect(part.map(({ name }) => name)).toEqual(['rodinia/bfs/BFS_1', 'rodinia/bfs/BFS_2'])
    expect(await resolveTargets('rodinia/bfs/BFS_1', grewe)).toEqual([await resolveTarget('rodinia/bfs/BFS_1', grewe)])
    await expect(resolveTargets('rodinia/bf', grewe)).rejects.toThrow('did you mean rodinia/')
  })

  it('lays out grids', async () => {
    expect(named(await resolveTargets('grid:comp=0..1/0.5,mem=3', grewe))).toEqual([
      ['comp=0,mem=3', [0, 3]],
      ['comp=0.5,mem=3', [0.5, 3]],
      ['comp=1,mem=3', [1, 3]],
    ])
    expect(await resolveTargets('grid:comp=0..9,mem=0..40/10', grewe)).toHaveLength(50)
    const tenths = await resolveTargets('grid:F2:coalesced/mem=0..0.7/0.1', grewe)
    expect(tenths.map(({ name }) => name).slice(-2)).toEqual(['F2:coalesced/mem=0.6', 'F2:coalesced/mem=0.7'])
    const written = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    expect(tenths.map(({ values }) => values[grewe.names.indexOf('F2:coalesced/mem')])).toEqual(written)
    await expect(resolveTargets('grid:comp=0..9/0', grewe)).rejects.toThrow("target: no points in 'comp=0..9/0'")
    await expect(resolveTargets('grid:comp', grewe)).rejects.toThrow('expected NAME=LOW..HIGH/STEP')
    await expect(resolveTargets('grid:comp=0..999,mem=0..999', grewe)).rejects.toThrow('1000000 points')
  })

  it('reads a file line by line, and leaves out what is of other spaces', async () => {
    const lines = [
      { comp: 1, mem: [2, 3] },
      { name: 'mine', grewe: { comp: 4 } },
      { name: 'other', features: { instcount: { TotalInsts: 5 } } },
      { kernel: 'k', features: { grewe: { comp: 6 }, instcount: { TotalInsts: 7 } } },
    ]
    const file = fileWith('t.jsonl', `${lines.map((line) => JSON.stringify(line)).join('\n')}\n\n`)
    expect(named(await resolveTargets(file, grewe))).toEqual([
      [`${file}:1`, [1, 2]],
      ['mine', [4]],
      [`${file}:4`, [6]],
    ])
    await expect(resolveTargets(file, instcount)).rejects.toThrow("instcount has no feature 'comp'")
  })

  it('refuses one name for different targets, and takes a target twice for one', async () => {
    const file = fileWith('t.jsonl', '{"name":"a","comp":1}\n{"name":"b","comp":3}\n{"name":"a","comp":[1,2]}\n')
    const message = `target: 'a' names different targets in ${file}, line 1 and line 3; expected a name of its own`
    await expect(resolveTargets(file, grewe)).rejects.toThrow(message)
    const twice = fileWith('t.jsonl', '{"name":"a","comp":1}\n{"name":"a","comp":1}\n')
    expect(named(await resolveTargets(twice, grewe))).toEqual([['a', [1]]])
  })

  it('names the line that is wrong', async () => {
    const file = fileWith('t.jsonl', '{"comp": 1}\n{"comp": }\n')
    await expect(resolveTargets(file, grewe)).rejects.toThrow(`target ${file}:2: not JSON`)
    const other = fileWith('t.jsonl', '{"comp": "x"}\n')
    await expect(resolveTargets(other, grewe)).rejects.toThrow(`target ${other}:1: expected an object of numbers`)
  })
})

describe('resolveSpaces', () => {
  it('reads one, several and weights', async () => {
    expect(await resolveSpaces('grewe')).toEqual({ space: grewe })
    const { space, weights } = await resolveSpaces('grewe=2, instcount')
    expect([space.id, space.names[0], weights]).toEqual(['grewe+instcount', 'grewe:comp', [2, 1]])
  })

  it.each([
    ['grewe=0', "space: expected a weight above 0 after 'grewe=', received '0'"],
    ['grewe,grewe', 'space: grewe is given twice'],
    ['grewe,instcont', "did you mean 'instcount'?"],
    ['./none.mjs', "cannot load the feature space module './none.mjs'"],
  ])('says what is wrong with %s', async (text, message) => {
    await expect(resolveSpaces(text)).rejects.toThrow(message)
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

  it('measures to the nearest end of a range', () => {
    const values = Float64Array.of(3, Number.NEGATIVE_INFINITY, open, open, open, open, open, open)
    const upper = Float64Array.of(5, 4, open, open, open, open, open, open)
    const meter = new TargetMeter({ name: 't', space: grewe, values, upper })
    const at = (comp: number, rational: number): number =>
      meter.distance(Float64Array.of(comp, rational, 9, 9, 9, 9, 9, 9))
    expect([at(0, 0), at(3, 4), at(5, -1), at(7, 4), at(8, 8)]).toEqual([3, 0, 0, 2, 5])
    expect([0, 1.5, 3, 4].map((distance) => meter.proximity(distance))).toEqual([100, 50, 0, 0])
    expect([...meter.point].slice(0, 3)).toEqual([4, 4, open])
  })

  it('measures several spaces in units of their targets', () => {
    const space = joinSpaces([grewe, instcount])
    const values = new Float64Array(space.names.length).fill(open)
    values[0] = 10
    values[grewe.names.length] = 1000
    const at = (meter: TargetMeter, comp: number, insts: number): number => {
      const vector = new Float64Array(space.names.length)
      vector[0] = comp
      vector[grewe.names.length] = insts
      return meter.distance(vector)
    }
    const alike = new TargetMeter({ name: 't', space, values })
    expect([at(alike, 10, 1000), at(alike, 5, 1000), at(alike, 10, 500), at(alike, 0, 0)]).toEqual([
      ...[0, 0.5, 0.5],
      Math.SQRT2,
    ])
    const weighted = new TargetMeter({ name: 't', space, values, weights: [3, 4] })
    expect([at(weighted, 5, 1000), at(weighted, 10, 500), at(weighted, 0, 0)]).toEqual([1.5, 2, 5])
    expect(weighted.proximity(2.5)).toBe(50)
  })

  it('calls only an exact match near where the target is the origin', () => {
    const meter = new TargetMeter({ name: 't', space: grewe, values: new Float64Array(8) })
    expect([meter.proximity(0), meter.proximity(0.1)]).toEqual([100, 0])
  })

  it('weighs what was pressed more, in its effort alone, until it is relaxed', () => {
    const values = Float64Array.of(4, 0, 4, open, open, open, open, open)
    const meter = new TargetMeter({ name: 't', space: grewe, values })
    const lacking = Float64Array.of(3, 0, 4, 0, 0, 0, 0, 0)
    const excessive = Float64Array.of(4, 0, 5, 9, 0, 0, 0, 0)
    expect([lacking, excessive].map((vector) => meter.effort(vector))).toEqual([1, 1])
    meter.press(lacking)
    expect(meter.pressed).toBe(1)
    expect([lacking, excessive].map((vector) => meter.effort(vector))).toEqual([1.5, 1])
    expect([lacking, excessive].map((vector) => meter.distance(vector))).toEqual([1, 1])
    expect([...meter.additiveGap(lacking)]).toEqual([1.5, 0, 0])
    expect([...meter.additiveChange(excessive)]).toEqual([6, 0, 5])
    meter.relax()
    expect(meter.pressed).toBe(2)
    expect(meter.effort(lacking)).toBe(1)
  })

  it('draws weights about 1, more for what was off, that fade again', () => {
    const values = Float64Array.of(4, 4, 4, open, open, open, open, open)
    const meter = new TargetMeter({ name: 't', space: grewe, values })
    const off = Float64Array.of(4, 4, 5, 0, 0, 0, 0, 0)
    const ones = [0, 1, 2].map((feature) => values.map((value, i) => (i === feature ? value + 1 : value)))
    const rng = new Random(1)
    const drawn = Array.from({ length: 400 }, () => {
      meter.stir(rng, off)
      return ones.map((vector) => meter.effort(vector))
    })
    const logs = [0, 1, 2].map((feature) => drawn.map((weights) => Math.log(weights[feature])))
    const centres = [0, 0, Math.log(2)]
    for (const [feature, list] of logs.entries()) {
      const mean = list.reduce((sum, value) => sum + value, 0) / list.length
      const variance = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length
      expect(Math.abs(mean - centres[feature])).toBeLessThan(0.1)
      expect(Math.abs(Math.sqrt(variance) - 0.4)).toBeLessThan(0.1)
    }
    expect(meter.distance(ones[2])).toBe(1)
    const before = meter.effort(ones[2])
    for (let i = 0; i < 20; i++) meter.settle()
    expect(Math.abs(Math.log(meter.effort(ones[2])))).toBeLessThan(Math.abs(Math.log(before)) / 50)
    expect(meter.pressed).toBe(420)
  })
})
