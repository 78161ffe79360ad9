// `benchsteer grewe …`: the CPU-or-GPU heuristic: its data, its training, and how good it really is.

import type { CommandGroup } from '../../command.ts'
import { aliasCommand } from './alias.ts'
import { evaluateCommand } from './evaluate.ts'
import { importCommand } from './import.ts'
import { predictCommand } from './predict.ts'
import { showCommand } from './show.ts'
import { trainCommand } from './train.ts'

export const greweCommands: CommandGroup = {
  name: 'grewe',
  summary: 'The heuristic that says whether CPU or GPU should run a kernel: data, training, evaluation.',
  commands: [importCommand, trainCommand, predictCommand, showCommand, evaluateCommand, aliasCommand],
}
