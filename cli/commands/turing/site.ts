// `benchsteer turing site`: the page of a study anew, after its texts were edited.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readStudy, renderSite } from '../../../studies/index.ts'
import type { Command } from '../../command.ts'
import { writeFile } from '../../write-file.ts'
import { warnOfBlanks } from './blanks.ts'

interface SiteFlags {
  readonly out?: string
}

export const siteCommand: Command<SiteFlags> = {
  name: 'site',
  summary: 'Write the page of a study again, after its texts in study.json were edited.',
  description:
    'One HTML file that needs no server and asks nothing of the network: send it, or put it on any host. Participants ' +
    'download their answers as a file, which belongs into answers/ in the folder of the study. turing serve makes its own.',
  operands: [{ syntax: '<dir>', summary: 'folder of the study' }],
  options: [{ syntax: '-o, --out <file>', summary: 'file to write (default: site/index.html in the folder)' }],
  examples: ['turing site study/'],

  async run({ out }, io, [folder]) {
    const study = readStudy(folder)
    warnOfBlanks(study, io)
    if (out === undefined) mkdirSync(join(folder, 'site'), { recursive: true })
    const path = out ?? join(folder, 'site', 'index.html')
    writeFile('--out', path, renderSite(study))
    io.out(`page of "${study.title}" written to ${path}`)
  },
}
