// From what was found of a kernel to the arguments it is called with.

import type { Random } from '../random.ts'
import type { Findings, Setting } from './analysis/findings.ts'
import type { MemoryObject } from './analysis/memory.ts'
import { type CType, isPlain, nameOf, scalarsOf, sizeOf } from './c-types.ts'
import { type CommonData, chooseCommonData, chooseContents, chooseTexels } from './contents.ts'
import { fillBuffer, scalarBytes } from './fill.ts'
import { type Distribution, guardBytes, type PayloadArgument } from './payload.ts'
import type { Parameter, Signature } from './signature.ts'

/** Elements of a buffer that is accessed at places nobody can tell. */
const generousElements = 4096
/** No buffer is larger. */
const mostBytes = 256 << 20
/** Of constant and local memory. */
const smallBytes = 16 << 10

/** Why a parameter cannot be given an argument, if so. */
export function unsupported({ name, type }: Parameter): string | undefined {
  const isKnown =
    type.kind === 'pointer'
      ? isPlain(type.to) && sizeOf(type.to) > 0 && type.space !== 'private'
      : type.kind === 'opaque'
        ? /^(?:image[23]d_t|sampler_t)$/.test(type.name)
        : isPlain(type)
  return isKnown ? undefined : `${name}: ${nameOf(type)} is not supported`
}

/** Arguments in the order of the parameters. */
export function buildArguments(
  { parameters }: Signature,
  setting: Setting,
  findings: Findings,
  distribution: Distribution,
  random: Random,
): PayloadArgument[] {
  const data = chooseCommonData(distribution, setting, random)
  return parameters.map((parameter, i) => {
    const own = random.fork()
    const object = findings.objects.find((one) => one.parameter === i)
    const { type } = parameter
    if (type.kind === 'pointer' && object !== undefined) {
      return pointerArgument(object, type.to, setting, findings, data, own)
    }
    if (type.kind === 'opaque') {
      return type.name === 'sampler_t'
        ? { kind: 'sampler' }
        : imageArgument(parameter, type.name, setting, findings, data, own)
    }
    return { kind: 'value', type: nameOf(type), bytes: valueBytes(type, setting, i, own) }
  })
}

function pointerArgument(
  object: MemoryObject,
  type: CType,
  setting: Setting,
  findings: Findings,
  data: CommonData,
  random: Random,
): PayloadArgument {
  const stride = sizeOf(type)
  const elements = countElements(object, stride, setting)
  if (object.space === 'local') return { kind: 'local', byteLength: elements * stride }
  const layout = scalarsOf(type)
  const bounds = setting.contents[object.parameter ?? 0]
  const contents = chooseContents(object, bounds, elements, findings, data, random)
  return {
    kind: 'buffer',
    space: object.space === 'constant' ? 'constant' : 'global',
    elementType: nameOf(type),
    elements,
    bytes: fillBuffer(elements, stride, layout, contents, random),
    guardBytes,
    access: object.isRead && object.isWritten ? 'both' : object.isWritten ? 'write' : 'read',
    layout,
  }
}

function countElements({ reach, space }: MemoryObject, stride: number, { globalSize }: Setting): number {
  const items = globalSize.reduce((a, b) => a * b, 1)
  if (reach <= 0) return space === 'global' ? items : Math.min(items, generousElements)
  if (reach <= (space === 'global' ? mostBytes : smallBytes)) return Math.ceil(reach / stride)
  const room = space === 'global' ? mostBytes : smallBytes
  return Math.min(Math.max(generousElements, 4 * items), Math.floor(room / stride))
}

/** Images that are larger than the range because they are accessed further out are so by no more than this. */
const mostTexels = { image2d_t: 1024, image3d_t: 64 } as const

function imageArgument(
  { name, isWritten }: Parameter,
  type: string,
  { imageSize }: Setting,
  findings: Findings,
  data: CommonData,
  random: Random,
): PayloadArgument {
  const isDeep = type === 'image3d_t'
  const most = isDeep ? mostTexels.image3d_t : mostTexels.image2d_t
  // Beyond that, nobody can tell where.
  const reach = findings.imageReach < most ? findings.imageReach + 1 : 0
  const [width, height, depth] = imageSize.map((size) => Math.max(size, reach))
  const channelType = findings.wholeImages.has(name) ? 'uint8' : 'float'
  const scalar = channelType === 'float' ? 'float' : 'uchar'
  const stride = channelType === 'float' ? 4 : 1
  const scalars = width * height * 4 * (isDeep ? depth : 1)
  const bytes = fillBuffer(scalars, stride, [{ offset: 0, type: scalar }], chooseTexels(data, random), random)
  const access = isWritten ? 'write' : 'read'
  return { kind: 'image', width, height, ...(isDeep ? { depth } : {}), channels: 4, channelType, bytes, access }
}

function valueBytes(type: CType, setting: Setting, parameter: number, random: Random): Uint8Array {
  const bytes = new Uint8Array(sizeOf(type))
  const { least, greatest } = setting.contents[parameter]
  for (const { offset, type: scalar } of scalarsOf(type)) {
    const isReal = /^(?:half|float|double)$/.test(scalar)
    const free = isReal ? 0.25 + random.next() * 1.75 : least + random.below(greatest - least + 1)
    bytes.set(scalarBytes(scalar, setting.scalars[parameter] ?? free), offset)
  }
  return bytes
}
