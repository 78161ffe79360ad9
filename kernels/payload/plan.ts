// Plans a payload: ranges, sizes, scalars and data for one kernel, from its text and a seed.

import { parseChecked } from '../normalise.ts'
import type { ParsedUnit } from '../parse.ts'
import { Random } from '../random.ts'
import { type CType, isPlain, nameOf, scalarsOf, sizeOf } from './c-types.ts'
import { fillBuffer, scalarBytes } from './fill.ts'
import {
  guardBytes,
  type Payload,
  type PayloadArgument,
  type PayloadOptions,
  type PayloadRejection,
} from './payload.ts'
import { type Parameter, readSignature } from './signature.ts'

/** A payload, or why there is none. */
export type PayloadOutcome = { readonly ok: true; readonly payload: Payload } | PayloadRejection

/**
 * @param text - preprocessed OpenCL C that compiles
 * @throws {RangeError} for sizes that are no positive integers, or that do not fit each other
 */
export function planPayload(text: string, options: PayloadOptions): PayloadOutcome {
  const parsed = parseChecked(text)
  if (!parsed.ok) return reject(parsed.log)
  return planUnit(parsed.unit, options)
}

function planUnit(unit: ParsedUnit, options: PayloadOptions): PayloadOutcome {
  const signature = readSignature(unit, options.kernel)
  if (signature === undefined) return reject(`no kernel ${options.kernel ?? ''}`.trim())
  const localSize = options.localSize ?? signature.requiredLocalSize ?? [32]
  const globalSize = options.globalSize ?? localSize.map((size) => size * 2)
  const random = new Random(options.seed)
  const args: PayloadArgument[] = []
  for (const parameter of signature.parameters) {
    const argument = planArgument(
      parameter,
      globalSize.reduce((a, b) => a * b, 1),
      random.fork(),
    )
    if ('ok' in argument) return argument
    args.push(argument)
  }
  return { ok: true, payload: { kernel: signature.name, globalSize, localSize, seed: options.seed, arguments: args } }
}

function planArgument(parameter: Parameter, total: number, random: Random): PayloadArgument | PayloadRejection {
  const { type, name } = parameter
  if (type.kind === 'pointer') {
    if (!isPlain(type.to)) return reject(`${name}: ${nameOf(type)} is not supported`)
    const stride = sizeOf(type.to)
    const elements = total + 64
    if (type.space === 'local') return { kind: 'local', byteLength: elements * stride }
    if (type.space === 'private') return reject(`${name}: ${nameOf(type)} is not supported`)
    const layout = scalarsOf(type.to)
    const contents = { distribution: 'uniform', least: 0, greatest: total - 1, low: 0, high: 1 } as const
    const bytes = fillBuffer(elements, stride, layout, contents, random)
    const elementType = nameOf(type.to)
    return { kind: 'buffer', space: type.space, elementType, elements, bytes, guardBytes, access: 'both', layout }
  }
  if (type.kind === 'opaque') return planOpaque(parameter, random)
  return { kind: 'value', type: nameOf(type), bytes: valueBytes(type, total, random) }
}

function planOpaque({ name, type, isWritten }: Parameter, random: Random): PayloadArgument | PayloadRejection {
  const typeName = type.kind === 'opaque' ? type.name : ''
  if (typeName === 'sampler_t') return { kind: 'sampler' }
  if (typeName !== 'image2d_t') return reject(`${name}: ${nameOf(type)} is not supported`)
  const [width, height] = [16, 16]
  const contents = { distribution: 'uniform', least: 0, greatest: 255, low: 0, high: 1 } as const
  const bytes = fillBuffer(width * height * 4, 4, [{ offset: 0, type: 'float' }], contents, random)
  return {
    kind: 'image',
    width,
    height,
    channels: 4,
    channelType: 'float',
    bytes,
    access: isWritten ? 'write' : 'read',
  }
}

function valueBytes(type: CType, total: number, random: Random): Uint8Array {
  const bytes = new Uint8Array(sizeOf(type))
  for (const { offset, type: scalar } of scalarsOf(type)) {
    bytes.set(scalarBytes(scalar, /^(?:half|float|double)$/.test(scalar) ? random.next() : total), offset)
  }
  return bytes
}

function reject(log: string): PayloadRejection {
  return { ok: false, stage: 'arguments', log }
}
