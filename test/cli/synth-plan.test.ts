import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SynthRunOptions } from '../../cli/synth/options.ts'
import { planTargets } from '../../cli/synth/plan.ts'
import { temporaryFolder } from '../corpora/samples.ts'
import { memoryIo } from './memory-io.ts'
import { runOptions } from './synth-samples.ts'

/** Three targets, of which two contradict themselves and have one nearest point. */
function options(changes: Partial<SynthRunOptions> = {}): SynthRunOptions {
  const targets = join(temporaryFolder(), 'targets.jsonl')
  const lines = [0.5, 0.6, 0.75].map((ratio) => ({ name: `t${ratio}`, comp: 3, mem: 4, 'F4:comp/mem': ratio }))
  writeFileSync(targets, lines.map((line) => JSON.stringify(line)).join('\n'))
  return runOptions({ targets, ...changes })
}

describe('planTargets', () => {
  it('leaves out targets that no kernel can be at, with a line of JSON where every search has one', async () => {
    const io = memoryIo()
    const planned = await planTargets(options({ isQuiet: true }), io)
    expect(planned.map(({ target }) => target.name)).toEqual(['t0.75'])
    expect(io.errLines).toHaveLength(2)
    expect(io.errLines[0]).toMatch(/^left out: no kernel can be at t0.5:\n/)
    expect(io.outLines.map((line) => JSON.parse(line))).toMatchObject([
      { space: 'grewe', target: 't0.5', status: 'left out', error: expect.stringContaining('F4:comp/mem is 0.5') },
      { space: 'grewe', target: 't0.6', status: 'left out' },
    ])
    const loud = memoryIo()
    await planTargets(options(), loud)
    expect(loud.outLines).toEqual([])
  })

  it('takes a point once that is the nearest to several targets', async () => {
    const io = memoryIo()
    const planned = await planTargets(options({ nearest: true }), io)
    expect(planned.map(({ target }) => target.name)).toEqual(['t0.75'])
    expect(io.errLines.slice(1)).toEqual([
      'target t0.6 is infeasible; going on with F4:comp/mem=0.750',
      'target t0.6 (nearest): the same point as t0.5 (nearest); searched for once',
      'target t0.5 (nearest): the same point as t0.75; searched for once',
    ])
  })

  it('ends when asked to while many targets are checked', async () => {
    const stop = new AbortController()
    const planning = planTargets(runOptions({ targets: 'grid:comp=0..999,mem=0..99' }), memoryIo(stop.signal))
    setTimeout(() => stop.abort(new Error('enough')), 0)
    await expect(planning).rejects.toThrow('enough')
  })
})
