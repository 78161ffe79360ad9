import { describe, expect, it } from 'vitest'
import type { DeviceLabel } from '../../../active-learning/data-set.ts'
import { impurity } from '../../../active-learning/grewe/tree/impurity.ts'
import { trainTree } from '../../../active-learning/grewe/tree/train-tree.ts'
import {
  askTree,
  predictTree,
  sizeOfTree,
  type TreeNode,
  type TreeSplit,
} from '../../../active-learning/grewe/tree/tree.ts'
import { Random } from '../../../synth/index.ts'

/** Points of a square grid, GPU where `isGpu`. */
function grid(size: number, isGpu: (x: number, y: number) => boolean): { points: number[][]; labels: DeviceLabel[] } {
  const points = Array.from({ length: size * size }, (_, i) => [i % size, Math.floor(i / size)])
  return { points, labels: points.map(([x, y]) => (isGpu(x, y) ? 'GPU' : 'CPU')) }
}

function splitsOf(tree: TreeNode): TreeSplit[] {
  return tree.kind === 'leaf' ? [] : [tree, ...splitsOf(tree.below), ...splitsOf(tree.above)]
}

describe('impurity', () => {
  it('is 0 for one label and greatest for both as frequent', () => {
    expect(impurity('entropy', 3, 0)).toBe(0)
    expect(impurity('entropy', 2, 2)).toBe(1)
    expect(impurity('gini', 2, 2)).toBe(0.5)
    expect(impurity('gini', 1, 3)).toBeCloseTo(2 * 0.25 * 0.75, 15)
    expect(impurity('entropy', 1, 3)).toBeCloseTo(0.8112781244591328, 12)
  })
})

describe('trainTree', () => {
  it('learns a threshold in the middle between the rows it parts', () => {
    const tree = trainTree([[1], [2], [4], [8]], ['CPU', 'CPU', 'GPU', 'GPU'])
    expect(tree).toMatchObject({ feature: 0, threshold: 3, counts: { cpu: 2, gpu: 2 } })
    expect(predictTree(tree, [3])).toBe('CPU')
    expect(predictTree(tree, [3.001])).toBe('GPU')
  })

  it('fits all rows that differ in a feature, even where no first split gains', () => {
    const { points, labels } = grid(2, (x, y) => x !== y)
    const tree = trainTree(points, labels)
    expect(points.map((point) => predictTree(tree, point))).toEqual(labels)
  })

  it('gives equal points with both labels the more frequent one, CPU for as many', () => {
    expect(trainTree([[1], [1]], ['GPU', 'CPU'])).toMatchObject({ kind: 'leaf', label: 'CPU' })
    const tree = trainTree([[1], [1], [1], [1]], ['GPU', 'CPU', 'GPU', 'GPU'])
    expect(predictTree(tree, [1])).toBe('GPU')
    expect(askTree(tree, [1])).toBe(0.75)
  })

  it('breaks ties by the first feature and the lowest threshold', () => {
    // Both features part the rows perfectly; so do both thresholds of the second set.
    expect(
      trainTree(
        [
          [1, 1],
          [2, 2],
        ],
        ['CPU', 'GPU'],
      ),
    ).toMatchObject({ feature: 0 })
    const two = trainTree([[1], [2], [3], [4]], ['CPU', 'GPU', 'CPU', 'GPU'], { maxLeaves: 2 })
    expect(two).toMatchObject({ threshold: 1.5 })
  })

  it('does not depend on the order of the rows', () => {
    const { points, labels } = grid(9, (x, y) => x * y > 20 || (x === 2 && y < 5))
    const backwards = trainTree(points.toReversed(), labels.toReversed())
    expect(backwards).toEqual(trainTree(points, labels))
  })

  it('draws ties from a seed, the same tree from the same one', () => {
    const points = Array.from({ length: 30 }, (_, i) => [i, i, i, i])
    const labels = points.map(([x]): DeviceLabel => (x % 7 < 3 ? 'CPU' : 'GPU'))
    const features = (seed: number): number[] =>
      splitsOf(trainTree(points, labels, { rng: new Random(seed) })).map(({ feature }) => feature)
    expect(features(1)).toEqual(features(1))
    expect(new Set([1, 2, 3, 4].map((seed) => features(seed).join())).size).toBeGreaterThan(1)
    expect(new Set(splitsOf(trainTree(points, labels)).map(({ feature }) => feature))).toEqual(new Set([0]))
  })

  it('keeps its limits', () => {
    const { points, labels } = grid(12, (x, y) => (x * 7 + y * 5) % 3 === 0)
    expect(sizeOfTree(trainTree(points, labels, { maxDepth: 3 })).depth).toBe(3)
    expect(trainTree(points, labels, { maxDepth: 0 })).toMatchObject({ kind: 'leaf' })
    expect(sizeOfTree(trainTree(points, labels, { maxLeaves: 5 })).leaves).toBe(5)
    const small = splitsOf(trainTree(points, labels, { minSamplesLeaf: 10 }))
    const sides = small.flatMap(({ below, above }) => [below, above]).map(({ counts }) => counts.cpu + counts.gpu)
    expect(Math.min(...sides)).toBeGreaterThanOrEqual(10)
    const split = splitsOf(trainTree(points, labels, { minSamplesSplit: 40 }))
    expect(Math.min(...split.map(({ counts }) => counts.cpu + counts.gpu))).toBeGreaterThanOrEqual(40)
  })

  it('spends a limit on leaves where it gains most', () => {
    // The left half holds one stray row, the right half two even blocks: after the first split the blocks come first.
    const xs = [...Array(40).keys()]
    const labels = xs.map((x): DeviceLabel => ((x >= 20 && x < 30) || x === 5 ? 'GPU' : 'CPU'))
    const tree = trainTree(
      xs.map((x) => [x]),
      labels,
      { maxLeaves: 3 },
    )
    expect(
      splitsOf(tree)
        .map(({ threshold }) => threshold)
        .sort(),
    ).toEqual([19.5, 29.5])
  })

  it('parts numbers with none between them', () => {
    const next = 1 + Number.EPSILON
    const tree = trainTree([[1], [next]], ['CPU', 'GPU'])
    expect([predictTree(tree, [1]), predictTree(tree, [next])]).toEqual(['CPU', 'GPU'])
  })

  it('refuses what it cannot learn from, naming it', () => {
    expect(() => trainTree([], [])).toThrow('points: expected at least one row')
    expect(() => trainTree([[1]], [])).toThrow('labels: expected one for each of 1 points, received 0')
    expect(() => trainTree([[Number.NaN]], ['CPU'])).toThrow('finite')
    expect(() => trainTree([[1]], ['CPU'], { maxDepth: -1 })).toThrow('maxDepth: expected an integer of at least 0')
    expect(() => trainTree([[1]], ['CPU'], { minSamplesLeaf: 1.5 })).toThrow('minSamplesLeaf')
  })
})
