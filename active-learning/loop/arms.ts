// The learner and what it is compared with: the same budget and the same seeds, but points or kernels come otherwise.

/** One way to choose points and to come by kernels for them. */
export interface Arm {
  readonly name: 'active' | 'random' | 'undirected' | 'nearest'
  /** Where points come from: the candidates that the committee disputes most, or any candidates. */
  readonly points: 'committee' | 'random'
  /** Where kernels for them come from. */
  readonly kernels: 'search' | 'samples' | 'corpus'
  /** For reports. */
  readonly summary: string
}

export type ArmName = Arm['name']

export const arms: readonly Arm[] = [
  {
    ...{ name: 'active', points: 'committee', kernels: 'search' },
    summary: 'points that the committee disputes, kernels searched for there',
  },
  {
    ...{ name: 'random', points: 'random', kernels: 'search' },
    summary: 'points drawn at random from the same candidates, kernels searched for there',
  },
  {
    ...{ name: 'undirected', points: 'random', kernels: 'samples' },
    summary: 'kernels as the model writes them undirected, launches drawn at random',
  },
  {
    ...{ name: 'nearest', points: 'committee', kernels: 'corpus' },
    summary: 'points that the committee disputes, answered by the nearest kernels of a corpus',
  },
]

/** @throws {RangeError} for an unknown name */
export function findArm(name: string): Arm {
  const arm = arms.find((known) => known.name === name)
  if (arm !== undefined) return arm
  throw new RangeError(`arms: expected ${arms.map((known) => known.name).join(', ')}, received '${name}'`)
}
