// What the model writes from `kernel void [HOLE]` in one shot, undirected: compile rate, share unique, lengths.

import { packagePath } from '../../kernels/index.ts'
import { Model, Random, SampleTally, sampleKernels } from '../../synth/index.ts'
import { type Command, decimal, integer } from '../command.ts'
import { startProgress } from '../progress.ts'

interface ModelFlags {
  readonly samples: number
  readonly model?: string
  readonly temperature: number
  readonly checked: boolean
  readonly seed: number
}

export const modelBench: Command<ModelFlags> = {
  name: 'model',
  summary: 'Single-shot compile rate from `kernel void [HOLE]`, share unique, lengths.',
  options: [
    { syntax: '--samples <n>', summary: 'kernels to write', parse: integer(1), default: 2000 },
    { syntax: '--model <dir>', summary: 'folder of the model (default: the one shipped)' },
    { syntax: '--temperature <t>', summary: 'of sampling', parse: decimal(0.01, 4), default: 0.8 },
    { syntax: '--checked', summary: 'keep to matching brackets and declared names while decoding' },
    { syntax: '--seed <n>', summary: 'any integer', parse: integer(Number.MIN_SAFE_INTEGER), default: 0 },
  ],
  async run(flags, io) {
    using model = await Model.load(flags.model ?? packagePath('model'))
    const options = {
      ...{ samples: flags.samples, temperature: flags.temperature, topP: 0.98, checked: flags.checked },
      signal: io.signal,
    }
    const tally = new SampleTally()
    const lengths: number[] = []
    let tokens = 0
    const startedAt = performance.now()
    using progress = startProgress(io, { label: 'sampling', total: flags.samples, unit: 'kernels' })
    for await (const kernels of sampleKernels(model, options, new Random(flags.seed))) {
      for (const kernel of kernels) {
        tally.add(kernel)
        tokens += kernel.idCount
        if (kernel.outcome.ok && kernel.form !== undefined) lengths.push(kernel.form.tokens.length)
      }
      progress.update(tally.counts.sampled, `${tally.counts.compiled} compile`)
    }
    io.signal.throwIfAborted()
    const { counts } = tally
    const seconds = (performance.now() - startedAt) / 1000
    lengths.sort((a, b) => a - b)
    const percentile = (share: number): number => lengths[Math.floor(share * (lengths.length - 1))] ?? 0
    io.out(
      `model ${model.hash}, temperature ${flags.temperature}, top-p 0.98, seed ${flags.seed}, ${flags.checked ? 'checked' : 'plain'} decoding`,
    )
    io.out(
      `sampled ${counts.sampled}, complete ${counts.complete}, parsed ${counts.parsed}, compiled ${counts.compiled}`,
    )
    io.out(`single-shot compile rate ${((100 * counts.compiled) / counts.sampled).toFixed(1)} %`)
    io.out(`unique of compiling ${((100 * counts.unique) / Math.max(1, counts.compiled)).toFixed(1)} %`)
    io.out(`tokens of compiling kernels: median ${percentile(0.5)}, 90th percentile ${percentile(0.9)}`)
    io.out(
      `${(tokens / seconds).toFixed(0)} tokens/s, ${(counts.unique / seconds).toFixed(1)} compiling unique kernels/s`,
    )
  },
}
