// What one has without synthesis: the nearest kernels that people wrote. A mined store gives kernels with their text;
// without one the shipped vectors of our own mined corpus stand for it, which have no text.

import { createHash } from 'node:crypto'
import { loadMinedVectors, Store } from '../../corpora/index.ts'
import { TargetMeter } from '../../synth/index.ts'
import type { Offer } from '../runner/course.ts'
import type { Group, GroupRequest } from './group.ts'
import { findStoreObstacle } from './mined-store.ts'

export const corpus: Group = {
  name: 'corpus',
  summary: 'the nearest mined kernels: of the store that --corpus names, else of the vectors that ship',
  asksModel: false,
  isDeterministic: true,
  inputOf: ({ corpus }) => corpus ?? null,
  findObstacle: findStoreObstacle,
  async run(request) {
    if (request.settings.corpus === undefined) handShipped(request)
    else handStored(request.settings.corpus, request)
  },
}

function handShipped({ target, course }: GroupRequest): void {
  const meter = new TargetMeter(target)
  const { kernels, spaces } = loadMinedVectors()
  const offers = (spaces[target.space.id] ?? []).map((vector): Offer => {
    const values = Float64Array.from(vector)
    return { key: '', text: null, values, distance: meter.distance(values), isForeign: true }
  })
  // Distinct vectors are shipped, so how many kernels parse or are unique is not known here.
  course.add({ evaluated: kernels, parsed: null, unique: null, checked: null, compiled: kernels })
  for (const offer of nearest(offers)) {
    course.offer({ ...offer, key: vectorId(target.space.id, [...offer.values]) })
  }
}

function handStored(path: string, { target, course }: GroupRequest): void {
  const meter = new TargetMeter(target)
  using store = Store.open(path, { mustExist: true })
  const vectors = [...store.kernels.vectors(target.space.id, { origin: 'mined' })]
  // They compiled when they were mined; here none is handed to the compiler.
  course.add({ evaluated: vectors.length, parsed: vectors.length, unique: vectors.length, checked: null })
  course.add({ compiled: vectors.length })
  const near = nearest(vectors.map((vector) => ({ ...vector, distance: meter.distance(vector.values) })))
  for (const { key, values, distance } of near) {
    const kernel = store.kernels.find(key)
    if (kernel !== undefined) course.offer({ key, text: kernel.text, values, distance, isForeign: true })
  }
}

/** More than any run keeps; nearest first, so that the trace has one step. */
const mostHanded = 256

function nearest<T extends { readonly distance: number }>(all: readonly T[]): T[] {
  return [...all].sort((a, b) => a.distance - b.distance).slice(0, mostHanded)
}

/** Names a vector that has no text. */
export function vectorId(space: string, vector: readonly number[]): string {
  return `vectors:${createHash('sha256').update(`${space} ${vector.join()}`).digest('hex').slice(0, 32)}`
}
