import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { grewe, instcount } from '../../features/index.ts'
import { resolveTarget } from '../../synth/index.ts'

function kernelFile(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'benchsteer-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'h.h'), '#define TWO 2\n')
  writeFileSync(join(folder, 'k.cl'), source)
  return join(folder, 'k.cl')
}

const first = '#include "h.h"\nkernel void first(global int* a) { a[0] = TWO * a[1] + 3; }\n'
const last = 'kernel void last(global int* a) { a[0] = TWO * 5; }\n'

describe('resolveTarget', () => {
  it('measures the last kernel of a file alone, with the headers beside it', async () => {
    expect([...(await resolveTarget(kernelFile(first + last), grewe)).values].slice(0, 3)).toEqual([1, 0, 1])
    const { values } = await resolveTarget(kernelFile(first + last), instcount)
    expect(values[2]).toBe(1)
  })

  it.each([
    ['int f(int a) { return a; }', 'defines no kernel'],
    ['kernel void k() { a = 1; }', /compile: kernel k: 1:19: use of undeclared identifier 'a'/],
    ['#include "none.h"', /preprocess: 1:10: 'none.h' file not found/],
  ])('says what is wrong with %s', async (source, message) => {
    const resolving = resolveTarget(kernelFile(source), grewe)
    await expect(resolving).rejects.toThrow(RangeError)
    await expect(resolving).rejects.toThrow(message)
  })
})
