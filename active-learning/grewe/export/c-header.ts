// A tree or a forest as a C header of its own: one function, no library, C99 and C++. Numbers are written with all
// their digits, so that the compiled code decides as the model does.

import { featureNames } from '../model/feature-sets.ts'
import type { GreweModel } from '../model/model.ts'
import { sizeOfTree, type TreeNode } from '../tree/tree.ts'

/** Compilers take 127 levels of blocks for granted (C99, 5.2.4.1). */
const deepestTree = 120

/**
 * Write the header.
 * @param origin - a line for the comment at its top: what the model was trained on
 * @throws {RangeError} for k-NN, whose model is its data, and for trees deeper than 120 splits
 */
export function toCHeader(model: GreweModel, origin: string): string {
  if (model.kind === 'k-nn') throw new RangeError('kind: expected a tree or a forest for a C header, received k-nn')
  const trees = model.kind === 'tree' ? [model.tree] : model.trees
  const depth = Math.max(...trees.map((tree) => sizeOfTree(tree).depth))
  if (depth > deepestTree) throw new RangeError(`depth: expected at most ${deepestTree} splits, received ${depth}`)
  const names = featureNames(model.features)
  const body = model.kind === 'tree' ? treeBody(model.tree) : forestBody(trees)
  return [
    '/* Which device should run an OpenCL kernel: written by benchsteer, do not edit.',
    ` * ${origin.replaceAll('*/', '* /').replaceAll(/[\r\n]+/g, ' ')}`,
    ' */',
    '#ifndef BENCHSTEER_GREWE_H',
    '#define BENCHSTEER_GREWE_H',
    '',
    `#define BENCHSTEER_GREWE_FEATURES ${names.length}`,
    '#define BENCHSTEER_CPU 0',
    '#define BENCHSTEER_GPU 1',
    '',
    ...(model.kind === 'forest' ? trees.flatMap((tree, i) => [...shareFunction(tree, i), '']) : []),
    '/* BENCHSTEER_CPU or BENCHSTEER_GPU, for features in this order:',
    ...names.map((name, i) => ` * ${i} ${name.replaceAll('*/', '* /').replaceAll('/*', '/ *')}`),
    ' */',
    'static inline int benchsteer_grewe_predict(const double features[BENCHSTEER_GREWE_FEATURES])',
    '{',
    ...body.map((line) => `  ${line}`),
    '}',
    '',
    '#endif',
    '',
  ].join('\n')
}

function treeBody(tree: TreeNode): string[] {
  return writeNode(tree, ({ label }) => `return BENCHSTEER_${label};`)
}

/** Sums in the order of the trees, as `askForest` does. */
function forestBody(trees: readonly TreeNode[]): string[] {
  return [
    'double sum = 0.0;',
    ...trees.map((_, i) => `sum += benchsteer_grewe_tree_${i}(features);`),
    `return sum / ${trees.length}.0 > 0.5 ? BENCHSTEER_GPU : BENCHSTEER_CPU;`,
  ]
}

function shareFunction(tree: TreeNode, i: number): string[] {
  const body = writeNode(tree, ({ counts }) => `return ${literal(counts.gpu)} / ${literal(counts.cpu + counts.gpu)};`)
  return [
    `static inline double benchsteer_grewe_tree_${i}(const double features[BENCHSTEER_GREWE_FEATURES])`,
    '{',
    ...body.map((line) => `  ${line}`),
    '}',
  ]
}

function writeNode(node: TreeNode, leaf: (node: Extract<TreeNode, { kind: 'leaf' }>) => string): string[] {
  if (node.kind === 'leaf') return [leaf(node)]
  const branch = (child: TreeNode): string[] => writeNode(child, leaf).map((line) => `  ${line}`)
  return [
    `if (features[${node.feature}] <= ${literal(node.threshold)}) {`,
    ...branch(node.below),
    '} else {',
    ...branch(node.above),
    '}',
  ]
}

/** The shortest text that reads as the same double. */
function literal(value: number): string {
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}
