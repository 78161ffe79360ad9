// `benchsteer bench device`: how many seed kernels a second an OpenCL device builds, by number of processes.

import { loadSeedKernels } from '../../corpora/index.ts'
import { type BuildOutcome, DeviceBuilder, deviceChoiceSyntax } from '../../kernels/index.ts'
import { type Command, integer } from '../command.ts'
import { startProgress } from '../progress.ts'
import { formatTable } from '../table.ts'

interface DeviceBenchFlags {
  readonly device?: string
  readonly count: number
  readonly workers: readonly number[]
}

export const deviceBench: Command<DeviceBenchFlags> = {
  name: 'device',
  summary: 'Seed kernels built per second on an OpenCL device.',
  options: [
    { syntax: '--device <name>', summary: `${deviceChoiceSyntax} (default: the first CPU)` },
    { syntax: '--count <n>', summary: 'kernels to build', parse: integer(1), default: 100 },
    {
      syntax: '--workers <n>',
      summary: 'processes at once, one row each',
      parse: integer(1, 64),
      isRepeatable: true,
      default: [1, 2],
    },
  ],
  examples: ['bench device', 'bench device --workers 1 --workers 4'],
  async run({ device, count, workers }, io) {
    const kernels = loadSeedKernels()
    const step = Math.max(1, Math.floor(kernels.length / count)) // of every family some
    const sources = kernels.filter((_, i) => i % step === 0).slice(0, count)
    const rows: string[][] = []
    for (const size of workers) {
      using builder = await DeviceBuilder.open({ device, workers: size })
      using progress = startProgress(io, { label: `${size} at once`, total: sources.length, unit: 'kernels' })
      const outcomes: BuildOutcome[] = []
      const startMs = performance.now()
      const build = async (source: string): Promise<void> => {
        outcomes.push(await builder.build(source, { signal: io.signal, timeoutMs: 60_000 }))
        progress.update(outcomes.length)
      }
      await Promise.all(sources.map((kernel) => build(kernel.source)))
      const rate = (1000 * sources.length) / (performance.now() - startMs)
      const built = outcomes.filter((outcome) => outcome.ok).length
      rows.push([`${size}`, `${sources.length}`, `${built}`, rate.toFixed(1), builder.device.name])
    }
    for (const line of formatTable(['processes', 'kernels', 'build', 'per second', 'device'], rows)) io.out(line)
  },
}
