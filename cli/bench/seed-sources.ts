// The seed kernels in normal form: input of the speed measurements, the same on every machine.

import { loadSeedKernels } from '../../corpora/index.ts'
import { findKernels, normaliseKernel, parseUnit, preprocess } from '../../kernels/index.ts'

/** @returns normal forms, in the order of the seed files */
export async function seedSources(): Promise<string[]> {
  const texts: string[] = []
  for (const { source } of loadSeedKernels()) {
    const expanded = await preprocess(source)
    if (!expanded.ok) continue
    const unit = parseUnit(expanded.source)
    for (const kernel of findKernels(unit)) {
      const form = normaliseKernel(unit, kernel)
      if (form.ok) texts.push(form.text)
    }
  }
  return texts
}

/** Rate of `work` over `count` items, in items per second of wall time. */
export async function rateOf(count: number, work: () => Promise<void> | void): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (1000 * count) / (performance.now() - startedAt)
}
