// The timed kernels of each group as rows of the Grewe heuristic.

import {
  combinedFeatures,
  countNames,
  type DataSet,
  type GreweCounts,
  type GreweRow,
  labelOf,
} from '../../active-learning/index.ts'
import { grewe } from '../../features/index.ts'
import type { DeviceTiming, EvaluationKernel, EvaluationResults } from '../records.ts'
import { payloadSeed } from './outcomes.ts'

/** @returns by group; kernels that several groups returned are in each of them */
export function labelledByGroup({ groups, runs, kernels }: EvaluationResults): Map<string, DataSet> {
  return new Map(
    groups.map((group) => {
      const own = runs.filter((run) => run.group === group)
      const ids = new Set(own.flatMap(({ best }) => best.map(({ kernel }) => kernel)))
      const rows = [...ids].flatMap((id) => rowOf(group, kernels.get(id)) ?? [])
      return [group, { name: group, rows }] as const
    }),
  )
}

/** Each kernel is a program of its own. @returns undefined for one that was not timed */
function rowOf(group: string, kernel: EvaluationKernel | undefined): GreweRow | undefined {
  if (kernel?.timing === undefined) return undefined
  const { id, vectors, timing, modelled } = kernel
  const { transferBytes, wgsize, cpu, gpu, size, date } = timing
  const counts = Object.fromEntries(
    countNames.map((name) => [name, vectors[grewe.id][grewe.names.indexOf(name)]]),
  ) as unknown as GreweCounts
  return {
    ...{ suite: group, program: `${group}-${id}`, kernel: id.slice(0, 12), dataset: String(size) },
    ...{ counts, transferBytes, wgsize, features: combinedFeatures(counts, transferBytes, wgsize) },
    ...{ label: labelOf(cpu.medianMs, gpu.medianMs), runtimeCpuMs: cpu.medianMs, runtimeGpuMs: gpu.medianMs },
    ...{ timeSource: modelled === true ? 'modelled' : 'measured' },
    ...{ intervalCpuMs: intervalOf(cpu), intervalGpuMs: intervalOf(gpu) },
    devices: { cpu: { device: cpu.device, driver: cpu.driver }, gpu: { device: gpu.device, driver: gpu.driver } },
    ...{ seed: payloadSeed, date, sourceKey: id, extras: {} },
  }
}

function intervalOf({ lowMs, highMs }: DeviceTiming): GreweRow['intervalCpuMs'] {
  return { low: lowMs, high: highMs }
}
