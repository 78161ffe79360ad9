// `benchsteer demo`: what `npm start` runs. Steers toward a Rodinia kernel with the shipped model.

import { type Command, duration, integer } from '../command.ts'
import { printPlaces, printResult } from '../synth/report.ts'
import { runSynth } from '../synth/run.ts'

interface DemoFlags {
  readonly target: string
  readonly space: string
  readonly budget: number
  readonly seed: number
  readonly out: string
}

export const demoCommand: Command<DemoFlags> = {
  name: 'demo',
  summary: 'Watch kernels being steered to the features of a Rodinia kernel.',
  options: [
    { syntax: '--space <id>', summary: 'feature space', default: 'grewe' },
    { syntax: '--target <name>', summary: 'any target that synth takes', default: 'rodinia/hybridsort/bucketcount' },
    { syntax: '--budget <time>', summary: 'wall-clock limit', parse: duration, default: 60_000 },
    { syntax: '--seed <n>', summary: 'any integer', parse: integer(Number.MIN_SAFE_INTEGER), default: 1 },
    { syntax: '-o, --out <dir>', summary: 'folder for the results', default: 'results/demo' },
  ],
  examples: ['demo', 'demo --space instcount --budget 2m'],
  async run(flags, io) {
    const { budget, space, target, seed, out } = flags
    io.out(`Steering to ${target} in ${space} space for at most ${budget / 1000} s. Ctrl-C saves and stops.`)
    const { only: result } = await runSynth(
      {
        ...{ spaces: [space], targets: target, isList: false, nearest: false, out },
        ...{ isAgain: true, isQuiet: false },
        ...{ search: { budgetMs: budget, keep: 8, seed }, rounds: 1, totalMs: Infinity },
      },
      io,
    )
    if (result !== undefined) printResult(result, io)
    printPlaces(out, io)
    return result?.best === undefined ? 1 : 0
  },
}
