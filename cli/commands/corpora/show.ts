// `benchsteer corpora show KEY`: one kernel with where it came from and its features, as OpenCL C or as JSON.

import { Store, type StoredKernel } from '../../../corpora/index.ts'
import { featureSpaces, toFeatureRecord } from '../../../features/index.ts'
import type { Command } from '../../command.ts'
import { corpusOption } from './options.ts'

interface ShowFlags {
  readonly corpus: string
  readonly json: boolean
}

export const showCommand: Command<ShowFlags> = {
  name: 'show',
  summary: 'Show one kernel of a corpus, with its origin and features.',
  operands: [{ syntax: '<key>', summary: 'key of the kernel, or enough of its start to tell it from others' }],
  options: [corpusOption, { syntax: '--json', summary: 'print one JSON object' }],
  examples: ['corpora show 3f2a9c1b'],

  async run(flags, io, [key]) {
    using store = Store.open(flags.corpus, { mustExist: true })
    const kernel = store.kernels.find(key)
    if (kernel === undefined)
      throw new RangeError(`key: expected the key of one kernel in ${flags.corpus}, received '${key}'`)
    const features = nameFeatures(store.kernels.featuresOf(kernel.id))
    const { id: _, ...record } = kernel
    if (flags.json) io.out(JSON.stringify({ ...record, features }))
    else for (const line of describe(kernel, features)) io.out(line)
  },
}

/** Spaces that this benchsteer does not know keep their numbers without names. */
function nameFeatures(features: Readonly<Record<string, Float64Array>>): Record<string, Record<string, number>> {
  return Object.fromEntries(
    Object.entries(features).map(([id, values]) => {
      const space = featureSpaces.find((known) => known.id === id)
      return [id, space === undefined ? Object.fromEntries(values.entries()) : toFeatureRecord(space, values)]
    }),
  )
}

function describe(
  kernel: StoredKernel,
  features: Readonly<Record<string, Readonly<Record<string, number>>>>,
): string[] {
  const place = [kernel.repository, kernel.path].filter((part) => part !== null).join('/')
  const facts = [
    `${kernel.key}, ${kernel.origin}, ${kernel.tokenCount} tokens`,
    ...(place === '' ? [] : [`${place} (${kernel.kernelName}) at ${kernel.commit}`]),
    `licence: ${kernel.licence} (${kernel.licenceClass})`,
    ...(kernel.duplicateOf === null ? [] : [`same IR as ${kernel.duplicateOf}`]),
    ...(kernel.heldOut === null ? [] : [`held out of training: ${kernel.heldOut}`]),
    ...Object.entries(features).map(([id, values]) => `${id}: ${nonZero(values)}`),
  ]
  return [...facts.map((fact) => `// ${fact}`), kernel.text.trimEnd()]
}

function nonZero(values: Readonly<Record<string, number>>): string {
  const named = Object.entries(values).filter(([, value]) => value !== 0)
  const text = named.map(([name, value]) => `${name}=${Number(value.toPrecision(6))}`).join(' ')
  return text === '' ? 'all zero' : text
}
