// All evaluators, in the order of the report.

import { average } from './average.ts'
import { compileRate } from './compile-rate.ts'
import { computeMemory } from './compute-memory.ts'
import { coverageByGroup } from './coverage-by-group.ts'
import { coverageByLabel } from './coverage-by-label.ts'
import { deviceLabels } from './device-labels.ts'
import { directedGain } from './directed-gain.ts'
import type { Evaluator } from './evaluator.ts'
import { exactMatches } from './exact-matches.ts'
import { featureDistributions } from './feature-distributions.ts'
import { featureMatches } from './feature-matches.ts'
import { greweEffect } from './grewe-effect.ts'
import { irSizes } from './ir-sizes.ts'
import { likelihood } from './likelihood.ts'
import { nearest } from './nearest.ts'
import { novelty } from './novelty.ts'
import { overGenerations } from './over-generations.ts'
import { overTime } from './over-time.ts'
import { pcaMap } from './pca-map.ts'
import { targetAnalysis } from './target-analysis.ts'
import { timeToProximity } from './time-to-proximity.ts'
import { tokenLengths } from './token-lengths.ts'
import { umapMap } from './umap-map.ts'
import { validityFunnel } from './validity-funnel.ts'
import { verdicts } from './verdicts.ts'

export const evaluators: readonly Evaluator[] = [
  verdicts,
  directedGain,
  targetAnalysis,
  nearest,
  average,
  exactMatches,
  overTime,
  overGenerations,
  timeToProximity,
  compileRate,
  validityFunnel,
  tokenLengths,
  irSizes,
  featureMatches,
  featureDistributions,
  pcaMap,
  umapMap,
  computeMemory,
  coverageByGroup,
  coverageByLabel,
  deviceLabels,
  novelty,
  likelihood,
  greweEffect,
]
