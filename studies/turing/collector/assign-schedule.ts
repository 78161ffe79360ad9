// Which schedule a new participant gets, so that groups, and the schedules within them, stay balanced.

import type { Schedule } from '../study.ts'

/**
 * The first schedule of those given out least, in the group given out least: groups differ by one at most, and so do
 * the schedules of a group, as long as nobody leaves.
 * @param schedules - at least one
 * @param taken - by schedule id, how many participants have it; absent is none
 */
export function assignSchedule(schedules: readonly Schedule[], taken: ReadonlyMap<string, number>): Schedule {
  const ofGroup = new Map<string, number>()
  for (const { id, group } of schedules) ofGroup.set(group, (ofGroup.get(group) ?? 0) + (taken.get(id) ?? 0))
  const load = ({ id, group }: Schedule): readonly [number, number] => [ofGroup.get(group) ?? 0, taken.get(id) ?? 0]
  return schedules.reduce((best, schedule) => {
    const [[bestGroup, bestOwn], [group, own]] = [load(best), load(schedule)]
    return group < bestGroup || (group === bestGroup && own < bestOwn) ? schedule : best
  })
}
