// `benchsteer infill` with the shipped model and the real compiler.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { commands } from '../../cli/commands/index.ts'
import { runCli } from '../../cli/program.ts'
import { compileAll, packagePath, preprocess } from '../../kernels/index.ts'
import { memoryIo } from './memory-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-infill-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hasModel = existsSync(packagePath('model', 'model.json'))
if (!hasModel) console.warn('SKIPPED: infill from the command line: model/model.json is missing')

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

async function infill(...args: readonly string[]) {
  const io = memoryIo()
  const code = await runCli(['infill', ...args], commands, io)
  return { code, out: io.outLines, err: io.errLines.join('\n') }
}

const scale = `// doubles, perhaps
#include "real.h"
__kernel void scale(__global const REAL *source, __global REAL *target, const int count)
{
    const int pos = get_global_id(0);
    if (pos < count) {
        [HOLE]
    }
}

__kernel void clear(__global REAL *target) { target[get_global_id(0)] = [HOLE]; }
`
writeFileSync(join(folder, 'real.h'), '#define REAL float\n')

describe.skipIf(!hasModel)('infill', () => {
  test('fills several holes in the names and the layout of the user; all of it compiles', async () => {
    const path = file('scale.cl', scale)
    const { code, out } = await infill(path, '-n', '24', '--temperature', '0.6', '--json')
    expect(code).toBe(0)
    const results = out.map((line) => JSON.parse(line))
    expect(results.length).toBeGreaterThan(3)
    const [before, between, after] = scale.split('[HOLE]')
    for (const { text, infills, compiles, meanLogProbability, modelHash, seed } of results) {
      expect(text).toBe(`${before}${infills[0]}${between}${infills[1]}${after}`)
      expect(text).not.toMatch(/\b[fpvtmg]\d+\b|benchsteer_hole/)
      expect({ compiles, seed }).toEqual({ compiles: true, seed: 0 })
      expect(meanLogProbability).toBeLessThan(0)
      expect(modelHash).toMatch(/^[0-9a-f]{16}$/)
      for (const line of infills[0].split('\n').slice(1)) expect(line).toMatch(/^ {8}/)
      const expanded = await preprocess(text, { path })
      expect(expanded.ok && (await compileAll([expanded.source], { checkOnly: true }))[0]).toMatchObject({ ok: true })
    }
    expect(results.some(({ infills }) => /\b(?:source|target)\[pos/.test(infills[0]))).toBe(true)
  })

  test('writes the same for the same seed', async () => {
    const path = file('again.cl', scale)
    const args = [path, '-n', '4', '--seed', '5', '--all', '--json']
    expect((await infill(...args)).out).toEqual((await infill(...args)).out)
  })

  test('lets a hole declare what is used below it', async () => {
    const path = file('row.cl', 'kernel void f(global int *data) {\n  [HOLE]\n  data[row] = row;\n}\n')
    const { code, out } = await infill(path, '-n', '16', '--temperature', '0.5')
    expect(code).toBe(0)
    expect(out.join('\n')).toMatch(/^\+ {2}(?:const )?\w+ row = get_global_id\(0\);$/m)
    expect(out.at(-1)).toMatch(/^16 sampled, \d+ different, \d+ compile$/)
  })

  test('shows a diff that patch understands, a verdict and the distance to the features asked for', async () => {
    const path = file('directed.cl', 'kernel void f(global float *a) {\n  int i = get_global_id(0);\n  [HOLE]\n}\n')
    const { code, out } = await infill(path, '-n', '16', '--features', 'comp=2,mem=2')
    expect(code).toBe(0)
    expect(out[0]).toMatch(/^1: compiles, mean log probability -\d+\.\d\d, distance \d+\.\d{3}/)
    expect(out.slice(1, 4)).toEqual([`--- ${path}`, `+++ ${path}`, expect.stringMatching(/^@@ -1,4 \+1,\d+ @@$/)])
    expect(out[6]).toBe('-  [HOLE]')
    expect(out.at(-1)).toMatch(/the nearest at distance \d+\.\d{3}$/)
    const distances = out.flatMap((line) => /^\d+: compiles.*distance ([\d.]+)/.exec(line)?.[1] ?? []).map(Number)
    expect(distances).toEqual([...distances].sort((a, b) => a - b))
  })

  test('exits with 1 and the most frequent reason when nothing compiles', async () => {
    const path = file('broken.cl', 'kernel void f(global int *a) { a[0] = missing(1); [HOLE] }')
    const { code, out } = await infill(path, '-n', '2')
    expect(code).toBe(1)
    expect(out).toEqual([expect.stringMatching(/^2 sampled, \d different, 0 compile; most often: .*missing.*Try more/)])
    expect((await infill(path, '-n', '2', '--all')).out.join('\n')).toMatch(/^1: does not compile \(/m)
  })

  test('says which samples came to no end, and which option allows more', async () => {
    const path = file('plain.cl', 'kernel void [HOLE]\n')
    const { out } = await infill(path, '-n', '4', '--plain', '--max-tokens', '3', '--all')
    expect(out.join('\n')).toMatch(/came to no end in 3 tokens; allow more with --max-tokens/)
  })

  test.each([
    ['none.cl', 'kernel void f() {}', /none\.cl: expected \[HOLE\].*put one in/],
    ['syntax.cl', 'kernel void f( {\n [HOLE]', /syntax\.cl: line 1: syntax error; expected .* correct it/],
    ['unused.cl', '#if 0\n[HOLE]\n#endif\n', /unused\.cl: expected each \[HOLE\] once after preprocessing; take it/],
    ['include.cl', '#include "nothing.h"\n[HOLE]', /include\.cl: .*nothing\.h/],
    ['names.cl', 'kernel void f() { v7(); [HOLE] }', /names\.cl: 'v7' is not declared; declare it/],
  ])('refuses %s with a reason and what to do', async (name, text, message) => {
    const { code, out, err } = await infill(file(name, text))
    expect({ code, out }).toEqual({ code: 2, out: [] })
    expect(err).toMatch(message)
  })

  test('refuses files and features that there are not', async () => {
    expect(await infill(join(folder, 'gone.cl'))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/gone\.cl: cannot be read .*expected a file of OpenCL C with a \[HOLE\]/),
    })
    const path = file('ok.cl', 'kernel void [HOLE]')
    expect((await infill(path, '--features', 'cmp=1')).err).toMatch(/grewe has no feature 'cmp'/)
    expect(readFileSync(path, 'utf8')).toBe('kernel void [HOLE]')
  })
})
