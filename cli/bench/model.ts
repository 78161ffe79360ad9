// `benchsteer bench model`: what a model is worth without the search, in full. Each part stands in model/; what one part
// has found is printed and written before the next begins.

import { findClang, packagePath } from '../../kernels/index.ts'
import { Model } from '../../synth/index.ts'
import { type Command, decimal, integer } from '../command.ts'
import { drawingOptions, lengthOption } from '../sampling-options.ts'
import { packageVersion } from '../version.ts'
import { writeFile } from '../write-file.ts'
import { decodings, type ModelFlags } from './model/flags.ts'
import { humanOfCorpus, humanOfData } from './model/human.ts'
import type { ModelPart } from './model/part.ts'
import { modelParts } from './model/parts.ts'
import { drawSamples, type SampleRun } from './model/samples.ts'
import { readTrainingSet } from './model/training-set.ts'

export const modelBench: Command<ModelFlags> = {
  name: 'model',
  summary: 'Bits per token, single-shot compile rate, sizes, overlap with the training data, response to features.',
  description:
    'Bits per token and overlap need the --data that the model was trained on; the response to features needs --data or ' +
    '--corpus. Parts without what they need are left out, and so are slow ones that --parts does not name.',
  options: [
    { syntax: '--model <dir>', summary: 'folder of the model (default: the one shipped)' },
    { syntax: '--data <dir>', summary: 'training data, as `corpora training-data` wrote it' },
    { syntax: '--corpus <file>', summary: 'corpus to compare with (default: the kernels of --data)' },
    {
      syntax: '--parts <list>',
      summary: `of ${partNames().join(',')} (default: all but ${slowNames().join(',')})`,
      parse: (text) => chosen(text, partNames()),
    },
    { syntax: '--samples <n>', summary: 'kernels to write, per kind of decoding', parse: integer(1), default: 2000 },
    {
      syntax: '--decoding <list>',
      summary: `of ${decodings.join(',')}: as it comes, by the rules of holes, or until it compiles`,
      parse: (text) => chosen(text, decodings),
      default: decodings,
    },
    ...drawingOptions,
    lengthOption,
    { syntax: '--holes-per-kind <n>', summary: 'holes whose bits are measured', parse: integer(1), default: 40 },
    {
      syntax: '--directed-samples <n>',
      summary: 'kernels per feature and value asked for',
      parse: integer(1),
      default: 128,
    },
    { syntax: '--target-samples <n>', summary: 'kernels per target and seed', parse: integer(1), default: 32 },
    { syntax: '--target-seeds <n>', summary: 'times that every target is tried', parse: integer(1), default: 3 },
    { syntax: '--guidance <g>', summary: 'of directed samples', parse: decimal(0, 10), default: 1 },
    { syntax: '--seed <n>', summary: 'any integer', parse: integer(Number.MIN_SAFE_INTEGER), default: 0 },
    { syntax: '--json <file>', summary: 'write all figures to a file too' },
  ],
  examples: [
    'bench model --data data/training --json results/model.json',
    'bench model --parts compile,sizes --samples 500',
    'bench model --parts targets --guidance 2',
  ],
  async run(flags, io) {
    const parts = chooseParts(flags)
    using model = await Model.load(flags.model ?? packagePath('model'))
    const provenance = provenanceOf(model, flags)
    const write = fileWriter(flags.json)
    write({ provenance })
    const data = flags.data === undefined ? undefined : await readTrainingSet(flags.data)
    const human = flags.corpus === undefined ? data && humanOfData(data) : humanOfCorpus(flags.corpus)
    let drawn: Promise<readonly SampleRun[]> | undefined
    const samples = (): Promise<readonly SampleRun[]> => {
      drawn ??= drawSamples(model, flags, io)
      return drawn
    }
    const { seed, temperature, topP, nameTemperature } = flags
    const drawing = `temperature ${temperature}, of names ${nameTemperature} times that, top-p ${topP}`
    io.out(`model ${model.card.name} ${model.hash}, seed ${seed}, ${drawing}`)
    const figures: Record<string, unknown> = {}
    for (const part of parts) {
      const report = await part.measure({ model, flags, io, data, human, samples })
      for (const line of ['', ...report.lines]) io.out(line)
      figures[part.name] = report.figures
      write({ provenance, ...figures })
    }
    const missing = modelParts.filter((part) => !parts.includes(part))
    if (flags.parts === undefined && missing.length > 0) {
      io.out(`\n${missing.map((part) => leftOut(part, flags)).join('\n')}`)
    }
  },
}

function partNames(): string[] {
  return modelParts.map(({ name }) => name)
}

function slowNames(): string[] {
  return modelParts.flatMap(({ name, isSlow }) => (isSlow ? [name] : []))
}

/** Those of `all` that a list names, in the order of `all`. */
function chosen<T extends string>(text: string, all: readonly T[]): readonly T[] {
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !all.some((one) => one === name))
  if (unknown === undefined) return all.filter((one) => names.includes(one))
  throw new RangeError(`expected some of ${all.join(',')}, received '${unknown}'`)
}

/** @throws {RangeError} for a part whose data is not given */
function chooseParts(flags: ModelFlags): readonly ModelPart[] {
  const { parts } = flags
  if (parts === undefined) return modelParts.filter((part) => !part.isSlow && isPossible(part, flags))
  const chosen = modelParts.filter(({ name }) => parts.includes(name))
  const missing = chosen.find((part) => !isPossible(part, flags))
  if (missing !== undefined) throw new RangeError(`--parts: ${leftOut(missing, flags)}`)
  return chosen
}

function isPossible({ needs }: ModelPart, flags: ModelFlags): boolean {
  return needs.length === 0 || needs.some((need) => flags[need] !== undefined)
}

function leftOut(part: ModelPart, flags: ModelFlags): string {
  const { name, needs } = part
  if (isPossible(part, flags)) return `${name} is left out: it is slow; name it in --parts`
  return `${name} is left out: it needs ${needs.map((need) => `--${need}`).join(' or ')}`
}

function provenanceOf({ card, hash }: Model, flags: ModelFlags): Readonly<Record<string, unknown>> {
  const { data, corpus, samples, decoding, temperature, topP, nameTemperature, length, seed } = flags
  const { holesPerKind, directedSamples, targetSamples, targetSeeds, guidance } = flags
  return {
    ...{ modelName: card.name, modelHash: hash, data, corpus, samples, decoding, length },
    ...{ temperature, topP, nameTemperature },
    ...{ holesPerKind, directedSamples, targetSamples, targetSeeds, guidance, seed },
    ...{ benchsteer: packageVersion(), clang: findClang().version, node: process.versions.node },
  }
}

/** @returns writes the whole file anew */
function fileWriter(path: string | undefined): (content: object) => void {
  if (path === undefined) return () => {}
  return (content) => writeFile('--json', path, `${JSON.stringify(content, undefined, 2)}\n`)
}
