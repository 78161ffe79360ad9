import { expect, it } from 'vitest'
import { heldOutByContent, heldOutByName, loadHeldOutShingles } from '../../corpora/index.ts'
import { findKernels, normaliseKernel, parseUnit } from '../../kernels/index.ts'
import { expandSeeds } from '../kernels/seed-units.ts'

it('lets every seed kernel pass', async () => {
  const suites = loadHeldOutShingles()
  const heldOut = (await expandSeeds()).flatMap(({ name, path, source }) => {
    const unit = parseUnit(source)
    return findKernels(unit).flatMap((kernel) => {
      const form = normaliseKernel(unit, kernel)
      const reason = heldOutByName('benchsteer', path) ?? (form.ok ? heldOutByContent(form.tokens, suites) : form.log)
      return reason === undefined ? [] : [`${name} ${kernel}: ${reason}`]
    })
  })
  expect(heldOut).toEqual([])
})
