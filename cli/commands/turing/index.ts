// `benchsteer turing …`: can people tell our kernels from those that people wrote?

import type { CommandGroup } from '../../command.ts'
import { analyzeCommand } from './analyze.ts'
import { answersCommand } from './answers.ts'
import { exportCommand } from './export.ts'
import { inviteCommand } from './invite.ts'
import { serveCommand } from './serve.ts'
import { simulateCommand } from './simulate.ts'
import { siteCommand } from './site.ts'

export const turingCommands: CommandGroup = {
  name: 'turing',
  summary: 'Set up, run and analyse a study of whether people can tell machine-made kernels.',
  commands: [exportCommand, siteCommand, serveCommand, inviteCommand, answersCommand, analyzeCommand, simulateCommand],
}
