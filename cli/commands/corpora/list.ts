// `benchsteer corpora list`: the kernels of a corpus, one line each.

import { type KernelFilter, type KernelOrigin, Store, type StoredKernel } from '../../../corpora/index.ts'
import { type Command, integer } from '../../command.ts'
import { corpusOption } from './options.ts'

interface ListFlags {
  readonly corpus: string
  readonly origin?: KernelOrigin
  readonly repository?: string
  readonly limit?: number
  readonly duplicates: boolean
  readonly heldOut: boolean
  readonly json: boolean
}

export const listCommand: Command<ListFlags> = {
  name: 'list',
  summary: 'List the kernels of a corpus that are fit for training, one line each.',
  options: [
    corpusOption,
    { syntax: '--origin <origin>', summary: 'only kernels of this origin', choices: ['mined', 'seed', 'synthesized'] },
    { syntax: '--repository <name>', summary: 'only kernels of this repository, as owner/name' },
    { syntax: '--limit <n>', summary: 'at most so many (default: all)', parse: integer(1) },
    { syntax: '--duplicates', summary: 'also kernels whose IR an earlier kernel has' },
    { syntax: '--held-out', summary: 'only kernels kept out of training, with the reason' },
    { syntax: '--json', summary: 'print one JSON object a line, with the text' },
  ],
  examples: ['corpora list --repository CNugteren/CLBlast --limit 10', 'corpora list --json > kernels.jsonl'],

  async run(flags, io) {
    using store = Store.open(flags.corpus, { mustExist: true })
    for (const kernel of store.kernels.list(filterOf(flags))) {
      io.out(flags.json ? JSON.stringify(withoutId(kernel)) : describe(kernel))
      if (io.signal.aborted) return
    }
  },
}

function filterOf({ origin, repository, limit, duplicates, heldOut }: ListFlags): KernelFilter {
  return { origin, repository, limit, includeDuplicates: duplicates, heldOut: heldOut ? 'only' : 'exclude' }
}

/** Row numbers differ between stores with equal content. */
function withoutId({ id: _, ...kernel }: StoredKernel): Omit<StoredKernel, 'id'> {
  return kernel
}

function describe(kernel: StoredKernel): string {
  const place = [kernel.repository, kernel.path].filter((part) => part !== null).join('/')
  const remarks = [
    ...(kernel.duplicateOf === null ? [] : [`same IR as ${kernel.duplicateOf.slice(0, 12)}`]),
    ...(kernel.heldOut === null ? [] : [`held out, ${kernel.heldOut}`]),
  ]
  const fields = [kernel.key.slice(0, 12), `${kernel.tokenCount}`.padStart(6), kernel.licence, place, kernel.kernelName]
  return [...fields, ...remarks].join('  ')
}
