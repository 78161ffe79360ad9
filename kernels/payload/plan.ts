// Plans a payload: ranges, sizes, scalars and data for one kernel, from its text and a seed. The kernel is run on an
// abstract machine (`analysis/`), at first to learn what its scalars are for, then to see how far it reaches into its
// buffers, and again for as long as something must be smaller for it to stay in bounds.

import { parseChecked } from '../normalise.ts'
import type { ParsedUnit } from '../parse.ts'
import { Random } from '../random.ts'
import { analyse } from './analysis/analyse.ts'
import type { Findings, Setting } from './analysis/findings.ts'
import { noSources, parameterSource } from './analysis/values.ts'
import { buildArguments, unsupported } from './arguments.ts'
import { elementName, integerRange } from './c-types.ts'
import { holdsOffsets, rowLength } from './contents.ts'
import {
  type Distribution,
  distributions,
  type Payload,
  type PayloadOptions,
  type PayloadRejection,
} from './payload.ts'
import { findPureBounds } from './pure-bounds.ts'
import { type Repaired, repair } from './repair.ts'
import { plainValues, settle } from './scalars.ts'
import { readSignature, type Signature } from './signature.ts'
import { chooseSizes, type Sizes } from './sizes.ts'

/** A payload, or why there is none. */
export type PayloadOutcome = { readonly ok: true; readonly payload: Payload } | PayloadRejection

/** What a launch of a kernel needs, of which the data can be drawn again. */
export interface LaunchPlan {
  readonly ok: true
  readonly payload: Payload
  /** A payload of the same sizes and scalars with other data. */
  redraw(seed: number, distribution: Distribution): Payload
}

/**
 * The same text, options and seed give the same payload on any machine. Milliseconds, plus what the data takes.
 * @param text - preprocessed OpenCL C that compiles
 * @throws {RangeError} for sizes that are no positive integers, an unknown distribution, or a seed that is no integer
 */
export function planPayload(text: string, options: PayloadOptions): PayloadOutcome {
  const plan = planLaunch(text, options)
  return plan.ok ? { ok: true, payload: plan.payload } : plan
}

/** As `planPayload`; drawing the data again costs nothing but the data. */
export function planLaunch(text: string, options: PayloadOptions): LaunchPlan | PayloadRejection {
  const { seed, distribution = 'mixed' } = options
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed: expected an integer, received ${seed}`)
  if (!distributions.includes(distribution)) {
    throw new RangeError(`distribution: expected one of ${distributions.join(', ')}, received '${distribution}'`)
  }
  const parsed = parseChecked(text)
  if (!parsed.ok) return reject(parsed.log)
  const signature = readSignature(parsed.unit, options.kernel)
  if (signature === undefined) return reject(`no kernel ${options.kernel ?? ''}`.trim())
  const missing = signature.parameters.flatMap((parameter) => unsupported(parameter) ?? [])
  if (missing.length > 0) return reject(missing.join('; '))
  const sizes = chooseSizes(parsed.unit, signature, options)
  if ('ok' in sizes) return sizes
  return planSizes(parsed.unit, signature, sizes, { ...options, distribution })
}

function planSizes(
  unit: ParsedUnit,
  signature: Signature,
  sizes: Sizes,
  {
    seed,
    distribution,
    mostBytes = Number.POSITIVE_INFINITY,
  }: PayloadOptions & { readonly distribution: Distribution },
): LaunchPlan | PayloadRejection {
  const random = new Random(seed)
  const open = { ...openSetting(signature, sizes, random.fork()), sizeScalars: findPureBounds(unit, signature) }
  const settled = settleScalars(unit, signature, open, random.fork())
  const analyseUnder = (setting: Setting): Findings => analyse(unit, signature, setting)
  const { setting, findings } = settleData(withLongRows(settled, analyseUnder(settled)), sizes, analyseUnder)
  const bytes = findings.objects.reduce((sum, { reach }) => sum + reach, 0)
  if (bytes > mostBytes) return reject(`the kernel reaches over ${bytes} bytes, more than the ${mostBytes} it may`)
  const { globalSize, localSize } = setting
  const draw = (seed: number, distribution: Distribution, random: Random): Payload => ({
    kernel: signature.name,
    globalSize: globalSize.slice(0, sizes.dimensions),
    localSize: localSize.slice(0, sizes.dimensions),
    seed,
    arguments: buildArguments(signature, setting, findings, distribution, random),
  })
  const payload = draw(seed, distribution, random.fork())
  return { ok: true, payload, redraw: (seed, distribution) => draw(seed, distribution, new Random(seed)) }
}

const mostPasses = 3

/**
 * Bounds of contents hold for buffers that steer. Others hold anything, and lead to places in the text that bounded data
 * would not: there, more may turn out to steer.
 */
function settleData(first: Setting, sizes: Sizes, analyseUnder: (setting: Setting) => Findings): Repaired {
  let repaired = repair(first, sizes, analyseUnder)
  let steering = noSources
  for (let pass = 0; pass < mostPasses; pass++) {
    const { indexSources, boundSources, objects } = repaired.findings
    if ((steering | indexSources | boundSources) === steering && pass > 0) break
    steering |= indexSources | boundSources
    const free = objects.flatMap(({ parameter }) =>
      parameter === undefined || (steering & parameterSource(parameter)) !== 0 ? [] : [parameter],
    )
    repaired = repair({ ...repaired.setting, freeData: new Set(free) }, sizes, analyseUnder)
  }
  return repaired
}

/** Offsets reach beyond the number of rows. */
function withLongRows(setting: Setting, { objects }: Findings): Setting {
  const contents = setting.contents.map((bounds, i) => {
    const object = objects.find(({ parameter }) => parameter === i)
    const isOffsets = object !== undefined && holdsOffsets(object)
    return isOffsets ? { ...bounds, greatest: rowLength * bounds.greatest } : bounds
  })
  return { ...setting, contents }
}

/** Whole scalars are open; real ones are moderate and never 0. */
function openSetting({ parameters }: Signature, { globalSize, localSize }: Sizes, random: Random): Setting {
  const items = globalSize.reduce((a, b) => a * b, 1)
  const scalars = parameters.map(({ type }) => {
    const name = elementName(type)
    const isReal = name !== undefined && integerRange(name) === undefined
    const value = Math.fround(0.125 + random.below(128) / 64)
    return isReal ? value : undefined
  })
  const openScalars = new Set(
    parameters.flatMap(({ type }, i) => (elementName(type) !== undefined && scalars[i] === undefined ? [i] : [])),
  )
  const greatest = Math.min(items, 1 << 24) - 1
  const contents = parameters.map(({ type }) =>
    type.kind === 'struct' ? { least: 1, greatest: 8, low: 0.25, high: 2 } : { least: 0, greatest, low: 0, high: 1 },
  )
  const texels = (items: number, least: number): number => Math.min(Math.max(items, least), 8192)
  const imageSize = [texels(globalSize[0], 1), texels(globalSize[1], 16), texels(globalSize[2], 8)] as const
  return {
    globalSize,
    localSize,
    scalars,
    openScalars,
    sizeScalars: new Set(),
    contents,
    freeData: new Set(),
    imageSize,
  }
}

function settleScalars(unit: ParsedUnit, signature: Signature, open: Setting, random: Random): Setting {
  let setting = open
  const powersOfTwo = new Set<number>()
  while (setting.openScalars.size > 0) {
    const findings: Findings = analyse(unit, signature, setting)
    for (const parameter of findings.powersOfTwo) powersOfTwo.add(parameter)
    const values = settle(findings.demands, powersOfTwo, random)
    if (values.size === 0) {
      // Of those that are not pending there is nothing more to learn; where all are, one has to begin.
      const open = [...setting.openScalars]
      const done = open.filter((parameter) => !findings.pending.has(parameter))
      const now = done.length > 0 ? done : open.slice(0, 1)
      setting = close(setting, plainValues(now, powersOfTwo, random))
    } else setting = close(setting, values)
  }
  return setting
}

function close(setting: Setting, values: ReadonlyMap<number, number>): Setting {
  return {
    ...setting,
    scalars: setting.scalars.map((value, parameter) => values.get(parameter) ?? value),
    openScalars: new Set([...setting.openScalars].filter((parameter) => !values.has(parameter))),
  }
}

function reject(log: string): PayloadRejection {
  return { ok: false, stage: 'arguments', log }
}
