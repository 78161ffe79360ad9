// Kernels per second of each feature extractor, from text in memory (Grewe: parse included; IR spaces: IR given, and
// compiling included).

import { featureSpaces } from '../../features/index.ts'
import { compileAll, parseUnit } from '../../kernels/index.ts'
import type { Command } from '../command.ts'
import { rateOf, seedSources } from './seed-sources.ts'
import { medianOf } from './statistics.ts'

const repeats = 5

export const featuresBench: Command = {
  name: 'features',
  summary: 'Kernels per second of each feature extractor.',
  async run(_flags, io) {
    const sources = await seedSources()
    const modules = (await compileAll(sources)).flatMap((outcome) => (outcome.ok ? [outcome.ir] : []))
    const compiling = await rateOf(sources.length, async () => void (await compileAll(sources)))
    for (const space of featureSpaces) {
      const extract = (): void => {
        if (space.input === 'ir') for (const ir of modules) space.extractModule(ir)
        else for (const source of sources) space.extractUnit(parseUnit(source))
      }
      const rates = []
      for (let i = 0; i < repeats; i++) rates.push(await rateOf(sources.length, extract))
      const median = medianOf(rates)
      const whole = space.input === 'ir' ? 1 / (1 / median + 1 / compiling) : median
      io.out(
        `${space.id.padEnd(10)} ${median.toFixed(0)} kernels/s, ${whole.toFixed(0)} from source (median of ${repeats})`,
      )
    }
  },
}
