// OpenCL C: `<key>.cl` per kernel in normal form, below a comment that says where it comes from.

import type { StoredBenchmark, StoredKernel } from '../store/records.ts'
import { recordOf } from './fields.ts'
import type { FilesFormat } from './format.ts'

export const clFormat: FilesFormat = {
  kind: 'files',
  id: 'cl',
  async *render({ entries, spaces, store }) {
    for await (const entry of entries) {
      const { kernel } = entry
      const name = `${kernel.key}.cl`
      const facts = [...factsOf(kernel), ...Array.from(store.benchmarks.list({ kernelId: kernel.id }), synthesisOf)]
      const comment = facts.map((fact) => `// ${inComment(fact)}\n`).join('')
      const line = JSON.stringify({ file: name, ...recordOf(entry, spaces) })
      yield { file: { name, content: `${comment}${kernel.text.trimEnd()}\n` }, line }
    }
  },
}

function factsOf(kernel: StoredKernel): string[] {
  const { key, origin, repository, path, kernelName, commit, licence, licenceClass, heldOut } = kernel
  const place = [repository, path].filter((part) => part !== null).join('/')
  const at = commit === null ? '' : ` at ${commit}`
  return [
    `key: ${key}`,
    `origin: ${origin}${place === '' ? '' : `, ${place} (${kernelName})${at}`}`,
    `licence: ${licence} (${licenceClass})`,
    ...(heldOut === null ? [] : [`held out of training: ${heldOut}`]),
  ]
}

/** Every target that the kernel was kept for, in whatever run. */
function synthesisOf(benchmark: StoredBenchmark): string {
  const { space, targetName, distance, proximity, seed, modelHash, device, version } = benchmark
  const near = `distance ${distance.toFixed(3)}, proximity ${proximity.toFixed(2)} %`
  const means = `seed ${seed}, model ${modelHash ?? 'none'}, device ${device ?? 'none'}, benchsteer ${version}`
  return `target: ${space} ${targetName}, ${near}, ${means}`
}

/** Paths of mined kernels are foreign: none may end the comment, or go on with it, in the next line. */
function inComment(fact: string): string {
  return fact.replace(/[\p{Cc}\\]|\?\?\//gu, ' ')
}
