// Reads what a user calls a target: a name, an OpenCL file, a JSON file, or values written out; and the spaces it is in.

import { readFileSync } from 'node:fs'
import { findTarget, loadTargetSuites, measureUnit, type NamedTarget } from '../../corpora/index.ts'
import { type FeatureSpace, fromFeatureRecord, joinSpaces, partsOf, resolveFeatureSpace } from '../../features/index.ts'
import type { Target } from './target.ts'

/** What a feature is to be: a value, or a range; open ends are infinite. */
interface Wanted {
  readonly lower: number
  readonly upper: number
}

/**
 * @param text - ids or module paths, each with a weight if it counts other than 1: `grewe`, `grewe,instcount=0.5`
 * @throws {RangeError | TypeError} naming what is unknown, given twice, or no weight
 */
export async function resolveSpaces(
  text: string,
): Promise<{ readonly space: FeatureSpace; readonly weights?: readonly number[] }> {
  const parts = await Promise.all(
    text.split(',').map(async (part) => {
      const [name, weight = '1'] = part.split('=').map((piece) => piece.trim())
      if (!(Number(weight) > 0) || !Number.isFinite(Number(weight))) {
        throw new RangeError(`space: expected a weight above 0 after '${name}=', received '${weight}'`)
      }
      return { space: await resolveFeatureSpace(name), weight: Number(weight) }
    }),
  )
  const space = joinSpaces(parts.map((part) => part.space))
  return parts.length === 1 ? { space } : { space, weights: parts.map(({ weight }) => weight) }
}

/**
 * @param text - `rodinia/<program>/<kernel>`, `FILE.cl` (its last kernel), `FILE.json` (an object of feature values,
 *   or one with them under `features.<space>`), or `comp=12,mem=4..8`; features not named are left open
 * @throws {RangeError} saying what was expected
 */
export async function resolveTarget(text: string, space: FeatureSpace): Promise<Target> {
  if (text.endsWith('.json')) return boxOf(text, space, wantedIn(parseJson(readExisting(text), text), text, space))
  if (text.endsWith('.cl')) return { name: text, space, values: await measureTarget(text, space) }
  if (text.includes('=')) return boxOf(text, space, parseAssignments(text, space))
  const { name, features } = findTarget(text)
  return { name, space, values: valuesOf(name, features, space) }
}

/** Points of a grid that are too many to be meant. */
const mostPoints = 100_000

/**
 * @param text - a suite or a part of one (`rodinia`, `rodinia/bfs`), `FILE.jsonl` (a line each, as `FILE.json`; its `name`
 *   if it has one), `grid:comp=0..40/10,mem=2..8/2` (steps), or a single target as `resolveTarget` takes it
 * @returns each point once; none where a file has no line with features of the space
 * @throws {RangeError} saying what was expected
 */
export async function resolveTargets(text: string, space: FeatureSpace): Promise<Target[]> {
  const targets = await readTargets(text, space)
  return [...new Map(targets.map((target) => [pointText(target), target] as const)).values()]
}

/** Equal for equal targets of one space. */
function pointText({ values, upper }: Target): string {
  return `${values.join()} ${upper?.join()}`
}

async function readTargets(text: string, space: FeatureSpace): Promise<Target[]> {
  if (text.startsWith('grid:')) return gridTargets(text.slice('grid:'.length), space)
  if (text.endsWith('.jsonl')) return fileTargets(text, space)
  const named = loadTargetSuites()
    .flatMap(({ targets }) => targets)
    .filter(({ name }) => name === text || name.startsWith(`${text}/`))
  if (named.length === 0) return [await resolveTarget(text, space)]
  return named.map(({ name, features }) => ({ name, space, values: valuesOf(name, features, space) }))
}

/** @throws {RangeError} where two lines give one name to different values: results are filed by name */
function fileTargets(path: string, space: FeatureSpace): Target[] {
  const lines = readFileLines(path, space)
  const first = new Map<string, (typeof lines)[number]>()
  for (const line of lines) {
    const known = first.get(line.target.name) ?? line
    if (pointText(known.target) !== pointText(line.target)) {
      const names = `'${line.target.name}' names different targets in ${path}, line ${known.line} and line ${line.line}`
      throw new RangeError(`target: ${names}; expected a name of its own for each`)
    }
    first.set(line.target.name, known)
  }
  return lines.map(({ target }) => target)
}

function readFileLines(path: string, space: FeatureSpace): { readonly line: number; readonly target: Target }[] {
  return readExisting(path)
    .split('\n')
    .flatMap((line, i) => {
      if (line.trim() === '') return []
      const content = parseJson(line, `${path}:${i + 1}`)
      const { name, ...rest } = isObject(content) ? content : {}
      const inner = isObject(rest.features) ? rest.features : rest
      const isBySpace = Object.values(inner).some((value) => isObject(value) && !Array.isArray(value))
      if (isBySpace && !partsOf(space).some(({ id }) => isObject(inner[id]))) return []
      const own = typeof name === 'string' ? name : `${path}:${i + 1}`
      const wanted = wantedIn(isObject(content) ? rest : content, `${path}:${i + 1}`, space)
      return [{ line: i + 1, target: boxOf(own, space, wanted) }]
    })
}

function gridTargets(text: string, space: FeatureSpace): Target[] {
  const axes = text.split(',').map((part) => {
    const match = gridAxis.exec(part)
    if (match === null) throw new RangeError(`target: expected NAME=LOW..HIGH/STEP or NAME=NUMBER, received '${part}'`)
    const [, name, low, high = low, step = '1'] = match
    const count = Math.floor((Number(high) - Number(low)) / Number(step) + 1e-9) + 1
    if (!(count >= 1) || !Number.isFinite(count)) throw new RangeError(`target: no points in '${part}'`)
    return {
      name: featureOf(name, space),
      values: Array.from({ length: count }, (_, i) => rounded(Number(low) + i * Number(step))),
    }
  })
  const total = axes.reduce((product, { values }) => product * values.length, 1)
  if (total > mostPoints) throw new RangeError(`target: the grid has ${total} points, more than ${mostPoints}`)
  let points: Map<string, Wanted>[] = [new Map()]
  for (const { name, values } of axes) {
    points = points.flatMap((point) =>
      values.map((value) => new Map([...point, [name, { lower: value, upper: value }]])),
    )
  }
  return points.map((point) => {
    const name = [...point].map(([feature, { lower }]) => `${feature}=${lower}`).join(',')
    return boxOf(name, space, point)
  })
}

/** As it would be written: three steps of 0.1 are 0.3, which a kernel can have. */
function rounded(value: number): number {
  return Number(value.toPrecision(12))
}

function valuesOf(name: string, features: NamedTarget['features'], space: FeatureSpace): Float64Array {
  const values = partsOf(space).flatMap((part) => {
    const record = features[part.id]
    if (record === undefined) throw new RangeError(`target ${name} has no ${part.id} features`)
    return [...fromFeatureRecord(part, record)]
  })
  return Float64Array.from(values)
}

function boxOf(name: string, space: FeatureSpace, wanted: ReadonlyMap<string, Wanted>): Target {
  if (wanted.size === 0) throw new RangeError('target: no feature given')
  const ends = (end: keyof Wanted): Float64Array =>
    Float64Array.from(space.names, (feature) => wanted.get(feature)?.[end] ?? Number.NaN)
  const isPoint = [...wanted.values()].every(({ lower, upper }) => lower === upper)
  return { name, space, values: ends('lower'), ...(isPoint ? {} : { upper: ends('upper') }) }
}

const number = String.raw`-?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?`
const gridAxis = new RegExp(
  String.raw`^\s*(.+?)\s*=\s*(${number})(?:\s*\.\.\s*(${number}))?(?:\s*/\s*(${number}))?\s*$`,
  'i',
)
const assignment = new RegExp(String.raw`^\s*(.+?)\s*=\s*(${number})?\s*(\.\.)?\s*(${number})?\s*$`, 'i')

function parseAssignments(text: string, space: FeatureSpace): Map<string, Wanted> {
  return new Map(
    text.split(',').map((part) => {
      const [, name, low, dots, high] = assignment.exec(part) ?? []
      const isValue = dots === undefined && low !== undefined && high === undefined
      if (!isValue && (dots === undefined || (low ?? high) === undefined)) {
        throw new RangeError(`target: expected NAME=NUMBER or NAME=LOW..HIGH, received '${part}'`)
      }
      const ends = isValue ? [low, low] : [low, high]
      return wantedOf(
        name,
        ends.map((end) => (end === undefined ? null : Number(end))),
        space,
      )
    }),
  )
}

/**
 * @param name - of a feature; in a joint space the part may be left out where only one has it
 * @param ends - lower and upper, null where open
 */
function wantedOf(name: string, ends: readonly (number | null)[], space: FeatureSpace): [string, Wanted] {
  const [low, high] = ends
  const infinite = ends.find((end) => end !== null && !Number.isFinite(end))
  if (infinite !== undefined) throw new RangeError(`target: ${name}: expected a number, received ${infinite}`)
  const lower = low ?? Number.NEGATIVE_INFINITY
  const upper = high ?? Number.POSITIVE_INFINITY
  if (lower > upper) throw new RangeError(`target: ${name}: expected LOW..HIGH, received ${lower}..${upper}`)
  return [featureOf(name, space), { lower, upper }]
}

function featureOf(name: string, space: FeatureSpace): string {
  if (space.names.includes(name)) return name
  const meant = space.input === 'joint' ? space.names.filter((full) => full.endsWith(`:${name}`)) : []
  if (meant.length === 1) return meant[0]
  if (meant.length > 1) throw new RangeError(`target: '${name}' may be ${meant.join(' or ')}; name one`)
  throw new RangeError(`target: ${space.id} has no feature '${name}'; it has ${space.names.join(', ')}`)
}

/** @param path - where it is from, for messages */
function wantedIn(content: unknown, path: string, space: FeatureSpace): Map<string, Wanted> {
  const entries = entriesOf(content, space)?.map(([name, value]) => [name, endsOf(value)] as const)
  return new Map(
    (entries ?? [['', undefined] as const]).map(([name, ends]) => {
      if (ends !== undefined) return wantedOf(name, ends, space)
      throw new RangeError(`target ${path}: expected an object of numbers for ${space.id}, or of [LOW, HIGH]`)
    }),
  )
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new RangeError(`target ${path}: not JSON: ${String(cause)}`, { cause })
  }
}

/** Features of the object itself, or of what it has under `features` and the ids of spaces. */
function entriesOf(content: unknown, space: FeatureSpace): [string, unknown][] | undefined {
  if (!isObject(content)) return undefined
  if (isObject(content.features)) return entriesOf(content.features, space)
  const own = partsOf(space).flatMap(({ id }) => {
    const record = content[id]
    const prefix = space.input === 'joint' ? `${id}:` : ''
    return isObject(record)
      ? Object.entries(record).map(([name, value]): [string, unknown] => [prefix + name, value])
      : []
  })
  return own.length > 0 ? own : Object.entries(content)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** A number, or two of which one may be null. */
function endsOf(value: unknown): (number | null)[] | undefined {
  if (typeof value === 'number') return [value, value]
  if (!Array.isArray(value) || value.length !== 2) return undefined
  const ends: unknown[] = value
  const isEnd = (end: unknown): end is number | null => typeof end === 'number' || end === null
  return ends.every(isEnd) && ends.some((end) => end !== null) ? ends : undefined
}

async function measureTarget(path: string, space: FeatureSpace): Promise<Float64Array> {
  const measured = await measureUnit(readExisting(path), { spaces: [space], perKernel: true, path })
  if (!measured.ok) throw new RangeError(`target ${path}: ${measured.stage}: ${measured.log}`)
  const last = measured.rows.at(-1)
  if (last === undefined) throw new RangeError(`target ${path}: defines no kernel`)
  return last.features[space.id]
}

function readExisting(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new RangeError(`target: cannot read ${path}: ${String(cause)}`, { cause })
  }
}
