// The header against the model that it came from: compiled by clang, asked about every row and about points at and
// beside every threshold.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toCHeader } from '../../../active-learning/grewe/export/c-header.ts'
import { featureVector } from '../../../active-learning/grewe/model/feature-sets.ts'
import { type GreweModel, predictModel, trainModel } from '../../../active-learning/grewe/model/model.ts'
import type { TreeNode } from '../../../active-learning/grewe/tree/tree.ts'
import { findClang } from '../../../kernels/index.ts'
import { modelledRows } from './rows.ts'

const program = `#include "grewe.h"
#include <stdio.h>
int main(void)
{
  double features[BENCHSTEER_GREWE_FEATURES];
  for (;;) {
    for (int i = 0; i < BENCHSTEER_GREWE_FEATURES; i++) if (scanf("%lf", &features[i]) != 1) return 0;
    puts(benchsteer_grewe_predict(features) == BENCHSTEER_GPU ? "GPU" : "CPU");
  }
}
`

function askCompiled(model: GreweModel, points: readonly (readonly number[])[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-header-'))
  try {
    writeFileSync(join(folder, 'grewe.h'), toCHeader(model, 'trained on made-up rows'))
    writeFileSync(join(folder, 'main.c'), program)
    const flags = ['-std=c99', '-Wall', '-Wextra', '-Werror', '-pedantic', '-O1']
    execFileSync(findClang().path, [...flags, '-o', join(folder, 'main'), join(folder, 'main.c')])
    const input = points.map((point) => point.join(' ')).join('\n')
    return execFileSync(join(folder, 'main'), { input, encoding: 'utf8' }).trim().split('\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A point on each threshold of the trees, and the numbers next to it. */
function edges(model: GreweModel, base: readonly number[]): number[][] {
  const visit = (node: TreeNode): number[][] => {
    if (node.kind === 'leaf') return []
    const { feature, threshold, below, above } = node
    const around = [threshold, threshold * (1 + Number.EPSILON), threshold * (1 - Number.EPSILON)]
    return [...around.map((value) => base.with(feature, value)), ...visit(below), ...visit(above)]
  }
  return model.kind === 'tree' ? visit(model.tree) : model.kind === 'forest' ? model.trees.flatMap(visit) : []
}

describe('the C header', () => {
  const rows = modelledRows(400, 1)
  it.each([
    { kind: 'tree', features: 'combined' },
    { kind: 'tree', features: 'extended' },
    { kind: 'forest', features: 'combined', trees: 7 },
  ] as const)('decides as the model does: $kind, $features features', (options) => {
    const model = trainModel(rows, options)
    const own = [...rows, ...modelledRows(400, 2)].map((row) => featureVector(options.features, row))
    const points = [...own, ...edges(model, own[0])]
    // Combined features of a row are all that a tree sees; those of a point are given as they are.
    const expected = points.map((point) => predictAt(model, point))
    expect(new Set(expected).size).toBe(2)
    expect(askCompiled(model, points)).toEqual(expected)
  })
})

function predictAt(model: GreweModel, point: readonly number[]): string {
  const [f1, f2, f3, f4, comp, rational, mem, localmem, coalesced, atomic, transferBytes, wgsize] = point
  const counts = { comp, rational, mem, localmem, coalesced, atomic }
  return predictModel(model, { counts, transferBytes, wgsize, features: [f1, f2, f3, f4] })
}
