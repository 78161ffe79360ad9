// `benchsteer corpora summary DIR`: what a folder of results says of itself, written anew.

import { join } from 'node:path'
import { Store, summaryNames, writeSummary } from '../../../corpora/index.ts'
import type { Command } from '../../command.ts'
import { storeName } from '../../synth/options.ts'

export const summaryCommand: Command = {
  name: 'summary',
  summary: 'Describe the results of `synth` in Markdown and HTML, with pictures.',
  description:
    'Writes summary.html, which holds its pictures, and summary.md with pictures in summary/, beside the store that it ' +
    'reads. `synth` does the same at its end and every few minutes.',
  operands: [{ syntax: '<dir>', summary: 'folder that `synth --out` wrote' }],
  examples: ['corpora summary results/overnight'],

  async run(_flags, io, [folder]) {
    using store = Store.open(join(folder, storeName), { mustExist: true })
    await writeSummary(folder, store)
    for (const name of Object.values(summaryNames)) io.out(join(folder, name))
  },
}
