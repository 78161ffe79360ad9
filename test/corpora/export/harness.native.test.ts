import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { renderProgram } from '../../../corpora/export/harness.ts'
import { findClang, packageRoot, planPayload } from '../../../kernels/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'benchsteer-harness-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
copyFileSync(join(packageRoot, 'corpora', 'export', 'harness.h'), join(folder, 'harness.h'))

/** The system's C compiler, or clang; what it lacks shows at the first program. */
const compilers = ['cc', findClang().path]

function compile(source: string, name: string): string | undefined {
  const path = join(folder, `${name}.c`)
  writeFileSync(path, source)
  const program = join(folder, name)
  const args = ['-std=c99', '-Wall', '-Werror', '-O0', '-o', program, path, '-lm', '-l:libOpenCL.so.1']
  return compilers.some((compiler) => spawnSync(compiler, args).status === 0) ? program : undefined
}

const canCompile =
  compile('#include <CL/none.h>', 'broken') === undefined &&
  compile('#include <stdio.h>\nint main(void) { return 0; }', 'empty') !== undefined
if (!canCompile) console.warn('SKIPPED: no C compiler with the headers of the C library')

function programOf(text: string): string {
  const planned = planPayload(text, { seed: 7 })
  if (!planned.ok) throw new Error(planned.log)
  return renderProgram(text, planned.payload, 'test')
}

function run(source: string, name: string): { readonly status: number | null; readonly output: string } {
  const program = compile(source, name)
  if (program === undefined) throw new Error(`${name} does not compile`)
  const { status, stdout, stderr } = spawnSync(program, [], {
    encoding: 'utf8',
    env: { ...process.env, POCL_CACHE_DIR: folder, POCL_KERNEL_CACHE: '0' },
  })
  return { status, output: stdout + stderr }
}

const structs = `struct body { float3 place; float mass; short kind; };
constant float table[3] = {1.0f, 2.0f, 4.0f}; // "quoted" \\ ??) end
kernel void pull(global struct body *bodies, global const double *weights, local float *near, float step, int n) {
  int i = get_global_id(0);
  near[get_local_id(0)] = i < n ? bodies[i].mass : 0.0f;
  barrier(CLK_LOCAL_MEM_FENCE);
  if (i >= n) return;
  bodies[i].place += step * near[0] * table[i % 3] * (float)weights[i];
  bodies[i].kind += 1;
}
`

describe.skipIf(!canCompile)('harness', () => {
  it('runs a kernel from its payload, twice, and finds both results the same', () => {
    const { status, output } = run(programOf(structs), 'structs')
    expect(output).toMatch(/^pull on .*: \d+ ns, \d+ ns, \d+ scalars changed, hash [0-9a-f]{16}\nPASS\n$/)
    expect(status).toBe(0)
  })

  it('fails where nothing is written, or something beside a buffer', () => {
    const source = programOf('kernel void f(global int *p) { p[get_global_id(0)] += 1; }')
    const idle = run(source.replace('+= 1', '+= 0'), 'idle')
    expect([idle.status, idle.output]).toEqual([1, expect.stringContaining('nothing was written\nFAIL\n')])
    const wild = run(source.replace('p[get_global_id(0)]', 'p[get_global_id(0) + 1]'), 'wild')
    expect([wild.status, wild.output]).toEqual([
      1,
      expect.stringMatching(/\d+ bytes beside buffers were overwritten\nFAIL\n$/),
    ])
  })
})
