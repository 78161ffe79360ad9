// `benchsteer bench`, or `npm run bench --`: measures benchsteer itself. To add one: a file here, and a line below.

import type { CommandGroup } from '../../command.ts'
import { deviceBench } from './device.ts'

export const benchCommands: CommandGroup = {
  name: 'bench',
  summary: 'Measure benchsteer itself: the tables of docs/log.md.',
  commands: [deviceBench],
}
