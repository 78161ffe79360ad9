// `benchsteer targets`: the named points that a search can steer to, and how they are measured.

import { findTarget, loadTargetSuites, measureSuite, packTargetSuite } from '../../corpora/index.ts'
import { findFeatureSpace } from '../../features/index.ts'
import type { Command, CommandGroup } from '../command.ts'
import { writeFile } from '../write-file.ts'

const listCommand: Command<{ readonly json: boolean }> = {
  name: 'list',
  summary: 'List the named targets.',
  options: [{ syntax: '--json', summary: 'one JSON object per line, with features' }],
  examples: ['targets list', 'targets list --json'],
  async run(flags, io) {
    for (const suite of loadTargetSuites()) {
      for (const target of suite.targets) io.out(flags.json ? JSON.stringify(target) : target.name)
    }
  },
}

const showCommand: Command<{ readonly space?: string }> = {
  name: 'show',
  summary: 'Print the features of one target.',
  operands: [{ syntax: '<name>', summary: 'as listed, e.g. rodinia/bfs/BFS_1' }],
  options: [{ syntax: '--space <id>', summary: 'only this feature space' }],
  examples: ['targets show rodinia/bfs/BFS_1 --space grewe'],
  async run(flags, io, [name]) {
    const { features, ...rest } = findTarget(name)
    const shown = flags.space === undefined ? features : features[findFeatureSpace(flags.space).id]
    io.out(JSON.stringify({ ...rest, features: shown }, null, 2))
  },
}

interface MeasureFlags {
  readonly suite: string
  readonly folder: string
  readonly define: readonly string[]
  readonly out: string
}

const measureCommand: Command<MeasureFlags> = {
  name: 'measure',
  summary: "Measure a suite's kernels and write them as targets.",
  operands: [{ syntax: '<location>', summary: 'directory or git repository of the suite' }],
  options: [
    { syntax: '--suite <name>', summary: 'first part of the target names', isRequired: true },
    { syntax: '--folder <path>', summary: 'where its OpenCL programs lie', default: 'opencl' },
    { syntax: '-D, --define <macro>', summary: 'macro that its host programs pass', isRepeatable: true },
    { syntax: '-o, --out <file>', summary: 'JSON file to write', isRequired: true },
  ],
  examples: [
    'targets measure gpu-rodinia.git --suite rodinia -D BLOCK_SIZE=16 -D DEFAULT_ORDER=256 -o corpora/targets/rodinia.json',
  ],
  async run(flags, io, [location]) {
    const { suite, folder, define: defines, out } = flags
    const measured = await measureSuite(location, { suite, folder, defines })
    writeFile('--out', out, packTargetSuite(measured))
    for (const { name, reason } of measured.left) io.err(`${name}: ${reason}`)
    io.out(`${measured.targets.length} targets written to ${out}; ${measured.left.length} kernels left out`)
  },
}

export const targetsCommands: CommandGroup = {
  name: 'targets',
  summary: 'The named points that a search can steer to.',
  commands: [listCommand, showCommand, measureCommand],
}
