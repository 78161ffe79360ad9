// One search of a campaign, in a form that can be sent to another process and compared with what a store remembers.

import type { SearchOptions } from '../search/options.ts'
import { resolveSpaces } from '../search/resolve-target.ts'
import type { Target } from '../search/target.ts'

/** Options of a search that are plain data. */
export type JobOptions = Omit<SearchOptions, 'signal' | 'accepts' | 'runsWell' | 'infiller' | 'validator'> & {
  readonly seed: number
}

/** A search for one target with one seed. */
export interface Job {
  /** As `resolveSpaces` reads it; whoever searches reads it again, as a user's space is code. */
  readonly spaces: string
  readonly target: Omit<Target, 'space'>
  readonly options: JobOptions
}

/** The target of a job. @throws as `resolveSpaces` */
export async function targetOf({ spaces, target }: Job): Promise<Target> {
  return { ...target, space: (await resolveSpaces(spaces)).space }
}
