// `benchsteer infill`: the model writes into the holes of a user's kernel.

import { measureUnit } from '../../corpora/index.ts'
import { packagePath } from '../../kernels/index.ts'
import { type FilledText, type Filling, fillText, Model } from '../../synth/index.ts'
import { type Command, integer } from '../command.ts'
import { diffHoles } from '../hole-diff.ts'
import type { CliIo } from '../io.ts'
import { nameOf, readOperand } from '../read-source.ts'
import {
  type Direction,
  decodingOf,
  type MeasuredResult,
  provenance,
  resolveDirection,
  type SamplingFlags,
  samplingOptions,
} from '../sampling-options.ts'

interface InfillFlags extends SamplingFlags {
  readonly samples: number
  readonly json: boolean
}

type Result = FilledText & MeasuredResult

export const infillCommand: Command<InfillFlags> = {
  name: 'infill',
  summary: 'Fill every [HOLE] of an OpenCL file with the model.',
  description:
    'A hole may stand for an expression, statements, a parameter or a list of them, a function body, or all that ' +
    'follows `kernel void`. Several are filled from left to right. Names stay yours: what an infill declares gets a ' +
    'name that is free, and variables that are used below a hole but declared nowhere are for the hole to declare. ' +
    'Every result is compiled as a whole file; exit code 1 means that nothing compiled. With --features, the nearest ' +
    'come first, else the likeliest.',
  operands: [{ syntax: '<file>', summary: 'OpenCL C source with [HOLE]s; - reads standard input' }],
  options: [
    { syntax: '-n, --samples <n>', summary: 'ways of filling to draw', parse: integer(1, 4096), default: 8 },
    ...samplingOptions,
    { syntax: '--json', summary: 'one JSON object per line' },
  ],
  examples: [
    'infill kernel.cl',
    'infill kernel.cl -n 32 --temperature 0.6 --json',
    'infill kernel.cl -n 64 --space grewe --features comp=12,mem=4',
  ],
  async run(flags, io, [file]) {
    const { samples, maxTokens, seed } = flags
    const text = readOperand(file, 'a file of OpenCL C with a [HOLE] in it')
    const path = file === '-' ? undefined : file
    using model = await Model.load(flags.model ?? packagePath('model'))
    const direction = await resolveDirection(flags, model)
    const filling = await fillText(model, text, {
      ...{ samples, maxTokens, seed, ...decodingOf(flags), prefix: direction.prefix, path },
      signal: io.signal,
    })
    if (!filling.ok) throw new RangeError(`${nameOf(file)}: ${filling.log}`)
    const results = await rank(filling, direction, path, io.signal)
    const shown = flags.all ? results : results.filter(({ outcome }) => outcome.ok)
    if (flags.json) for (const result of shown) io.out(JSON.stringify(lineOf(result, file, flags, model)))
    else for (const [i, result] of shown.entries()) printDiff(result, i + 1, filling.pieces, file, io)
    return summarise(results, flags, io)
  },
}

/** What compiles first; then by distance, where there is a target; then by probability. */
async function rank(
  { filled, kernelIndex = -1 }: Filling,
  { target, measure }: Direction,
  path: string | undefined,
  signal: AbortSignal,
): Promise<Result[]> {
  const results: Result[] = []
  for (const one of filled) {
    signal.throwIfAborted()
    const options = { spaces: target === undefined ? [] : [target.space], perKernel: true, path }
    const measured = one.outcome.ok && target !== undefined ? await measureUnit(one.text, options) : undefined
    const row = measured?.ok ? measured.rows.at(kernelIndex) : undefined
    results.push({ ...one, ...measure(target && row?.features[target.space.id]) })
  }
  const far = Number.POSITIVE_INFINITY
  return results.sort(
    (a, b) =>
      Number(b.outcome.ok) - Number(a.outcome.ok) ||
      (a.distance ?? far) - (b.distance ?? far) ||
      b.meanLogProbability - a.meanLogProbability,
  )
}

function lineOf(result: Result, file: string, flags: InfillFlags, model: Model): unknown {
  const { outcome, ...rest } = result
  const verdict = outcome.ok ? { compiles: true } : { compiles: false, stage: outcome.stage, log: outcome.log }
  return { file, ...rest, ...verdict, ...provenance(flags, model) }
}

function printDiff(result: Result, number: number, pieces: readonly string[], file: string, io: CliIo): void {
  const { outcome, meanLogProbability, distance, count } = result
  const facts = [
    outcome.ok ? 'compiles' : `does not compile (${outcome.log.split('\n')[0]})`,
    `mean log probability ${meanLogProbability.toFixed(2)}`,
    ...(distance === undefined ? [] : [`distance ${distance.toFixed(3)}`]),
    ...(count === 1 ? [] : [`drawn ${count} times`]),
  ]
  io.out(`${number}: ${facts.join(', ')}`)
  for (const line of [`--- ${nameOf(file)}`, `+++ ${nameOf(file)}`, ...diffHoles(pieces, result.infills), ''])
    io.out(line)
}

/** @returns the exit code */
function summarise(results: readonly Result[], flags: InfillFlags, io: CliIo): number {
  const compiling = results.filter(({ outcome }) => outcome.ok)
  const distances = compiling.flatMap(({ distance }) => distance ?? [])
  const nearest = distances.length === 0 ? '' : `, the nearest at distance ${Math.min(...distances).toFixed(3)}`
  const advice =
    compiling.length > 0 ? '' : `; ${mostFrequentLog(results)}Try more samples (-n) or a lower --temperature`
  const line = `${flags.samples} sampled, ${results.length} different, ${compiling.length} compile${nearest}${advice}`
  if (flags.json) io.err(line)
  else io.out(line)
  return compiling.length > 0 ? 0 : 1
}

function mostFrequentLog(results: readonly Result[]): string {
  const counts = new Map<string, number>()
  for (const { outcome, count } of results) {
    if (outcome.ok) continue
    const log = outcome.log.split('\n')[0].replace(/^\d+:\d+: /, '')
    counts.set(log, (counts.get(log) ?? 0) + count)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return most === undefined ? '' : `most often: ${most[0]}. `
}
