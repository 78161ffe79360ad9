// BenchPress's TopKCLDrive: which device is faster on the kernels of each group.

import { wilson } from '../statistics/wilson.ts'
import { drawIntervals, type IntervalRow } from './charts.ts'
import { absent, type DataValue, type Evaluator, numbers, texts } from './evaluator.ts'
import { styleOf } from './group-style.ts'
import { kernelsOf } from './runs.ts'

export const deviceLabels: Evaluator = {
  id: 'device-labels',
  title: 'CPU and GPU labels',
  question: 'What share of each group’s kernels is faster on the GPU, and of how many cannot that be told?',
  evaluate({ results, styles, drawing }) {
    const counts = results.groups.map((group) => {
      const kernels = kernelsOf(results, group)
      const of = (label: string | null): number => kernels.filter((kernel) => kernel.label === label).length
      const modelled = kernels.filter((kernel) => kernel.modelled === true).length
      return { group, cpu: of('CPU'), gpu: of('GPU'), undecided: of('undecided'), none: of(null), modelled }
    })
    const decided = counts.filter(({ cpu, gpu }) => cpu + gpu > 0)
    if (counts.every(({ cpu, gpu, undecided }) => cpu + gpu + undecided === 0)) {
      return absent('No kernel was timed on a CPU and a GPU.')
    }
    const bars = decided.map(({ group, cpu, gpu }): IntervalRow => {
      const [low, high] = wilson(gpu, cpu + gpu).map((share) => 100 * share)
      const text = `${gpu} of ${cpu + gpu}`
      const value = (100 * gpu) / (cpu + gpu)
      return { panel: 'faster on the GPU', style: styleOf(styles, group), value, low, high, text }
    })
    const rows = counts.map((own): DataValue[] => {
      const share = own.cpu + own.gpu === 0 ? null : (100 * own.gpu) / (own.cpu + own.gpu)
      return [own.group, own.cpu, own.gpu, own.undecided, own.none, share, own.modelled]
    })
    const columns = [
      ...texts('group'),
      ...numbers(0, 'CPU', 'GPU', 'undecided', 'without a label'),
      ...numbers(1, 'GPU of those decided, %'),
      ...numbers(0, 'by modelled times'),
    ]
    const options = { label: 'kernels that are faster on the GPU, of those decided, %', domain: [0, 100] as const }
    const figure = {
      ...{ name: 'labels', svg: drawIntervals(drawing, 'Kernels faster on the GPU', bars, options) },
      ...{
        caption: 'Kernels that are faster on the GPU, transfers included, with 95 % intervals.',
        tables: ['labels'],
      },
    }
    const isModelled = counts.some(({ modelled }) => modelled > 0)
    return {
      kind: 'present',
      figures: bars.length === 0 ? [] : [figure],
      tables: [{ name: 'labels', title: 'Kernels by the faster device', columns, rows }],
      notes: isModelled ? ['Modelled times are estimates of a cost model, not measurements.'] : [],
    }
  },
}
