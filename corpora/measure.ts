// What every kernel of a corpus is filed with: its features in all registered spaces and the key of its IR; and the
// features of a user's translation unit as it stands.

import { createHash } from 'node:crypto'
import { type FeatureSpace, featureSpaces, joinValues, measureKernel, needsIr, partsOf } from '../features/index.ts'
import {
  compileAll,
  extractKernel,
  findKernels,
  type PreprocessOptions,
  parseChecked,
  parseUnit,
  preprocess,
  type Rejection,
} from '../kernels/index.ts'

/** All registered feature spaces of one kernel; `text` holds it and nothing it does not need. */
export function kernelFeatures(
  text: string,
  ir: string,
  spaces: readonly FeatureSpace[] = featureSpaces,
): Record<string, Float64Array> {
  const unit = parseUnit(text)
  const features = spaces.map((space) => [space.id, measureKernel(space, unit, ir)] as const)
  return Object.fromEntries(features.flatMap(([id, values]) => (values === undefined ? [] : [[id, values]])))
}

/** Hash of the code of a module: everything but its header, comments and metadata. */
export function irKeyOf(ir: string): string {
  const code = ir
    .split('\n')
    .filter((line) => !/^(?:;|source_filename|target |!|attributes )/.test(line))
    .join('\n')
    .replace(/ ![\w.]+(?: !\d+)?|, !\w+ !\d+| #\d+/g, '')
  return createHash('sha256').update(code).digest('hex').slice(0, 32)
}

/** One function of a unit with its features by space. */
export interface MeasuredFunction {
  readonly kernel: string
  readonly features: Readonly<Record<string, Float64Array>>
}

/** How a translation unit is measured. */
export interface MeasureOptions extends PreprocessOptions {
  readonly spaces: readonly FeatureSpace[]
  /** Cut each kernel out with what it needs and measure it alone. Default false: the unit as given. */
  readonly perKernel?: boolean
}

/**
 * Features of a translation unit as the reference tools report them: one row per function with a body, the IR spaces'
 * one vector repeated on each. With `perKernel`, one row per kernel.
 */
export async function measureUnit(
  text: string,
  options: MeasureOptions,
): Promise<{ readonly ok: true; readonly rows: readonly MeasuredFunction[] } | Rejection> {
  const expanded = await preprocess(text, options)
  if (!expanded.ok) return expanded
  const parsed = parseChecked(expanded.source)
  if (!options.perKernel) return measureSource(expanded.source, parsed, options.spaces)
  if (!parsed.ok) return parsed
  const rows: MeasuredFunction[] = []
  for (const kernel of findKernels(parsed.unit)) {
    const source = extractKernel(parsed.unit, kernel) ?? ''
    const measured = await measureSource(source, parseChecked(source), options.spaces)
    if (!measured.ok) return { ...measured, log: `kernel ${kernel}: ${measured.log}` }
    rows.push(...measured.rows.filter((row) => row.kernel === kernel))
  }
  return { ok: true, rows }
}

async function measureSource(
  source: string,
  parsed: ReturnType<typeof parseChecked>,
  spaces: readonly FeatureSpace[],
): Promise<{ readonly ok: true; readonly rows: readonly MeasuredFunction[] } | Rejection> {
  const [outcome] = await compileAll([source], { checkOnly: !spaces.some(needsIr) })
  if (!outcome.ok) return outcome
  if (!parsed.ok) return parsed
  const rows: { kernel: string; features: Record<string, Float64Array> }[] = []
  // The registered syntax spaces name the functions, also where only IR spaces are asked for.
  const parts = new Set(spaces.flatMap(partsOf))
  for (const space of new Set([...featureSpaces, ...parts])) {
    if (space.input !== 'syntax') continue
    const met = new Map<string, number>()
    for (const { kernel, values } of space.extractUnit(parsed.unit)) {
      const nth = met.get(kernel) ?? 0 // overloaded functions share a name
      met.set(kernel, nth + 1)
      const row = rows.filter((known) => known.kernel === kernel)[nth] ?? { kernel, features: {} }
      if (!rows.includes(row)) rows.push(row)
      if (parts.has(space)) row.features[space.id] = values
    }
  }
  for (const space of parts) {
    if (space.input !== 'ir') continue
    const values = space.extractModule(outcome.ir)
    for (const { features } of rows) features[space.id] = values
  }
  for (const space of spaces) for (const { features } of rows) features[space.id] = joinValues(space, features)
  return { ok: true, rows }
}
