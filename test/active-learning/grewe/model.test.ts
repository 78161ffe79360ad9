import { describe, expect, it } from 'vitest'
import type { GreweRow } from '../../../active-learning/data-set.ts'
import { toCHeader } from '../../../active-learning/grewe/export/c-header.ts'
import { toGraphviz } from '../../../active-learning/grewe/export/graphviz.ts'
import { drawTree } from '../../../active-learning/grewe/export/tree-picture.ts'
import { formatTree } from '../../../active-learning/grewe/export/tree-text.ts'
import { featureNames, featureSets } from '../../../active-learning/grewe/model/feature-sets.ts'
import { modelKinds, predictModel, trainModel } from '../../../active-learning/grewe/model/model.ts'
import { formatModel, parseModel } from '../../../active-learning/grewe/model/model-file.ts'
import { modelledRows } from './rows.ts'

const rows = modelledRows(60, 1)
const training = { data: ['x.csv'], rows: rows.length, programs: 20, options: {}, version: '0' }

function accuracy(model: Parameters<typeof predictModel>[0], data: readonly GreweRow[]): number {
  return data.filter((row) => predictModel(model, row) === row.label).length / data.length
}

describe.each(modelKinds)('a %s', (kind) => {
  it.each(featureSets)('learns from %s features what a rule of them decides', (features) => {
    const model = trainModel(modelledRows(300, 2), { kind, features, trees: 15 })
    expect(accuracy(model, modelledRows(200, 3))).toBeGreaterThan(0.85)
  })

  it('is the same from the same seed, and from its file', () => {
    const model = trainModel(rows, { kind, seed: 4, trees: 5 })
    expect(trainModel(rows, { kind, seed: 4, trees: 5 })).toEqual(model)
    expect(parseModel(formatModel({ model, training }), 'm.json')).toEqual({ model, training })
  })
})

describe('a model file', () => {
  it('that is damaged is refused with its name', () => {
    const text = formatModel({ model: trainModel(rows), training })
    expect(() => parseModel('{', 'm.json')).toThrow('m.json: expected a model of grewe train, received no JSON')
    expect(() => parseModel('{"format":"x"}', 'm.json')).toThrow('its format is "x"')
    expect(() => parseModel(text.replace('"version": 1', '"version": 9'), 'm.json')).toThrow('its version is 9')
    expect(() => parseModel(text.replace('"threshold"', '"treshold"'), 'm.json')).toThrow('its model is not whole')
    expect(() => parseModel(text.replace('"feature": 0', '"feature": 4'), 'm.json')).toThrow('its model is not whole')
    const near = formatModel({ model: trainModel(rows, { kind: 'k-nn' }), training })
    for (const part of ['"nearest"', '"examples"', '"point"', '"means"', '"label"']) {
      expect(() => parseModel(near.replaceAll(part, '"x"'), 'm.json')).toThrow('its model is not whole')
    }
  })
})

describe('options of a model', () => {
  it('are refused by name', () => {
    expect(() => trainModel(rows, { trees: 0 })).toThrow('trees: expected an integer from 1 to 1000, received 0')
    expect(() => trainModel(rows, { tree: { maxDepth: 0.5 } })).toThrow('maxDepth')
    expect(() => trainModel([], {})).toThrow('rows: expected at least one')
  })
})

describe('pictures of a tree', () => {
  const model = trainModel(rows, { tree: { maxDepth: 2 } })
  if (model.kind !== 'tree') throw new Error('no tree')
  const names = featureNames('combined')

  it('show every node as text', () => {
    const lines = formatTree(model.tree, names)
    expect(lines[0]).toMatch(/^F1:transfer\/\(comp\+mem\) <= [\d.e+]+$/)
    expect(
      lines.slice(1).every((line) => /^( {2})+(yes|no ) (F\d:.* <= .*|→ [CG]PU \(CPU \d+, GPU \d+\))$/.test(line)),
    ).toBe(true)
    expect(lines.filter((line) => line.includes('→')).length).toBe(
      lines.filter((line) => line.includes('<=')).length + 1,
    )
    expect(formatTree(model.tree, names, 0)[0]).toMatch(/^… \d leaves \(CPU \d+, GPU \d+\)$/)
  })

  it('show every node to Graphviz', () => {
    const dot = toGraphviz(model.tree, names)
    const nodes = dot.match(/^ {2}n\d+ \[/gm)?.length ?? 0
    expect(nodes).toBe(formatTree(model.tree, names).length)
    expect(dot.match(/->/g)).toHaveLength(nodes - 1)
    expect(dot).toMatch(/^digraph grewe \{[\s\S]*\}\n$/)
  })

  it('show every node as SVG, and no more than is asked for', () => {
    const svg = drawTree(model.tree, names)
    expect(svg.match(/<g>/g)).toHaveLength(formatTree(model.tree, names).length)
    expect(svg).not.toContain('NaN')
    expect(svg).toContain('&#60;=')
    expect(drawTree(model.tree, names, 1).match(/<g>/g)).toHaveLength(3)
  })
})

describe('a large picture', () => {
  it('has no two boxes over each other', () => {
    const unruly = modelledRows(120, 6).map((row, i): GreweRow => ({ ...row, label: i % 3 === 0 ? 'CPU' : 'GPU' }))
    const model = trainModel(unruly, { features: 'extended' })
    if (model.kind !== 'tree') throw new Error('no tree')
    const svg = drawTree(model.tree, featureNames('extended'))
    const boxes = [...svg.matchAll(/<g><rect x="([-\d.]+)" y="(\d+)" width="([\d.]+)"/g)].map(([, x, y, width]) => {
      return { left: Number(x), level: y, right: Number(x) + Number(width) }
    })
    expect(boxes.length).toBeGreaterThan(15)
    for (const level of new Set(boxes.map((box) => box.level))) {
      const row = boxes.filter((box) => box.level === level).sort((a, b) => a.left - b.left)
      for (let i = 1; i < row.length; i++) expect(row[i].left).toBeGreaterThan(row[i - 1].right)
    }
  })
})

describe('a C header', () => {
  it('is refused where there is no code to write', () => {
    expect(() => toCHeader(trainModel(rows, { kind: 'k-nn' }), 'x')).toThrow('expected a tree or a forest')
  })

  it('keeps its comment closed, whatever the data is called', () => {
    expect(toCHeader(trainModel(rows), 'trained on a*/b\n.csv').split('\n')[1]).toBe(' * trained on a* /b .csv')
  })
})
