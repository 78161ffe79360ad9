// Every command. To add one: a file beside this one, and a line here.

import { benchCommands } from '../bench/index.ts'
import type { Command, CommandGroup } from '../command.ts'
import { openDeviceLabeller } from '../learn/device-labeller.ts'
import { committeeCommands } from './committee.ts'
import { corporaCommands } from './corpora/index.ts'
import { demoCommand } from './demo.ts'
import { devicesCommand } from './devices.ts'
import { doctorCommand } from './doctor.ts'
import { evaluateCommand } from './evaluate.ts'
import { featuresCommand } from './features.ts'
import { greweCommands } from './grewe/index.ts'
import { infillCommand } from './infill.ts'
import { learnCommand } from './learn.ts'
import { measureCommand } from './measure.ts'
import { reduceCommand } from './reduce.ts'
import { runCommand } from './run.ts'
import { sampleCommand } from './sample.ts'
import { synthCommand } from './synth.ts'
import { targetsCommands } from './targets.ts'
import { turingCommands } from './turing/index.ts'
import { viewCommand } from './view.ts'

export const commands: readonly (Command | CommandGroup)[] = [
  synthCommand,
  demoCommand,
  infillCommand,
  sampleCommand,
  reduceCommand,
  measureCommand,
  featuresCommand,
  runCommand,
  targetsCommands,
  greweCommands,
  evaluateCommand,
  learnCommand(openDeviceLabeller),
  committeeCommands,
  corporaCommands,
  viewCommand,
  turingCommands,
  benchCommands,
  devicesCommand,
  doctorCommand,
]
