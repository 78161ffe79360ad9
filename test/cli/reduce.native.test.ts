// `benchsteer reduce` with the real compiler, and as a process that is stopped.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { commands } from '../../cli/commands/index.ts'
import { runCli } from '../../cli/program.ts'
import { packagePath } from '../../kernels/index.ts'
import { memoryIo } from './memory-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-reduce-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

async function run(...args: readonly string[]) {
  const io = memoryIo()
  const code = await runCli(args, commands, io)
  return { code, out: io.outLines.join('\n'), err: io.errLines.join('\n') }
}

const source = `#include "size.h"
float helper(float x) { return x * 2.0f; }
__kernel void first(__global float *o) { o[get_global_id(0)] = 1.0f; }
__kernel void second(__global float *a, __global const float *b, const int n) {
  const int i = get_global_id(0);
  if (i < n) {
    float sum = 0.0f;
    for (int j = 0; j < SIZE; j++) sum += b[i * SIZE + j] * 0.5f;
    a[i] = helper(sum);
  }
}
`
writeFileSync(join(folder, 'size.h'), '#define SIZE 16\n')
const path = file('two.cl', source)

describe('reduce', () => {
  test('keeps the features of the last kernel, and ends with a line of figures', async () => {
    const { code, out, err } = await run('reduce', path)
    expect(code).toBe(0)
    expect(err).toMatch(/^\d+ -> \d+ tokens, \d+ tests, \d+\.\d s$/)
    const small = file('small.cl', `${out}\n`)
    const rows = await Promise.all(
      [path, small].map(async (one) => (await run('features', '--per-kernel', '--format', 'csv', one)).out.split('\n')),
    )
    const [before, after] = rows.map((lines) => lines.at(-1)!.split(',').slice(2, 10))
    expect(after).toEqual(before)
    expect(before).toHaveLength(8)
    expect((await run('reduce', path)).out).toBe(out)
  })

  test('writes a file and a record', async () => {
    const out = join(folder, 'record.json')
    const args = ['--kernel', 'second', '--space', 'instcount', '--json', '--out', out]
    expect(await run('reduce', path, ...args)).toMatchObject({ code: 0, out: '' })
    const record = JSON.parse(readFileSync(out, 'utf8'))
    expect(record).toMatchObject({ file: path, keep: 'features', kernel: 'second', isMinimal: true })
    expect(record.after.features).toEqual(record.before.features)
    expect(record.after.tokens).toBeLessThan(record.before.tokens)
    expect(record.text).toMatch(/^kernel void f1\(/m)
  })

  test('keeps less where less is asked for', async () => {
    const all = JSON.parse((await run('reduce', path, '--json')).out)
    const some = JSON.parse((await run('reduce', path, '--json', '--features', 'mem=1..')).out)
    const near = JSON.parse((await run('reduce', path, '--json', '--max-distance', '3')).out)
    expect(some.after.tokens).toBeLessThan(all.after.tokens)
    expect(some.after.features.mem).toBeGreaterThanOrEqual(1)
    expect(near.after.tokens).toBeLessThan(all.after.tokens)
  })

  test('keeps an error, a compile and what a command finds', async () => {
    const broken = file('broken.cl', source.replace('helper(sum)', 'helper(sum, missing)'))
    expect((await run('reduce', broken, '--keep', 'error')).out.length).toBeLessThan(40)
    expect((await run('reduce', path, '--keep', 'compile')).out).toBe('kernel void f0() {\n}')
    const { out } = await run('reduce', broken, '--command', 'grep -q helper {} && grep -q missing {}')
    expect(out).toMatch(/helper[\s\S]*missing|missing[\s\S]*helper/)
    expect(out.length).toBeLessThan(60)
  })

  test('stops after so many tests', async () => {
    const { code, err } = await run('reduce', path, '--max-tests', '20')
    expect(code).toBe(0)
    expect(err).toMatch(/tokens, 20 tests, .* s; stopped early$/)
  })

  test.each([
    [['gone.cl'], /gone\.cl: cannot be read .*expected a file of OpenCL C, or -/],
    [[path, '--features', 'mem=99'], /--features: expected what kernel second of .*two\.cl has.*mem \d+/],
    [[path, '--features', 'cmp=1'], /grewe has no feature 'cmp'/],
    [[path, '--space', 'greve'], /greve/],
    [[path, '--kernel', 'third'], /--kernel: .*two\.cl defines first, second, received 'third'/],
    [[path, '--keep', 'error'], /two\.cl: compiles; --keep error expects a file that does not/],
    [[path, '--keep', 'error', '--kernel', 'first'], /--kernel: only with --keep features or compile/],
    [[path, '--keep', 'compile', '--max-distance', '1'], /--max-distance: only with --keep features/],
    [[path, '--keep', 'compile', '--command', 'true {}'], /--command: expected no --keep beside it, received compile/],
    [[path, '--command', 'true'], /--command: expected \{\} where the path of the file goes, received 'true'/],
    [[path, '--command', 'exit 7; {}'], /--command: expected exit code 0 for .*two\.cl.*received 7/],
    [[path, '--command', 'sleep 9; : {}', '--timeout', '200ms'], /--command: .*received timeout/],
    [[path, '--out', '/nowhere/at/all.cl'], /--out: cannot write \/nowhere\/at\/all\.cl; expected a file in a folder/],
    [[file('empty.cl', 'int x;')], /empty\.cl: defines no kernel/],
    [[file('syntax.cl', 'kernel void f( {')], /syntax\.cl: parse: .*--keep error/],
    [[file('type.cl', 'kernel void f() { int x = y; }')], /type\.cl: kernel f: compile: .*undeclared identifier 'y'/],
    [[file('header.cl', '#include "nothing.h"')], /header\.cl: preprocess: .*nothing\.h/],
  ])('refuses %j with a reason', async (args, message) => {
    const { code, out, err } = await run('reduce', ...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
  })

  test('prints the best so far at Ctrl-C, exits with 130 and leaves no process behind', async () => {
    const pidFile = join(folder, 'pid')
    const count = join(folder, 'count')
    // Quick for the first tests; then one that hangs.
    const line = `echo . >> ${count}; grep -q get_global_id {} || exit 1; [ $(wc -l < ${count}) -lt 12 ] || { echo $$ > ${pidFile}; sleep 60; }`
    const args = ['--import', 'tsx', packagePath('cli', 'main.ts'), 'reduce', path, '--command', line]
    const child = spawn(process.execPath, args, { cwd: packagePath() })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '')
      await new Promise((done) => setTimeout(done, 50))
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    expect(out).toContain('get_global_id')
    expect(out.length).toBeLessThan(source.length)
    expect(err).toMatch(/\d+ -> \d+ tokens, \d+ tests, .* s; stopped early\n$/)
    const pid = readFileSync(pidFile, 'utf8').trim()
    expect(existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')).toBe(false)
  })
})
