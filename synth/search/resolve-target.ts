// Reads what a user calls a target: a name, an OpenCL file, a JSON file, or values written out.

import { readFileSync } from 'node:fs'
import { findTarget, measureUnit } from '../../corpora/index.ts'
import { type FeatureSpace, fromFeatureRecord } from '../../features/index.ts'
import type { Target } from './target.ts'

/**
 * @param text - `rodinia/<program>/<kernel>`, `FILE.cl` (its last kernel), `FILE.json` (an object of feature values,
 *   or one with them under `features.<space>`), or `comp=12,mem=4`; features not named are left open
 * @throws {RangeError} saying what was expected
 */
export async function resolveTarget(text: string, space: FeatureSpace): Promise<Target> {
  if (text.endsWith('.json')) return { name: text, space, values: readJson(text, space) }
  if (text.endsWith('.cl')) return { name: text, space, values: await measureTarget(text, space) }
  if (text.includes('=')) return { name: text, space, values: parseAssignments(text, space) }
  const { name, features } = findTarget(text)
  const record = features[space.id]
  if (record === undefined) throw new RangeError(`target ${name} has no ${space.id} features`)
  return { name, space, values: fromFeatureRecord(space, record) }
}

function parseAssignments(text: string, space: FeatureSpace): Float64Array {
  const record: Record<string, number> = {}
  for (const part of text.split(',')) {
    const match = /^\s*(.+?)\s*=\s*(-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*$/i.exec(part)
    if (match === null) throw new RangeError(`target: expected NAME=NUMBER, received '${part}'`)
    record[match[1]] = Number(match[2])
  }
  return partialVector(record, space)
}

function readJson(path: string, space: FeatureSpace): Float64Array {
  const record = innerRecord(parseJson(path), space.id)
  if (record === undefined) throw new RangeError(`target ${path}: expected an object of numbers for ${space.id}`)
  return partialVector(record, space)
}

function parseJson(path: string): unknown {
  const text = readExisting(path)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new RangeError(`target ${path}: not JSON: ${String(cause)}`, { cause })
  }
}

/** The object itself, its `features.<space>`, or its `<space>`: whichever holds numbers. */
function innerRecord(content: unknown, id: string): Record<string, number> | undefined {
  if (typeof content !== 'object' || content === null) return undefined
  const object = content as Record<string, unknown>
  const inner = object.features ?? object[id]
  if (inner !== undefined) return innerRecord(inner, id)
  return Object.values(object).every((value) => typeof value === 'number')
    ? (object as Record<string, number>)
    : undefined
}

function partialVector(record: Readonly<Record<string, number>>, space: FeatureSpace): Float64Array {
  const names = Object.keys(record)
  const unknown = names.find((name) => !space.names.includes(name))
  if (unknown !== undefined) {
    throw new RangeError(`target: ${space.id} has no feature '${unknown}'; it has ${space.names.join(', ')}`)
  }
  if (names.length === 0) throw new RangeError('target: no feature given')
  const infinite = names.find((name) => !Number.isFinite(record[name]))
  if (infinite !== undefined)
    throw new RangeError(`target: ${infinite}: expected a number, received ${record[infinite]}`)
  return Float64Array.from(space.names, (name) => record[name] ?? Number.NaN)
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
