import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { type BitcodeOutcome, compileAll, emitBitcode, findClang } from '../../kernels/index.ts'

const good = (n: number): string => `kernel void k(global float* a) { a[get_global_id(0)] *= ${n}.0f; }`
const wrong = 'kernel void k(global float* a) {\n  a[0] = missing(1);\n}'
const crash = `#pragma clang __debug crash\n${good(1)}`

/** Without the lines that name the file. */
const code = (ir: string): string => ir.replace(/^(?:; ModuleID|source_filename).*\n/gm, '')

/** What clang reads in it, as text. */
function disassemble(outcome: BitcodeOutcome): string {
  if (!outcome.ok) return outcome.stage
  const args = [
    '-cc1',
    '-triple',
    'nvptx64-nvidia-nvcl',
    '-disable-llvm-passes',
    '-emit-llvm',
    '-x',
    'ir',
    '-',
    '-o',
    '-',
  ]
  const { status, stdout, stderr } = spawnSync(findClang().path, args, { input: outcome.bitcode, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return stdout
}

describe('emitBitcode', () => {
  it('gives modules that clang reads as what compileAll gives as text', async () => {
    const sources = [good(2), good(3)]
    const outcomes = await emitBitcode(sources)
    const texts = await compileAll(sources)
    for (const [i, outcome] of outcomes.entries()) {
      expect(outcome.ok && [...outcome.bitcode.slice(0, 4)]).toEqual([0x42, 0x43, 0xc0, 0xde])
      expect(code(disassemble(outcome))).toBe(code(texts[i].ok ? texts[i].ir : ''))
    }
    expect(disassemble(outcomes[1])).toContain('3.000000e+00')
  })

  it('gives the stage and log of what fails, and all that stands beside it', async () => {
    const outcomes = await emitBitcode([good(2), crash, wrong, '#include "0.cl"', good(4)])
    const stages = outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.stage))
    expect(stages).toEqual(['ok', 'compile', 'compile', 'limits', 'ok'])
    expect(outcomes[2]).toMatchObject({ log: expect.stringMatching(/^2:10: .*'missing'/) })
    expect(disassemble(outcomes[4])).toContain('4.000000e+00')
    expect(await emitBitcode([])).toEqual([])
  })

  it('ends with the reason of its signal', async () => {
    const stop = new AbortController()
    stop.abort()
    await expect(emitBitcode([good(2)], { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' })
  })
})
