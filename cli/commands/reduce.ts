// `benchsteer reduce`: a smaller kernel with the same property.

import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Reduced, reduce } from '../../synth/index.ts'
import { type Command, decimal, duration, integer } from '../command.ts'
import type { CliIo } from '../io.ts'
import { startProgress } from '../progress.ts'
import { prepareReduction, type ReductionFlags, type ReductionTask } from '../reduction-task.ts'
import { packageVersion } from '../version.ts'
import { writeFile } from '../write-file.ts'

interface ReduceFlags extends ReductionFlags {
  readonly maxTests?: number
  readonly out?: string
  readonly json: boolean
}

export const reduceCommand: Command<ReduceFlags> = {
  name: 'reduce',
  summary: 'Shrink a kernel while a property stays.',
  description:
    'Delta debugging over the syntax tree: statements, helpers, fields, parameters, qualifiers and parts of expressions ' +
    'go until nothing more can, alone, without the loss of the property. Features and compiling are kept for one kernel, ' +
    'which is written in normal form; an error or what a command finds, for the whole file after preprocessing. The ' +
    'result is for reading and reporting: it need not end or compute anything when run. Ctrl-C prints the best so far.',
  operands: [{ syntax: '<file>', summary: 'OpenCL C source; - reads standard input' }],
  options: [
    {
      syntax: '--keep <property>',
      summary:
        'features: stay as they are; compile: it compiles; error: it fails with the same message (default: features)',
      choices: ['features', 'compile', 'error'],
    },
    {
      syntax: '--command <line>',
      summary: "keep what a command of the shell finds instead: exit code 0; {} is the candidate's path",
    },
    { syntax: '--space <list>', summary: 'feature space that is kept, or several (default: grewe)' },
    { syntax: '--features <list>', summary: 'keep only these: comp=3,mem=4..8, or any target that synth takes' },
    {
      syntax: '--max-distance <d>',
      summary: 'features may move so far away (default: 0)',
      parse: decimal(0, Number.MAX_VALUE),
    },
    { syntax: '--kernel <name>', summary: 'kernel to reduce (default: the last of the file)' },
    { syntax: '--timeout <time>', summary: 'limit for one run of --command', parse: duration, default: 10_000 },
    { syntax: '--jobs <n>', summary: 'runs of --command at a time', parse: integer(1, 1024), default: 1 },
    { syntax: '--max-tests <n>', summary: 'stop after n tests', parse: integer(0) },
    { syntax: '-I, --include <dir>', summary: 'where #include looks', isRepeatable: true },
    { syntax: '-D, --define <macro>', summary: 'NAME or NAME=VALUE', isRepeatable: true },
    { syntax: '-o, --out <file>', summary: 'write the result there, not to standard output' },
    { syntax: '--json', summary: 'one JSON object: sizes and features before and after, tests, text' },
  ],
  examples: [
    'reduce kernel.cl',
    'reduce kernel.cl --space grewe,instcount --out small.cl',
    'reduce kernel.cl --features comp=3,mem=4..8 --kernel scale',
    'reduce broken.cl --keep error -D SIZE=16',
    "reduce crash.cl --command './crashes.sh {}' --timeout 30s --jobs 2",
  ],
  async run(flags, io, [file]) {
    if (flags.out !== undefined && !existsSync(dirname(flags.out))) {
      throw new RangeError(`--out: cannot write ${flags.out}; expected a file in a folder that exists`)
    }
    const startMs = performance.now()
    const task = await prepareReduction(file, flags, io.signal)
    const { first, last } = await runReduction(task, flags, io)
    const seconds = (performance.now() - startMs) / 1000
    const result = flags.json ? `${JSON.stringify(await recordOf(file, task, first, last, seconds))}\n` : last.text
    if (flags.out === undefined) io.out(result.trimEnd())
    else writeFile('--out', flags.out, result)
    const ending = last.isMinimal ? '' : '; stopped early'
    io.err(`${first.tokens} -> ${last.tokens} tokens, ${last.tests} tests, ${seconds.toFixed(1)} s${ending}`)
  },
}

/** Until it ends or is stopped. */
async function runReduction(
  { text, property, options }: ReductionTask,
  { maxTests }: ReduceFlags,
  io: CliIo,
): Promise<{ readonly first: Reduced; readonly last: Reduced }> {
  const startMs = performance.now()
  using progress = startProgress(io, { label: 'reducing' })
  let first: Reduced | undefined
  let last: Reduced | undefined
  for await (const state of reduce(text, property, { ...options, maxTests, signal: io.signal })) {
    first ??= state
    last = state
    const rate = (1000 * state.tests) / (performance.now() - startMs)
    progress.update(0, `${state.tokens} of ${first.tokens} tokens left, ${state.tests} tests, ${rate.toFixed(1)}/s`)
  }
  if (first === undefined || last === undefined) throw io.signal.reason
  return { first, last }
}

async function recordOf(
  file: string,
  { keep, kernel, text, measure }: ReductionTask,
  first: Reduced,
  last: Reduced,
  seconds: number,
): Promise<unknown> {
  return {
    ...{ file, keep, kernel },
    before: { tokens: first.tokens, features: await measure?.(text) },
    after: { tokens: last.tokens, features: await measure?.(last.text) },
    ...{ tests: last.tests, seconds, isMinimal: last.isMinimal, text: last.text, version: packageVersion() },
  }
}
