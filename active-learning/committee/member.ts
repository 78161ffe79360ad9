// A member of a committee: one model of one kind, trained on a bag of the examples from a seed of its own.

import type { Random } from '../../synth/index.ts'
import { askKMeans, type KMeansModel, trainKMeans } from './k-means.ts'
import { askMlp, type MlpModel, newMlp, trainMlp } from './mlp.ts'
import { askNaiveBayes, type NaiveBayesModel, trainNaiveBayes } from './naive-bayes.ts'
import { askNearest, type NearestModel, trainNearest } from './nearest.ts'
import type { Example } from './scaling.ts'
import { askTreeMember, type TreeModel, trainTreeMember } from './tree.ts'

/** What a member has learned; plain data. */
export type MemberModel = MlpModel | KMeansModel | NearestModel | TreeModel | NaiveBayesModel
export type MemberKind = MemberModel['kind']

/** One member. */
export interface Member {
  readonly kind: MemberKind
  /** Of its bag and its model. */
  readonly seed: number
  /** Rows of the training set in its bag, with repeats; empty where it saw each row once. */
  readonly bag: readonly number[]
  readonly model: MemberModel
}

/** How a kind is trained. */
interface KindOfMember {
  readonly kind: MemberKind
  /** Cheap enough to be trained again for every candidate. */
  readonly isQuick: boolean
  /**
   * @param nth - of its kind in the committee, from 0: members of a kind differ by more than their seed
   * @param epochs - of networks. Default 60
   */
  train(examples: readonly Example[], rng: Random, nth: number, epochs?: number): MemberModel
}

const hiddenLayers = [[8], [16], [12, 6], [24]]
const neighbours = [5, 3, 9, 1]
const leastLeaves = [2, 1, 4, 8]

/** Every kind. To add one: a file beside this one, a line here, and one in `askMember`. */
export const memberKinds: readonly KindOfMember[] = [
  {
    kind: 'mlp',
    isQuick: false,
    train(examples, rng, nth, epochs = 60) {
      const sizes = [examples[0].point.length, ...hiddenLayers[nth % hiddenLayers.length], 1]
      return trainMlp(newMlp(sizes, rng.seed()), examples, epochs)
    },
  },
  { kind: 'k-means', isQuick: false, train: (examples, rng) => trainKMeans(examples, rng.seed()) },
  {
    kind: 'k-nn',
    isQuick: true,
    train: (examples, _, nth) => trainNearest(examples, neighbours[nth % neighbours.length]),
  },
  {
    kind: 'tree',
    isQuick: true,
    train: (examples, rng, nth) => trainTreeMember(examples, leastLeaves[nth % leastLeaves.length], rng),
  },
  { kind: 'naive-bayes', isQuick: true, train: trainNaiveBayes },
]

/** Probability of GPU at a scaled point, 0 to 1. */
export function askMember(model: MemberModel, point: readonly number[]): number {
  switch (model.kind) {
    case 'mlp':
      return askMlp(model, point)
    case 'k-means':
      return askKMeans(model, point)
    case 'k-nn':
      return askNearest(model, point)
    case 'tree':
      return askTreeMember(model, point)
    case 'naive-bayes':
      return askNaiveBayes(model, point)
  }
}
