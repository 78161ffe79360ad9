import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Describer, describeKernels, ResultsFolder } from '../../evaluation/index.ts'
import { makeUpResults } from './made-up-results.ts'

const root = mkdtempSync(join(tmpdir(), 'benchsteer-describe-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const made = makeUpResults([{ name: 'full', left: 0.3 }], { programs: 3, seeds: 1 })

function folderAt(name: string): ResultsFolder {
  const folder = new ResultsFolder(join(root, name))
  for (const run of made.runs) {
    const kernels = run.best.flatMap(({ kernel }) => made.kernels.get(kernel) ?? [])
    folder.add(
      run,
      kernels.map((kernel) => ({ ...kernel, foreign: true, source: null, outcome: null, label: null })),
      {
        ...Object.fromEntries(kernels.map(({ id }) => [id, `kernel void f0() { /* ${id} */ }`])),
      },
    )
  }
  return folder
}

/** Accepts every kernel; labels what was accepted. */
function describers(asked: string[]): Describer[] {
  const nothing = (): void => {}
  return [
    {
      isWanted: ({ outcome }) => outcome === null,
      async describe({ id }) {
        asked.push(`run ${id}`)
        return { outcome: 'accepted' }
      },
      [Symbol.dispose]: nothing,
    },
    {
      isWanted: ({ outcome, label }) => outcome === 'accepted' && label === null,
      async describe({ id }, text) {
        asked.push(`time ${id}`)
        return text.includes(id) ? { label: 'GPU', modelled: true } : {}
      },
      [Symbol.dispose]: nothing,
    },
  ]
}

async function describeAll(folder: ResultsFolder, perRun: number, stopAfter = Number.POSITIVE_INFINITY) {
  const asked: string[] = []
  for await (const { done } of describeKernels(made, folder, describers(asked), perRun, new AbortController().signal)) {
    if (done === stopAfter) break
  }
  return asked
}

describe('what is found out of kernels', () => {
  const nearest = [...new Set(made.runs.flatMap(({ best }) => best.slice(0, 1).map(({ kernel }) => kernel)))]

  it('is of the nearest of each run, and later questions know earlier answers', async () => {
    const folder = folderAt('all')
    expect(await describeAll(folder, 1)).toEqual(nearest.flatMap((id) => [`run ${id}`, `time ${id}`]))
    for (const id of nearest) expect(folder.kernels.get(id)).toMatchObject({ outcome: 'accepted', label: 'GPU' })
  })

  it('is kept kernel by kernel, and not asked again', async () => {
    await describeAll(folderAt('part'), 1, 2)
    const asked = await describeAll(new ResultsFolder(join(root, 'part')), 1)
    expect(asked).toEqual(nearest.slice(2).flatMap((id) => [`run ${id}`, `time ${id}`]))
    expect(await describeAll(new ResultsFolder(join(root, 'part')), 1)).toEqual([])
  })
})
