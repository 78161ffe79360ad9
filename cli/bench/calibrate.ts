// `benchsteer bench calibrate`: describes a device that is there, for `model:<file>`.

import { calibrate, deviceChoiceSyntax, MeasuredDevice } from '../../kernels/index.ts'
import { type Command, decimal, duration } from '../command.ts'
import { startProgress } from '../progress.ts'
import { writeFile } from '../write-file.ts'

interface CalibrateFlags {
  readonly device?: string
  readonly name: string
  readonly time: number
  readonly errorFactor: number
  readonly out?: string
}

export const calibrateBench: Command<CalibrateFlags> = {
  name: 'calibrate',
  summary: 'Describe an OpenCL device as `measure --devices model:<file>` takes it, from small kernels run on it.',
  options: [
    { syntax: '--device <choice>', summary: `${deviceChoiceSyntax} (default: the first CPU)` },
    { syntax: '--name <name>', summary: 'of the description', default: 'here' },
    { syntax: '--time <duration>', summary: 'for each small kernel', parse: duration, default: 2000 },
    {
      syntax: '--error-factor <x>',
      summary: 'expected error: 2 is from half to twice',
      parse: decimal(1, 100),
      default: 4,
    },
    { syntax: '-o, --out <file>', summary: 'JSON file to write (default: standard output)' },
  ],
  examples: ['bench calibrate -o here.json', 'bench calibrate --device gpu --name h100-measured -o h100.json'],

  async run({ device, name, time: budgetMs, errorFactor, out }, io) {
    using timer = await MeasuredDevice.open({ device, budgetMs, timeoutMs: 60_000 })
    using progress = startProgress(io, { label: 'calibrating', total: 1, unit: '' })
    const onProgress = (done: number, total: number): void => progress.update(done / total)
    const description = await calibrate(timer, { name, errorFactor, onProgress, signal: io.signal })
    const text = `${JSON.stringify(description, null, 2)}\n`
    if (out === undefined) io.out(text.trimEnd())
    else writeFile('--out', out, text)
  },
}
