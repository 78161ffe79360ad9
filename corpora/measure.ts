// What every kernel of a corpus is filed with: its features in all registered spaces and the key of its IR.

import { createHash } from 'node:crypto'
import { featureSpaces } from '../features/index.ts'
import { parseUnit } from '../kernels/index.ts'

/** All registered feature spaces of one kernel in normal form; Grewe's is the kernel's own row. */
export function kernelFeatures(text: string, ir: string): Record<string, Float64Array> {
  const features: Record<string, Float64Array> = {}
  for (const space of featureSpaces) {
    if (space.input === 'ir') features[space.id] = space.extractModule(ir)
    else {
      const rows = space.extractUnit(parseUnit(text))
      const own = rows.findLast((row) => row.isKernel)
      if (own !== undefined) features[space.id] = own.values
    }
  }
  return features
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
