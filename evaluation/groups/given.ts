// A group that is a set of kernels: all are measured, in random order, and the nearest count.

import { Random } from '../../kernels/index.ts'
import type { Group, GroupRequest } from './group.ts'
import { FormMeter, untilAborted } from './measure-forms.ts'
import { kindOfGiven, listGiven } from './read-kernels.ts'

/** Measured at once: enough for all cores, and not too much to lose when the time is up. */
const batch = 48

/** @param path - of a folder, a .jsonl file or a store */
export function givenGroup(name: string, path: string): Group {
  return {
    name,
    summary: `the kernels of ${path}`,
    asksModel: false,
    isDeterministic: false, // in random order, of which the budget may allow a part only
    inputOf: () => path,
    findObstacle: async () => findGivenObstacle(name, path),
    run: (request) => untilAborted(request.signal, () => measureGiven(path, request)),
  }
}

async function measureGiven(path: string, request: GroupRequest): Promise<void> {
  const { seed, course, signal } = request
  const meter = new FormMeter(request)
  const drafts = listGiven(path, new Random(seed))
  for (let i = 0; i < drafts.length && !signal.aborted; i += batch) {
    const texts = await Promise.all(drafts.slice(i, i + batch).map((read) => read()))
    await meter.measure(texts.flat())
    if (await course.isMatched()) return
  }
}

function findGivenObstacle(name: string, path: string): string | undefined {
  if (kindOfGiven(path) === undefined) {
    return `--group: expected ${name} to name a folder, a .jsonl file or a store (.db), received '${path}'`
  }
  return listGiven(path, new Random(0)).length === 0 ? `--group: expected kernels in ${path}, found none` : undefined
}
