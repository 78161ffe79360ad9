// `benchsteer corpora …`: gather kernels from public code and look at what was gathered.

import type { CommandGroup } from '../../command.ts'
import { holdOutCommand, manifestCommand, seedsCommand, trainingDataCommand, vectorsCommand } from './derive.ts'
import { exportCommand } from './export.ts'
import { listCommand } from './list.ts'
import { mineCommand } from './mine.ts'
import { showCommand } from './show.ts'
import { statsCommand } from './stats.ts'
import { summaryCommand } from './summary.ts'

export const corporaCommands: CommandGroup = {
  name: 'corpora',
  summary: 'Mine OpenCL kernels into a corpus and look at it.',
  commands: [
    mineCommand,
    statsCommand,
    listCommand,
    showCommand,
    exportCommand,
    summaryCommand,
    trainingDataCommand,
    vectorsCommand,
    manifestCommand,
    seedsCommand,
    holdOutCommand,
  ],
}
