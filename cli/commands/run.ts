// `benchsteer run`: kernels through the validation funnel.

import { availableParallelism } from 'node:os'
import { Store } from '../../corpora/index.ts'
import {
  type DeviceInfo,
  type Distribution,
  deviceChoiceSyntax,
  distributions,
  type ValidateOptions,
  type Validation,
  type ValidationMode,
  Validator,
} from '../../kernels/index.ts'
import { type Command, duration, integer } from '../command.ts'
import type { CliIo } from '../io.ts'
import { startProgress } from '../progress.ts'
import { mapInOrder } from '../run/in-order.ts'
import { isStore, type KernelInput, readInputs } from '../run/inputs.ts'
import { describeValidation, OutcomeCount } from '../run/report.ts'
import { packageVersion } from '../version.ts'

interface RunFlags {
  readonly device?: string
  readonly mode: ValidationMode
  readonly gsize?: readonly number[]
  readonly lsize?: readonly number[]
  readonly seed: number
  readonly distribution: Distribution
  readonly timeout: number
  readonly jobs?: number
  readonly limit?: number
  readonly kernel?: string
  readonly outcomes: boolean
  readonly record: boolean
  readonly json: boolean
  readonly include: readonly string[]
  readonly define: readonly string[]
}

export const runCommand: Command<RunFlags> = {
  name: 'run',
  summary:
    'Run kernels and say whether they are benchmarks: they end, stay in bounds, have no races, compute something.',
  description:
    'Each kernel goes through the funnel: parse, compile, build, arguments, terminates, in bounds, race-free, ' +
    'deterministic, has output, depends on its input. Oclgrind interprets a small range and checks every access; what ' +
    'survives is built and run on the device, in a process of its own with limits of time and memory, between guard ' +
    'zones. Payloads follow from the text and the seed. Kernels are preprocessed first; a file with several gives each. ' +
    'The exit code is 1 where any kernel is not accepted, with --outcomes only where something could not be read.',
  operands: [
    { syntax: '<file...>', summary: '.cl files, folders of them, .jsonl with `text`, stores (.db); - is stdin' },
  ],
  options: [
    { syntax: '--device <device>', summary: `${deviceChoiceSyntax} (default: the first CPU)` },
    { syntax: '--mode <mode>', summary: 'quick: Oclgrind alone', choices: ['full', 'quick'], default: 'full' },
    { syntax: '--gsize <n,...>', summary: 'work-items on the device, one number a dimension', parse: sizes },
    { syntax: '--lsize <n,...>', summary: 'work-items of a group', parse: sizes },
    { syntax: '--seed <n>', summary: 'of the payloads', parse: integer(0), default: 1 },
    { syntax: '--distribution <name>', summary: 'of values in buffers', choices: distributions, default: 'mixed' },
    {
      syntax: '--timeout <time>',
      summary: 'CPU time of a build or launch on the device',
      parse: duration,
      default: 10_000,
    },
    { syntax: '--jobs <n>', summary: 'kernels at once (default: one per core)', parse: integer(1, 64) },
    { syntax: '--limit <n>', summary: 'stop after so many kernels', parse: integer(1) },
    { syntax: '--kernel <name>', summary: 'only the kernel of this name' },
    { syntax: '--outcomes', summary: 'only sums over all kernels' },
    { syntax: '--record', summary: 'write outcome and evidence into the store that a kernel came from' },
    { syntax: '--json', summary: 'one JSON line a kernel; with --outcomes one object' },
    { syntax: '-I, --include <dir>', summary: 'where #include looks', isRepeatable: true },
    { syntax: '-D, --define <macro>', summary: 'NAME or NAME=VALUE', isRepeatable: true },
  ],
  examples: [
    'run kernel.cl',
    'run kernel.cl --device cpu --gsize 65536 --lsize 64 --json',
    'run results/bfs --outcomes',
    'run corpus.db --limit 500 --outcomes --record',
  ],
  async run(flags, io, operands) {
    if (flags.lsize !== undefined && flags.gsize !== undefined && flags.lsize.length !== flags.gsize.length) {
      throw new RangeError(
        `--lsize: expected ${flags.gsize.length} numbers as in --gsize, received ${flags.lsize.length}`,
      )
    }
    const workers = flags.jobs ?? availableParallelism()
    using validator = await Validator.open({ mode: flags.mode, device: flags.device, workers })
    const counts = new OutcomeCount()
    const options = { includePaths: flags.include, defines: flags.define, kernel: flags.kernel, limit: flags.limit }
    const inputs = readInputs(operands, options)
    using progress = startProgress(io, { label: 'validating' })
    using recorder = flags.record ? new Recorder(operands, flags, validator) : undefined
    const check = ({ text, kernel }: KernelInput): Promise<Validation> => validator.validate(text, settings(kernel))
    const settings = (kernel?: string): ValidateOptions => ({
      ...{ kernel, seed: flags.seed, distribution: flags.distribution, signal: io.signal },
      ...{ globalSize: flags.gsize, localSize: flags.lsize },
      limits: { cpuMs: flags.timeout, wallMs: flags.timeout * 4 },
    })
    for await (const [input, validation] of mapInOrder(inputs, 4 * workers, check)) {
      counts.add(validation.outcome)
      recorder?.record(input, validation)
      progress.update(0, `${counts.total} kernels, ${counts.accepted} accepted`)
      if (!flags.outcomes) print(input, validation, flags.json, io)
    }
    if (flags.outcomes && flags.json) io.out(JSON.stringify(counts.toJson()))
    else if (!flags.json && counts.total > (flags.outcomes ? 0 : 1)) for (const line of counts.lines()) io.out(line)
    if (counts.total === 0) io.err('no kernels found')
    return counts.total > 0 && (flags.outcomes || counts.accepted === counts.total) ? 0 : 1
  },
}

function print({ origin, problem }: KernelInput, validation: Validation, isJson: boolean, io: CliIo): void {
  if (isJson) {
    io.out(JSON.stringify({ file: origin, ...validation }))
    return
  }
  for (const line of describeValidation(origin, validation)) io.out(line)
  if (problem !== undefined) io.out(`  ${problem}`)
}

/** Writes evidence into the stores that kernels came from. */
class Recorder implements Disposable {
  readonly #stores: ReadonlyMap<string, Store>
  readonly #flags: RunFlags
  readonly #device: Pick<DeviceInfo, 'id' | 'name' | 'driver'>

  constructor(paths: readonly string[], flags: RunFlags, { interpreter, device }: Validator) {
    if (!paths.every(isStore)) throw new RangeError('--record: expected stores (.db) only')
    this.#stores = new Map(paths.map((path) => [path, Store.open(path, { mustExist: true })]))
    this.#flags = flags
    this.#device = device ?? interpreter
  }

  record({ store, kernelId }: KernelInput, validation: Validation): void {
    if (store === undefined || kernelId === undefined) return
    const { id, name, driver } = this.#device
    const { outcome, launches } = validation
    this.#stores.get(store)?.validations.add({
      ...{ kernelId, deviceId: id, deviceName: name, driver, outcome, evidence: validation },
      level: this.#flags.mode,
      seed: this.#flags.seed,
      size: launches.at(-1)?.globalSize.reduce((a, b) => a * b, 1) ?? 0,
      payloadHash: launches.at(-1)?.payloadHash ?? null,
      version: packageVersion(),
      validatedAtMs: Date.now(),
    })
  }

  [Symbol.dispose](): void {
    for (const store of this.#stores.values()) store[Symbol.dispose]()
  }
}

/** `4096` or `64,64`, up to three dimensions. */
function sizes(text: string): readonly number[] {
  const numbers = text.split(',').map(integer(1, 2 ** 31))
  if (numbers.length > 3) throw new RangeError(`expected one to three numbers, received '${text}'`)
  return numbers as number[]
}
