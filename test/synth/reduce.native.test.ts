// Properties that the compiler decides, and commands, which are real processes.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { measureUnit } from '../../corpora/index.ts'
import { compileAll, lex } from '../../kernels/index.ts'
import {
  findFailure,
  keepsCompiling,
  keepsFailure,
  keepsFeatures,
  measureForm,
  normalForm,
  type Property,
  passesCommand,
  type Reduced,
  type ReduceOptions,
  reduce,
  resolveSpaces,
  resolveTarget,
  runCommand,
  settledKinds,
  TargetMeter,
} from '../../synth/index.ts'
import { seedForms } from './seed-forms.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-test-reduce-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function reduced(text: string, property: Property, options?: ReduceOptions): Promise<Reduced> {
  let last: Reduced | undefined
  for await (const state of reduce(text, property, options)) last = state
  return last!
}

const kernelOptions = { forms: [normalForm], kinds: settledKinds }

/** As `benchsteer features --per-kernel` measures. */
async function remeasured(text: string, space: Awaited<ReturnType<typeof resolveSpaces>>['space']) {
  const measured = await measureUnit(text, { spaces: [space], perKernel: true })
  if (!measured.ok) throw new Error(measured.log)
  return [...measured.rows.at(-1)!.features[space.id]]
}

describe('keepsFeatures', () => {
  const samples = [...seedForms].filter(({ tokens }) => tokens.length < 140).filter((_, i) => i % 40 === 7)

  it.each([['grewe'], ['instcount'], ['grewe,autophase']])('keeps the vector in %s', async (spaces) => {
    const { space, weights } = await resolveSpaces(spaces)
    expect(samples.length).toBeGreaterThan(2)
    let shrunk = 0
    for (const { text, tokens } of samples) {
      const measured = await measureForm(space, text)
      if (!measured.ok) throw new Error(measured.log)
      const meter = new TargetMeter({ name: 'itself', space, values: measured.values, weights })
      const result = await reduced(text, keepsFeatures(meter), kernelOptions)
      expect(result.isMinimal).toBe(true)
      expect(await remeasured(result.text, space)).toEqual(await remeasured(text, space))
      if (result.tokens < tokens.length) shrunk++
    }
    expect(shrunk).toBe(samples.length)
  })

  const scale = normalForm(`kernel void scale(global float *a, global const float *b, const int n) {
    int i = get_global_id(0);
    int unused = n * 2;
    if (i < n) { a[i] = b[i] * 2.0f + 1.0f; }
  }`)!

  it('keeps only the features of a target', async () => {
    const { space } = await resolveSpaces('grewe')
    const meter = new TargetMeter(await resolveTarget('mem=2', space))
    const { text, tokens } = await reduced(scale, keepsFeatures(meter), kernelOptions)
    expect((await remeasured(text, space))[2]).toBe(2)
    expect(tokens).toBeLessThan(25)
    expect(text).not.toMatch(/\bv\d/)
  })

  it('lets features move as far as they may', async () => {
    const { space } = await resolveSpaces('grewe')
    const measured = await measureForm(space, scale)
    const meter = new TargetMeter({ name: 'itself', space, values: measured.ok ? measured.values : new Float64Array() })
    const near = await reduced(scale, keepsFeatures(meter), kernelOptions)
    const far = await reduced(scale, keepsFeatures(meter, { maxDistance: 2 }), kernelOptions)
    const distance = meter.distance(Float64Array.from(await remeasured(far.text, space)))
    expect(distance).toBeGreaterThan(0)
    expect(distance).toBeLessThanOrEqual(2)
    expect(far.tokens).toBeLessThan(near.tokens)
  })
})

describe('keepsCompiling', () => {
  it('leaves an empty kernel', async () => {
    for (const { text } of seedForms.slice(0, 3)) {
      expect((await reduced(text, keepsCompiling(), kernelOptions)).text).toBe('kernel void f0() {\n}\n')
    }
  })
})

describe('keepsFailure', () => {
  const broken = `typedef struct { int a; float b; } Cell;
float helper(global float *x) { return x[0]; }
kernel void k(global float *a, global Cell *cells, const int n) {
  for (int i = 0; i < n; i++) {
    a[i] = helper(a) + cells[i].missing * 2.0f;
    a[i + 1] = other_missing;
  }
}
`

  it('keeps the first message, whatever the names, and little else', async () => {
    const failure = (await findFailure(broken))!
    expect(failure.rejection.log).toMatch(/no member named 'missing'/)
    const { text, tokens } = await reduced(broken, keepsFailure(failure))
    const [outcome] = await compileAll([text])
    expect(outcome).toMatchObject({ ok: false, log: expect.stringMatching(/^[\d:]+ no member named 'missing' in '/) })
    expect(tokens).toBeLessThan(30)
    expect(text).not.toContain('helper')
  })

  it('takes what only strict rules forbid, and syntax errors', async () => {
    const strict = 'kernel void k(global int *a, global float *b) {\n  a[0] = 1;\n  a = b;\n}\n'
    const failure = (await findFailure(strict))!
    expect(failure.isStrict).toBe(true)
    const { text } = await reduced(strict, keepsFailure(failure))
    expect(await findFailure(text)).toMatchObject({ isStrict: true })
    const syntax = `${broken}kernel void l() { int x = ; }\n`
    const first = 'int f() { return 1; }\nkernel void k() { int y = 2; int x = ; }\n'
    expect((await reduced(first, keepsFailure((await findFailure(first))!))).tokens).toBeLessThan(12)
    expect((await findFailure(syntax))!.rejection.log).toMatch(/missing|expected expression/)
  })

  it('finds no failure in what compiles', async () => {
    expect(await findFailure(seedForms[0].text)).toBeUndefined()
    await expect(findFailure('#include "x.h"\n')).rejects.toThrow(/preprocessor directive/)
  })
})

describe('passesCommand', () => {
  it('asks a command about a file with the text', async () => {
    const text = seedForms[0].text
    const { text: left } = await reduced(text, passesCommand('grep -q get_global_id {}'), { batch: 1 })
    expect(lex(left).length).toBeLessThan(12)
    expect(left).toContain('get_global_id')
  })

  it('gives the exit code, and removes the file', async () => {
    const path = join(folder, 'where')
    expect(await runCommand(`echo {} > ${path}; exit 3`, 'x')).toBe(3)
    const file = readFileSync(path, 'utf8').trim()
    expect(file).toMatch(/\.cl$/)
    expect(existsSync(file)).toBe(false)
    expect(await runCommand('kill -SEGV $$', 'x')).toBe('SIGSEGV')
  })

  it('answers in order with several at a time', async () => {
    const property = passesCommand('sleep 0.0$(wc -c < {}); grep -q yes {}', { jobs: 3 })
    expect(await property(['yes long long', 'no', 'yes', 'no no', 'yes'])).toEqual([true, false, true, false, true])
  })

  it('kills a command that takes too long, with all that it started', async () => {
    const pids = join(folder, 'pids')
    const startMs = performance.now()
    const line = `sleep 60 & echo $! > ${pids}; echo $$ >> ${pids}; wait; : {}`
    expect(await runCommand(line, 'x', { timeoutMs: 400 })).toBe('timeout')
    expect(performance.now() - startMs).toBeLessThan(10_000)
    await expectDead(pids)
  })

  it('kills it at a stop', async () => {
    const pids = join(folder, 'stopped')
    const stop = new AbortController()
    const run = runCommand(`sleep 60 & echo $! > ${pids}; wait; : {}`, 'x', { signal: stop.signal })
    while (!existsSync(pids) || readFileSync(pids, 'utf8') === '') await new Promise((done) => setTimeout(done, 20))
    stop.abort(new Error('enough'))
    await expect(run).rejects.toThrow('enough')
    await expectDead(pids)
  })
})

async function expectDead(path: string): Promise<void> {
  const pids = readFileSync(path, 'utf8').trim().split('\n').map(Number)
  expect(pids.length).toBeGreaterThan(0)
  for (let tries = 0; tries < 100 && pids.some(isAlive); tries++) await new Promise((done) => setTimeout(done, 50))
  expect(pids.filter(isAlive)).toEqual([])
}

/** Zombies, which nobody has waited for, do not count. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
