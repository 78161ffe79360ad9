// What the model writes from `kernel void [HOLE]` in one shot, undirected: compile rate, share unique, lengths.

import { compileAll, packagePath } from '../../kernels/index.ts'
import { type Context, infill, Model, normalise, Random, special } from '../../synth/index.ts'
import { type Command, decimal, integer } from '../command.ts'
import { startProgress } from '../progress.ts'

interface ModelFlags {
  readonly samples: number
  readonly model?: string
  readonly temperature: number
  readonly checked: boolean
  readonly seed: number
}

const batch = 64
const maxTokens = 640

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
    const context = scratchContext(model)
    const rng = new Random(flags.seed)
    const keys = new Set<string>()
    const lengths: number[] = []
    const counts = { sampled: 0, complete: 0, parsed: 0, compiled: 0 }
    let tokens = 0
    const startedAt = performance.now()
    using progress = startProgress(io, { label: 'sampling', total: flags.samples, unit: 'kernels' })
    while (counts.sampled < flags.samples) {
      io.signal.throwIfAborted()
      const samples = Math.min(batch, flags.samples - counts.sampled)
      const settings = { samples, maxTokens, temperature: flags.temperature, topP: 0.98, checked: flags.checked }
      const filled = await infill(model, [context], settings, rng.fork())
      tokens += filled.reduce((sum, { ids }) => sum + ids.length, 0)
      counts.sampled += samples
      counts.complete += filled.filter(({ isComplete }) => isComplete).length
      const forms = filled.flatMap(({ ids, isComplete }) => {
        const form = isComplete ? normalise(['kernel', 'void', ...model.tokenizer.decode(ids)]) : undefined
        return form === undefined ? [] : [form]
      })
      counts.parsed += forms.length
      const outcomes = await compileAll(
        forms.map(({ text }) => text),
        { checkOnly: true },
      )
      forms.forEach((form, i) => {
        if (!outcomes[i].ok) return
        counts.compiled++
        keys.add(form.key)
        lengths.push(form.tokens.length)
      })
      progress.update(counts.sampled, `${counts.compiled} compile`)
    }
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
    io.out(`unique of compiling ${((100 * keys.size) / Math.max(1, counts.compiled)).toFixed(1)} %`)
    io.out(`tokens of compiling kernels: median ${percentile(0.5)}, 90th percentile ${percentile(0.9)}`)
    io.out(`${(tokens / seconds).toFixed(0)} tokens/s, ${(keys.size / seconds).toFixed(1)} compiling unique kernels/s`)
  },
}

function scratchContext(model: Model): Context {
  const encoded = model.tokenizer.encode(['kernel', 'void'])
  return { ids: [...(encoded?.ids ?? []), special.HOLE], prefix: { ids: [], buckets: [] }, kind: 'scratch' }
}
