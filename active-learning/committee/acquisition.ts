// How much the label of a point would teach, as a committee sees it. Greater is better, for every measure.

import { Random } from '../../synth/index.ts'
import type { CombinedFeatures, GreweRow } from '../data-set.ts'
import { type Committee, type Poll, poll, pollAt } from './committee.ts'
import { memberKinds } from './member.ts'
import { exampleOf, scalePoint, squaredDistance } from './scaling.ts'

/** What a point is judged by. */
export const acquisitions = ['vote-entropy', 'margin', 'error-reduction'] as const
export type Acquisition = (typeof acquisitions)[number]

/** Entropy of the votes in bits, 0 to 1 (Dagan and Engelson, ICML 1995, for two classes). */
export function voteEntropy({ gpuVotes, probabilities }: Poll): number {
  const share = gpuVotes / probabilities.length
  return share === 0 || share === 1 ? 0 : -share * Math.log2(share) - (1 - share) * Math.log2(1 - share)
}

/** 1 where the mean probabilities of both classes are equal, 0 where one is certain. */
export function marginScore(polled: Poll): number {
  return 1 - Math.abs(2 * meanProbability(polled) - 1)
}

/** Of GPU, over all members. */
export function meanProbability({ probabilities }: Poll): number {
  return probabilities.reduce((sum, value) => sum + value, 0) / probabilities.length
}

/** Candidates that expected error is worked out for: those of greatest vote entropy. Two trainings each. */
const mostConsidered = 24

/**
 * By how much a label is expected to lower the error elsewhere (Roy and McCallum, ICML 2001): for either label, weighed
 * by how likely the committee holds it, quick models are trained with the point added, and their expected error over
 * the pool, the mean of 1 − max p, is compared with that without it.
 * @param rows - what the committee was trained on
 * @param pool - points that the error is averaged over
 * @returns per candidate; −Infinity for one that is not among the most disputed
 */
export function errorReductions(
  committee: Committee,
  rows: readonly GreweRow[],
  candidates: readonly CombinedFeatures[],
  pool: readonly CombinedFeatures[],
): number[] {
  const { scaling } = committee
  const examples = rows.map((row) => exampleOf(scaling, row))
  const points = pool.map((features) => scalePoint(scaling, features))
  // The same seed each time, and no bags: what changes is due to the point.
  const errorWith = (added: typeof examples): number => {
    const models = memberKinds
      .filter(({ isQuick }) => isQuick)
      .map(({ train }) => ({ model: train([...examples, ...added], new Random(committee.seed), 0) }))
    const errors = points.map((point) => {
      const gpu = meanProbability(pollAt(models, point))
      return Math.min(gpu, 1 - gpu)
    })
    return errors.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.length)
  }
  const now = errorWith([])
  const polls = candidates.map((features) => poll(committee, features))
  const disputed = new Set(rankBy(polls.map(voteEntropy)).slice(0, mostConsidered))
  return candidates.map((features, i) => {
    if (!disputed.has(i)) return Number.NEGATIVE_INFINITY
    const point = scalePoint(scaling, features)
    const gpu = meanProbability(polls[i])
    const asCpu = errorWith([{ point, label: 'CPU' }])
    const asGpu = errorWith([{ point, label: 'GPU' }])
    return now - (1 - gpu) * asCpu - gpu * asGpu
  })
}

/** Scores of candidates by one measure. */
export function scoreCandidates(
  acquisition: Acquisition,
  committee: Committee,
  rows: readonly GreweRow[],
  candidates: readonly CombinedFeatures[],
  pool: readonly CombinedFeatures[],
): number[] {
  switch (acquisition) {
    case 'vote-entropy':
      // Few members have few different votes: of equal ones the nearer call comes first.
      return candidates.map((features) => {
        const polled = poll(committee, features)
        return voteEntropy(polled) + 1e-3 * marginScore(polled)
      })
    case 'margin':
      return candidates.map((features) => marginScore(poll(committee, features)))
    case 'error-reduction':
      return errorReductions(committee, rows, candidates, pool)
  }
}

/** How far apart picks of one batch should be, in deviations. */
const elbowRoom = 0.5

/**
 * The best candidates that are not beside one another, best first: one label settles a neighbourhood, and the next pick
 * should ask something else. A score counts in full from `elbowRoom` away from what is picked, and in proportion below.
 * Ties go to the earlier.
 * @param points - `[candidate][feature]`, scaled
 * @returns indices, fewer than `count` where there are fewer candidates
 */
export function pickApart(scores: readonly number[], points: readonly (readonly number[])[], count: number): number[] {
  // From 0 up, so that a share of a score is less than the score.
  const least = Math.min(0, ...scores.filter(Number.isFinite))
  const worth = scores.map((score) => (Number.isFinite(score) ? score - least : 0))
  const room = points.map(() => 1)
  const picked: number[] = []
  while (picked.length < Math.min(count, scores.length)) {
    const [best] = rankBy(worth.map((value, i) => (picked.includes(i) ? Number.NaN : value * room[i])))
    picked.push(best)
    for (const [i, point] of points.entries()) {
      room[i] = Math.min(room[i], Math.sqrt(squaredDistance(point, points[best])) / elbowRoom)
    }
  }
  return picked
}

/** Indices by score, greatest first, ties by index; those that are no number are left out. */
function rankBy(scores: readonly number[]): number[] {
  return [...scores.keys()].filter((i) => !Number.isNaN(scores[i])).sort((a, b) => scores[b] - scores[a] || a - b)
}
