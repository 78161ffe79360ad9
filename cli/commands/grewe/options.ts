// What the grewe commands share: naming data sets, describing models, writing files.

import { existsSync, readFileSync } from 'node:fs'
import {
  type Criterion,
  criteria,
  type DataSet,
  type FeatureSet,
  featureSets,
  type ModelFile,
  type ModelKind,
  type ModelOptions,
  modelKinds,
  parseModel,
  type ReadDataSet,
  readGreweCsv,
} from '../../../active-learning/index.ts'
import { integer, type Option } from '../../command.ts'
import type { CliIo } from '../../io.ts'
import { readOperand } from '../../read-source.ts'
import { writeFile } from '../../write-file.ts'

export const dataSyntax = 'FILE.csv, or FILE.csv@SUITE+SUITE for the rows of these suites'

export interface ModelFlags {
  readonly kind: ModelKind
  readonly features: FeatureSet
  readonly criterion: Criterion
  readonly maxDepth?: number
  readonly maxLeaves?: number
  readonly minSamplesSplit: number
  readonly minSamplesLeaf: number
  readonly trees: number
  readonly neighbours: number
}

export const modelOptions: readonly Option[] = [
  { syntax: '--kind <kind>', summary: 'what to train', choices: modelKinds, default: 'tree' },
  {
    syntax: '--features <set>',
    summary: 'combined: F1 to F4; extended: the raw counts, transfer and work-group size as well',
    choices: featureSets,
    default: 'combined',
  },
  { syntax: '--criterion <name>', summary: 'impurity that splits lessen', choices: criteria, default: 'entropy' },
  { syntax: '--max-depth <n>', summary: 'splits on the way to a leaf at most (default: no limit)', parse: integer(0) },
  { syntax: '--max-leaves <n>', summary: 'leaves at most, the best ones (default: no limit)', parse: integer(1) },
  { syntax: '--min-samples-split <n>', summary: 'rows that a node needs to be split', parse: integer(2), default: 2 },
  { syntax: '--min-samples-leaf <n>', summary: 'rows that each leaf keeps', parse: integer(1), default: 1 },
  { syntax: '--trees <n>', summary: 'trees of a forest', parse: integer(1, 1000), default: 100 },
  { syntax: '--neighbours <n>', summary: 'neighbours that k-NN asks', parse: integer(1), default: 5 },
]

export function modelOptionsOf(flags: ModelFlags): ModelOptions {
  const { kind, features, trees, neighbours, ...tree } = flags
  const { criterion, maxDepth, maxLeaves, minSamplesSplit, minSamplesLeaf } = tree
  return {
    ...{ kind, features, trees, neighbours },
    tree: { criterion, maxDepth, maxLeaves, minSamplesSplit, minSamplesLeaf },
  }
}

/** Reads each file once, however often it is named. */
export class DataReader {
  readonly #io: CliIo
  readonly #read = new Map<string, ReadDataSet>()

  /** @param io - is told of rows that were left out and of warnings */
  constructor(io: CliIo) {
    this.#io = io
  }

  /**
   * One training or test set: parts joined by commas, each `FILE[@SUITE+SUITE]`.
   * @param option - that named it, for messages
   * @throws {RangeError} where a file cannot be read, a suite is not in it, or nothing is left
   */
  set(option: string, text: string): DataSet {
    const parts = text.split(',').map((part) => this.#part(option, part.trim()))
    if (parts.length === 1) return parts[0]
    return { name: parts.map(({ name }) => name).join(' + '), rows: parts.flatMap(({ rows }) => rows) }
  }

  #part(option: string, text: string): DataSet {
    const at = existsSync(text) ? -1 : text.lastIndexOf('@')
    const set = this.#file(at < 0 ? text : text.slice(0, at))
    if (at < 0) return { name: set.name, rows: set.rows }
    const suites = text.slice(at + 1).split('+')
    const known = [...new Set(set.rows.map(({ suite }) => suite))].sort()
    const unknown = suites.find((suite) => !known.includes(suite))
    if (unknown !== undefined) {
      throw new RangeError(`${option}: expected suites of ${set.name} (${known.join(', ')}), received '${unknown}'`)
    }
    return { name: `${set.name}@${suites.join('+')}`, rows: set.rows.filter(({ suite }) => suites.includes(suite)) }
  }

  #file(path: string): ReadDataSet {
    const read = this.#read.get(path)
    if (read !== undefined) return read
    const set = readGreweCsv(readOperand(path, 'a CSV file of labelled kernels'), path)
    if (set.rows.length === 0) throw new RangeError(`${path}: expected labelled kernels, has no row that can be used`)
    const leftOut = set.records - set.rows.length
    const warnings = set.findings.filter(({ severity }) => severity === 'warning').length
    const remarks = [
      ...(leftOut > 0 ? [`${leftOut} of ${set.records} rows left out`] : []),
      ...(warnings > 0 ? [`${warnings} warnings`] : []),
    ]
    if (remarks.length > 0) this.#io.err(`${path}: ${remarks.join(', ')}; grewe import says which`)
    this.#read.set(path, set)
    return set
  }
}

export const modelOption: Option = { syntax: '-m, --model <file>', summary: 'a model of grewe train', isRequired: true }

/** @throws {RangeError} where the file cannot be read; {BenchError} MODEL_CORRUPT */
export function readModel(path: string): ModelFile {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new RangeError(`--model: cannot be read (${reason}); expected a file of grewe train`, { cause })
  }
  return parseModel(text, path)
}

/** To a file that is not there yet, or to standard output. */
export function writeResult(io: CliIo, out: string | undefined, force: boolean, content: string | Uint8Array): void {
  if (out === undefined) {
    if (typeof content !== 'string') throw new RangeError('--out: expected a file to write, as this is no text')
    io.out(content.trimEnd())
    return
  }
  writeNewFile('--out', out, force, content)
  io.out(`written to ${out}`)
}

/**
 * @param option - that names the file, as `--out`
 * @throws {RangeError} where there is a file and no `--force`
 */
export function writeNewFile(option: string, path: string, force: boolean, content: string | Uint8Array): void {
  if (existsSync(path) && !force) throw new RangeError(`${option}: ${path} exists; expected a new file, or --force`)
  writeFile(option, path, content)
}

/** `0.653`; a dash where there is nothing to say. */
export function digits(value: number, places = 3): string {
  return Number.isFinite(value) ? value.toFixed(places) : '–'
}
