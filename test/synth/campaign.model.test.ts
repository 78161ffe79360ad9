// Campaigns with the shipped model: real processes, some of which are killed.

import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { grewe } from '../../features/index.ts'
import { DeviceBuilder, packagePath } from '../../kernels/index.ts'
import {
  type CampaignEvent,
  type Job,
  readModelInfo,
  resolveTarget,
  runCampaign,
  synthesizeEvents,
  targetOf,
} from '../../synth/index.ts'

import { killChildren } from './kill-children.ts'

const folder = packagePath('model')
const hasModel = existsSync(packagePath('model', 'model.json'))
if (!hasModel) console.warn('SKIPPED: campaigns: model/model.json is missing')

async function jobFor(name: string, seed: number, spaces = 'grewe'): Promise<Job> {
  const { space: _, ...target } = await resolveTarget(name, grewe)
  return { spaces, target, options: { seed, generations: 1, width: 8, keep: 3 } }
}

async function collect(events: AsyncIterable<CampaignEvent>, onEvent: (event: CampaignEvent) => void = () => {}) {
  const all: CampaignEvent[] = []
  for await (const event of events) {
    all.push(event)
    onEvent(event)
  }
  return all
}

function kept(events: readonly CampaignEvent[], job: Job): string[] {
  return events.flatMap((event) =>
    event.kind === 'benchmark' && event.isFinal && event.job === job ? [event.benchmark.key] : [],
  )
}

describe.skipIf(!hasModel)('runCampaign', () => {
  it('finds what a search by itself finds, whatever the number of workers', async () => {
    const model = readModelInfo(folder)
    const jobs = await Promise.all(['rodinia/bfs/BFS_2', 'comp=9,mem=4..6'].map((name, i) => jobFor(name, i)))
    const events = await collect(runCampaign(model, jobs, { workers: 2 }))
    using builder = await DeviceBuilder.open()
    for (const job of jobs) {
      const own = events.filter((event) => event.job === job)
      expect(own[0].kind).toBe('started')
      expect(own.at(-1)?.kind).toBe('done')
      const alone: string[] = []
      for await (const event of synthesizeEvents(model, await targetOf(job), builder, job.options)) {
        if (event.kind === 'benchmark' && event.isFinal) alone.push(event.benchmark.key)
      }
      expect(kept(events, job)).toEqual(alone)
      expect(alone.length).toBeGreaterThan(0)
    }
  })

  it('begins a search again whose process is killed, and gives up the second time', async () => {
    const model = readModelInfo(folder)
    const jobs = await Promise.all([0, 1].map((seed) => jobFor('rodinia/lud/lud_diagonal', seed)))
    let kills = 0
    const events = await collect(runCampaign(model, jobs, { workers: 1 }), (event) => {
      if (event.kind === 'started' && event.job === jobs[0]) kills = 2
      if (event.kind === 'progress' && kills-- > 0) killChildren('search-worker')
    })
    expect(events.filter(({ kind }) => kind === 'failed')).toMatchObject([
      { job: jobs[0], error: { message: expect.stringContaining('the searching process ended (SIGKILL)') } },
    ])
    expect(kept(events, jobs[1]).length).toBeGreaterThan(0)
  })

  it('finds the same where a process that writes infills is killed, and begins a search again where it dies twice', {
    timeout: 240_000,
  }, async () => {
    const model = readModelInfo(folder)
    const long = async (seed: number): Promise<Job> => {
      const job = await jobFor('rodinia/lud/lud_diagonal', seed)
      return { ...job, options: { ...job.options, generations: 2, edits: 1 } }
    }
    const jobs = [await long(0), await long(1)]
    const calm = await collect(runCampaign(model, jobs, { workers: 1 }))
    let killed = 0
    const once = await collect(runCampaign(model, jobs, { workers: 1 }), (event) => {
      if (event.kind === 'progress' && killed === 0) killed += killChildren('infill-worker')
    })
    expect(killed).toBe(1)
    expect(once.filter(({ kind }) => kind === 'started')).toHaveLength(2)
    for (const job of jobs) expect(kept(once, job)).toEqual(kept(calm, job))

    let isFirst = false
    const timer = setInterval(() => {
      if (isFirst) killChildren('infill-worker')
    }, 100)
    try {
      const often = await collect(runCampaign(model, jobs, { workers: 1 }), (event) => {
        // While the model has been loaded once: one that cannot be loaded ends the campaign.
        if (event.kind === 'progress' && event.progress.generation > 0) isFirst = event.job === jobs[0]
        if (event.kind === 'failed') isFirst = false
      })
      expect(often.filter(({ kind, job }) => kind === 'started' && job === jobs[0])).toHaveLength(2)
      expect(often.filter(({ kind }) => kind === 'failed')).toMatchObject([
        { job: jobs[0], error: { message: expect.stringContaining('the infilling process ended (SIGKILL)') } },
      ])
      expect(kept(often, jobs[1])).toEqual(kept(calm, jobs[1]))
    } finally {
      clearInterval(timer)
    }
  })

  it('ends early when asked to, with what it has', async () => {
    const model = readModelInfo(folder)
    const job = await jobFor('rodinia/lud/lud_diagonal', 1)
    const stop = new AbortController()
    const long = { ...job, options: { ...job.options, generations: 100_000 } }
    const events = await collect(runCampaign(model, [long, job], { workers: 1, signal: stop.signal }), (event) => {
      if (event.kind === 'progress') stop.abort()
    })
    expect(events.at(-1)).toMatchObject({ kind: 'done', job: long })
    expect(kept(events, long).length).toBeGreaterThan(0)
  })

  it('ends with the error of a model or a space that is not there', async () => {
    const model = readModelInfo(folder)
    const job = await jobFor('comp=1', 1)
    const nowhere = { ...model, folder: '/nowhere' }
    await expect(collect(runCampaign(nowhere, [job], { workers: 1 }))).rejects.toThrow(/model file missing.*nowhere/)
    const unknown = { ...job, spaces: 'gruwe' }
    await expect(collect(runCampaign(model, [unknown], { workers: 1 }))).rejects.toThrow("did you mean 'grewe'?")
  })
})
