import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { JobSequence } from '../../cli/synth/job-sequence.ts'
import type { SynthRunOptions } from '../../cli/synth/options.ts'
import { Recorder } from '../../cli/synth/recorder.ts'
import { Store } from '../../corpora/index.ts'
import { grewe } from '../../features/index.ts'
import type { Job } from '../../synth/index.ts'
import { sampleBenchmark, sampleKernel, temporaryFolder } from '../corpora/samples.ts'
import { plannedTarget, runOptions } from './synth-samples.ts'

const planned = [plannedTarget('a', 1), plannedTarget('b', 2)]

class Night implements Disposable {
  readonly store = Store.open(join(temporaryFolder(), 'run.db'))
  readonly recorder = new Recorder(this.store, { hash: 'beef' })
  readonly skipped: string[] = []

  sequence(options: SynthRunOptions): JobSequence {
    return new JobSequence(planned, options, this.recorder, (job) => this.skipped.push(nameOf(job)))
  }

  /** What becomes of a search that was begun. */
  end(sequence: JobSequence, job: Job, proximity: number): void {
    this.recorder.start(job)
    const runId = this.store.runs.list().at(-1)?.id ?? 0
    const kernel = sampleKernel(`${job.target.name}${runId}`, {
      features: { grewe: new Float64Array(grewe.names.length) },
    })
    const { name: targetName, values: target } = job.target
    const distance = 100 - proximity
    this.store.benchmarks.commit(sampleBenchmark(runId, kernel, { targetName, target, proximity, distance }))
    const trace = [{ generation: 3, elapsedMs: 700, sampled: 9, proximity }]
    this.recorder.finish(job, 'finished', { funnel: undefined, trace })
    sequence.settle(job)
  }

  [Symbol.dispose](): void {
    this.store[Symbol.dispose]()
  }
}

function nameOf({ target, options }: Job): string {
  return `${target.name}${options.seed}`
}

async function nextOf(jobs: AsyncGenerator<Job, void>): Promise<Job> {
  const { value } = await jobs.next()
  return value ?? expect.fail('no further search')
}

describe('JobSequence', () => {
  it('begins a round when all searches of the last are in the store, where counts limit them', async () => {
    using night = new Night()
    const sequence = night.sequence(runOptions())
    const jobs = sequence.jobs()
    const [a, b] = [await nextOf(jobs), await nextOf(jobs)]
    let isBegun = false
    const third = nextOf(jobs).finally(() => {
      isBegun = true
    })
    night.end(sequence, b, 70)
    await setImmediate()
    expect(isBegun).toBe(false)
    night.end(sequence, a, 100)
    expect(nameOf(await third)).toBe('b2')
    expect((await jobs.next()).done).toBe(true)
  })

  it.each([{ totalMs: 1000 }, { search: { seed: 1, budgetMs: 5, keep: 2 } }])(
    'lets no worker wait where the clock limits the searches: %o',
    async (limits) => {
      using night = new Night()
      const jobs = night.sequence(runOptions(limits)).jobs()
      const names = [await nextOf(jobs), await nextOf(jobs), await nextOf(jobs), await nextOf(jobs)].map(nameOf)
      expect(names).toEqual(['a1', 'b1', 'a2', 'b2'])
    },
  )

  it('takes a target for matched by searches that were asked the same alone', async () => {
    using night = new Night()
    const first = night.sequence(runOptions({ rounds: 1 }))
    for await (const job of first.jobs()) night.end(first, job, 100)
    const search = { seed: 1, generations: 4, keep: 2, validate: 'quick' } as const
    const checked = night.sequence(runOptions({ search }))
    const names: string[] = []
    for await (const job of checked.jobs()) {
      names.push(nameOf(job))
      night.end(checked, job, nameOf(job) === 'a1' ? 100 : 50)
    }
    expect(names).toEqual(['a1', 'b1', 'b2'])
    expect(night.skipped).toEqual([])
  })

  it('tells of searches that were done before, and how many there are to be', async () => {
    using night = new Night()
    const first = night.sequence(runOptions({ rounds: 1 }))
    const jobs = first.jobs()
    night.end(first, await nextOf(jobs), 60)
    expect(first.expected).toBe(2)
    const second = night.sequence(runOptions())
    expect(second.expected).toBe(4)
    const left = second.jobs()
    const job = await nextOf(left)
    expect([nameOf(job), second.expected, night.skipped]).toEqual(['b1', 3, ['a1']])
    night.end(second, job, 100)
    expect([nameOf(await nextOf(left)), second.expected]).toEqual(['a2', 2])
    const result = night.recorder.resultOf({ ...job, options: { ...job.options, seed: 1 } }, planned[1].target)
    expect(result).toMatchObject({ seed: 1, status: 'finished', best: { proximity: 100 }, kept: 1, generations: 3 })
  })
})
