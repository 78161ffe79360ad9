// One run, from nothing to its records. The clock starts where the process was started, so that loading code, model and
// corpus is inside. What is judged after the search has ended is not: it is the measuring, the same for all.

import { createHash } from 'node:crypto'
import { DeviceBuilder } from '../../kernels/index.ts'
import type { Target } from '../../synth/index.ts'
import type { GroupSettings } from '../groups/group.ts'
import { type GroupSpec, groupOf } from '../groups/registry.ts'
import type { EvaluationKernel, FoundKernel, RunStep } from '../records.ts'
import { Course, type CourseCounts, type Offer, stepsOf, type TimedOffer } from './course.ts'
import { Judge, type Judged } from './judge.ts'

/** What a run is asked to do. */
export interface RunOrder {
  readonly group: GroupSpec
  readonly target: Target
  readonly seed: number
  readonly budgetMs: number
  /** Kernels kept. */
  readonly keep: number
  readonly settings: GroupSettings
}

/** What it came to. */
export interface RunResult extends CourseCounts {
  readonly wallMs: number
  readonly trace: readonly RunStep[]
  readonly best: readonly FoundKernel[]
  readonly kernels: readonly Omit<EvaluationKernel, 'group'>[]
  /** Texts of the foreign ones, by id. */
  readonly foreign: Readonly<Record<string, string>>
}

/** Offers kept for each kernel that is wanted: some will not build. */
const perKept = 4

/** Seed of a group's run: that of the plan and the target together, or the groups that do not look at targets would give all of them the same kernels. */
export function seedFor({ space, values }: Target, seed: number): number {
  const digest = createHash('sha256').update(`${seed} ${space.id} ${values.join()}`).digest()
  return digest.readInt32LE(0)
}

/** @param sinceStart - ms since the run began */
export async function doRun(order: RunOrder, sinceStart: () => number): Promise<RunResult> {
  const { target, budgetMs, keep, seed, settings } = order
  const group = groupOf(order.group)
  const opening = DeviceBuilder.open({ workers: settings.cores })
  opening.catch(() => {}) // thrown where it is awaited
  const judge = new Judge({ target, builder: opening, model: settings.model, refusesCopies: group.asksModel })
  const isAccepted = async (offer: Offer): Promise<boolean> => (await judge.judge(offer))?.distance === 0
  const course = new Course(sinceStart, budgetMs, perKept * keep, isAccepted)
  try {
    const leftMs = Math.max(1, budgetMs - sinceStart())
    const end = new AbortController()
    const timer = setTimeout(() => end.abort(new Error('the budget is spent')), leftMs)
    try {
      await group.run({ target, seed: seedFor(target, seed), leftMs, settings, course, signal: end.signal })
    } finally {
      clearTimeout(timer)
    }
    const wallMs = Math.round(sinceStart())
    return { wallMs, ...course.counts, ...(await settle(course, judge, order)) }
  } finally {
    ;(await opening.catch(() => undefined))?.[Symbol.dispose]()
  }
}

/**
 * Judges the nearest until enough of them count, and what was nearest at any time. Best and trace both stand on what was
 * measured then, so that the trace ends at the best.
 */
async function settle(
  course: Course,
  judge: Judge,
  { keep, settings }: RunOrder,
): Promise<Omit<RunResult, 'wallMs' | keyof CourseCounts>> {
  const { ranked, improvements } = course
  await judgeAll([...ranked.slice(0, keep), ...improvements], judge, settings.cores)
  const settled = new Map<string, SettledOffer>()
  const add = async (offer: TimedOffer): Promise<void> => {
    const judged = await judge.judge(offer)
    if (judged !== undefined) settled.set(offer.key, { offer, judged })
  }
  for (const offer of ranked) if (settled.size < keep) await add(offer)
  for (const offer of improvements) await add(offer)
  const all = [...settled.values()]
  const best = all.toSorted((a, b) => a.judged.distance - b.judged.distance || a.offer.ms - b.offer.ms).slice(0, keep)
  const foreign = best.flatMap(({ judged: { kernel, text } }) =>
    kernel.foreign && text !== null ? [[kernel.id, text]] : [],
  )
  return {
    trace: stepsOf(all.map(({ offer, judged: { distance } }) => ({ ...offer, distance }))),
    best: best.map(({ offer: { ms, generation }, judged: { kernel, distance } }) => {
      return { kernel: kernel.id, distance, foundMs: ms, generation }
    }),
    kernels: best.map(({ judged }) => judged.kernel),
    foreign: Object.fromEntries(foreign),
  }
}

interface SettledOffer {
  readonly offer: TimedOffer
  readonly judged: Judged
}

/** As many at once as there are cores; the judge remembers. */
async function judgeAll(offers: readonly Offer[], judge: Judge, cores: number): Promise<void> {
  const queue = offers.values()
  const work = async (): Promise<void> => {
    for (const offer of queue) await judge.judge(offer)
  }
  await Promise.all(Array.from({ length: cores }, work))
}
