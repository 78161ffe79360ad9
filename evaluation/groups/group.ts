// The shape of a group: something that hands over kernels for a target until its time is up.

import type { Target } from '../../synth/index.ts'
import type { Course } from '../runner/course.ts'

/** What groups need from outside. Each says which of it. */
export interface GroupSettings {
  /** Folder of the model. */
  readonly model: string
  /** A mined store: what `corpus` chooses from, and more seeds for `mutate`. */
  readonly corpus?: string
  readonly clsmith?: ClsmithPlace
  /** Processes beside one another that a group may use. */
  readonly cores: number
}

/** A CLSmith that was built elsewhere. */
export interface ClsmithPlace {
  /** The executable. */
  readonly binary: string
  /** Where CLSmith.h and the headers that it includes are. */
  readonly includePaths: readonly string[]
}

/** One search. */
export interface GroupRequest {
  readonly target: Target
  readonly seed: number
  /** What is left of the budget, in ms: start-up is over. */
  readonly leftMs: number
  readonly settings: GroupSettings
  /** Takes what is found. */
  readonly course: Course
  /** Aborted when the budget is spent. */
  readonly signal: AbortSignal
}

export interface Group {
  readonly name: string
  /** One line for the help, with its source. */
  readonly summary: string
  /** Does it ask the model? Its kernels must then not be copies of training kernels, as those of `synth` must not. */
  readonly asksModel: boolean
  /** Is nothing in it random, and the budget always enough? It then runs once for a target, whatever the number of seeds. */
  readonly isDeterministic: boolean
  /** What else decides what it finds: a path, whose content is hashed. Null where there is nothing. */
  inputOf(settings: GroupSettings): string | null
  /** Why it cannot run with these settings, naming the option; undefined where it can. */
  findObstacle(settings: GroupSettings): Promise<string | undefined>
  /** Hand kernels over until one sits at the target, nothing is left to be found, or the signal aborts. */
  run(request: GroupRequest): Promise<void>
}
