// JSON lines: everything that the store says of a kernel or benchmark, with the text.

import { recordOf } from './fields.ts'
import type { LinesFormat } from './format.ts'

export const jsonlFormat: LinesFormat = {
  kind: 'lines',
  id: 'jsonl',
  async *render({ entries, spaces }) {
    for await (const entry of entries) yield JSON.stringify({ ...recordOf(entry, spaces), text: entry.kernel.text })
  },
}
