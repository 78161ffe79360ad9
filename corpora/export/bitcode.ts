// LLVM bitcode: `<key>.bc` per kernel, compiled as for every check (`irFlags`).

import { emitBitcode, findClang } from '../../kernels/index.ts'
import { recordOf } from './fields.ts'
import type { FilesFormat } from './format.ts'
import { inGroups } from './groups.ts'

/** Enough for several batches of the compiler per core. */
const kernelsPerGroup = 500

export const bitcodeFormat: FilesFormat = {
  kind: 'files',
  id: 'bitcode',
  async *render({ entries, spaces, signal }) {
    const toolchain = `clang ${findClang().version}`
    for await (const group of inGroups(entries, kernelsPerGroup)) {
      const outcomes = await emitBitcode(
        group.map(({ kernel }) => kernel.text),
        { signal },
      )
      for (const [i, entry] of group.entries()) {
        const [outcome, record] = [outcomes[i], recordOf(entry, spaces)]
        const name = `${entry.kernel.key}.bc`
        if (outcome.ok) {
          const line = JSON.stringify({ file: name, toolchain, ...record })
          yield { file: { name, content: outcome.bitcode }, line }
        } else {
          const { stage, log } = outcome
          yield { file: null, line: JSON.stringify({ file: null, toolchain, stage, log, ...record }) }
        }
      }
    }
  },
}
