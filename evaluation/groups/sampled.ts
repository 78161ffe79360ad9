// Kernels as CLgen samples them (Cummins et al., CGO 2017): from left to right, told nothing of the target, kept if they
// compile. Our weights, so that the way of using them is all that differs.

import { measureKernel, needsIr } from '../../features/index.ts'
import { parseUnit } from '../../kernels/index.ts'
import { InfillPool, Model, Random, type SampledKernel, sampleKernels, TargetMeter } from '../../synth/index.ts'
import type { CourseCounts } from '../runner/course.ts'
import type { Group, GroupRequest } from './group.ts'

/** As `benchsteer sample` by default, but unchecked, never rewritten and of any length. */
const decoding = {
  ...{ samples: Number.MAX_SAFE_INTEGER, temperature: 0.8, topP: 0.92, nameTemperature: 0.3 },
  ...({ checked: false, length: 'free' } as const),
}

export const leftToRight: Group = {
  name: 'left-to-right',
  summary: 'whole kernels sampled from left to right without features, the nearest of which count (CLgen, CGO 2017)',
  asksModel: true,
  isDeterministic: false,
  inputOf: () => null,
  findObstacle: async () => undefined,
  run: sampleUntilNear,
}

async function sampleUntilNear({ target, seed, settings, course, signal }: GroupRequest): Promise<void> {
  using model = await Model.load(settings.model)
  using pool = new InfillPool(settings.model, settings.cores)
  const meter = new TargetMeter(target)
  const seen = new Set<string>()
  const options = { ...decoding, withIr: needsIr(target.space), signal }
  for await (const kernels of sampleKernels(model, options, new Random(seed), pool)) {
    course.add(countSampled(kernels, seen))
    for (const kernel of kernels) hand(kernel)
    if (await course.isMatched()) return
  }

  function hand({ form, outcome }: SampledKernel): void {
    if (form === undefined || !outcome.ok) return
    const { key, text } = form
    const values = measureKernel(target.space, parseUnit(text), outcome.ir)
    if (values !== undefined) course.offer({ key, text, values, distance: meter.distance(values), isForeign: false })
  }
}

/** As all groups count: a form that came before is not handed to the compiler again. @param seen - keys, added to */
export function countSampled(
  kernels: readonly Pick<SampledKernel, 'form' | 'outcome'>[],
  seen: Set<string>,
): CourseCounts {
  const parsed = kernels.flatMap(({ form, outcome }) => (form === undefined ? [] : [{ key: form.key, outcome }]))
  const fresh = parsed.filter(({ key }) => !seen.has(key) && seen.add(key))
  const compiled = fresh.filter(({ outcome }) => outcome.ok).length
  return { evaluated: kernels.length, parsed: parsed.length, unique: fresh.length, checked: fresh.length, compiled }
}
