// Small kernels that each do one kind of work, to find what a device can do of it.

import type { Payload, PayloadArgument } from '../../payload/payload.ts'

/** A kernel with a launch. */
export interface MicroKernel {
  readonly source: string
  readonly payload: Payload
  /** The same with few work-items, to be interpreted; each does what those of `payload` do. */
  readonly sample: Payload
}

const loops = 256
const group = 64
const sampledItems = 64

/** What is timed of a device, by the kind of work. */
export interface MicroSuite {
  readonly empty: MicroKernel
  readonly manyItems: MicroKernel
  readonly manyGroups: MicroKernel
  readonly integer: MicroKernel
  readonly float: MicroKernel
  /** As `float`, but nothing loops: compilers for CPUs then put several work-items into one instruction. */
  readonly straight: MicroKernel
  readonly division: MicroKernel
  readonly special: MicroKernel
  readonly private: MicroKernel
  readonly local: MicroKernel
  readonly atomic: MicroKernel
  /** Copies a buffer that no cache holds. */
  readonly memory: MicroKernel
  /** Reads a buffer that every cache holds, again and again. */
  readonly cache: MicroKernel
  /** One work-item alone: each instruction waits for the one before. */
  readonly chain: MicroKernel
  /** One work-item alone: each access waits for the one before, at places that no cache holds. */
  readonly chase: MicroKernel
}

/** @param items - work-items of the kernels that calculate; a few for each of the device's units */
export function microSuite(items: number): MicroSuite {
  const idle = 'if (n > 1000000000) a[get_global_id(0)] = n;'
  const chains = [...Array(8).keys()]
  // Eight chains at once: one would show how long an operation takes, not how many there can be.
  const each = (step: string): string => chains.map((chain) => step.replaceAll('$', `${chain}`)).join(' ')
  const start = `uint u = n, v = get_global_id(0); float x = a[v]; ${each('float x$ = x + $.0f; uint u$ = u + $u;')}`
  const end = `a[get_global_id(0)] = x${chains.map((chain) => ` + x${chain} + (float)u${chain}`).join('')};`
  const loop = (body: string, declared = ''): string =>
    `${start} ${declared} for (int i = 0; i < ${loops}; i++) { ${body} } ${end}`
  const make = (body: string, count: number, options: { local?: number; elements?: number; sampled?: number } = {}) =>
    microKernel(body, count, options.local ?? group, options.elements ?? count, options.sampled ?? sampledItems)
  const large = 2 ** 23
  return {
    empty: make(idle, group),
    manyItems: make(idle, 2 ** 18, { local: 256, elements: group }),
    manyGroups: make(idle, 2 ** 14, { local: 1, elements: group, sampled: 1 }),
    integer: make(loop(each('u$ = (u$ + (uint)i) ^ (u$ >> 3);')), items),
    float: make(loop(each('x$ = x$ * 0.5f + 1.5f;')), items),
    straight: make(`${start} ${each('x$ = x$ * 0.5f + 1.5f;').repeat(16)} ${end}`, 16 * items),
    division: make(loop(each('x$ = 2.0f / (x$ + 3.0f); u$ = u$ / ((u$ & 7u) | 3u) + 77777u;')), items),
    special: make(loop('x0 = sin(x0); x1 = exp(x1 * -0.5f); x2 = sqrt(x2 + 1.0f); x3 = log(x3 * x3 + 2.0f);'), items),
    private: make(
      loop(
        'p[(u + (uint)i) & 15u] += u0; u1 += p[(v + (uint)i) & 15u]; u2 ^= p[(v + (uint)i * 3u) & 15u];',
        'uint p[16] = {0};',
      ),
      items,
    ),
    local: make(
      `local float l[${group}]; l[get_local_id(0)] = a[get_global_id(0)]; barrier(CLK_LOCAL_MEM_FENCE); ${loop(`x0 += l[(v + (uint)i) & ${group - 1}u]; x1 += l[(v + (uint)i * 3u) & ${group - 1}u];`)}`,
      items,
    ),
    atomic: make(
      `${start} for (int i = 0; i < 16; i++) atomic_add((volatile global int*)a + (get_global_id(0) & 255u) * 16u, 1);`,
      items,
      { elements: Math.max(items, 2 ** 12) },
    ),
    memory: make('a[get_global_id(0)] = a[get_global_id(0) + get_global_size(0)] * 0.5f;', large, {
      elements: 2 * large,
    }),
    cache: make(loop(`x0 += a[(get_global_id(0) + (uint)i * ${group}u) & 16383u];`), Math.max(items, 2 ** 14), {
      elements: Math.max(items, 2 ** 14),
    }),
    chain: make(loop('x = x * 0.5f + x0; x = x * 0.25f + x1; x = x * 0.5f + x0; x = x * 0.25f + x1;'), 1, {
      local: 1,
      sampled: 1,
    }),
    chase: make(
      `uint v = n; for (int i = 0; i < 4096; i++) v = (v * 1664525u + 1013904223u + (uint)a[v & n]); a[0] = (float)v;`,
      1,
      { local: 1, elements: large, sampled: 1 },
    ),
  }
}

function microKernel(body: string, items: number, local: number, elements: number, sampled: number): MicroKernel {
  const source = `kernel void f0(global float* a, const uint n) { ${body} }\n`
  const few = Math.min(elements, 2 ** 14) // what is interpreted passes through a text file
  return {
    source,
    payload: launch(items, local, elements),
    sample: launch(sampled, Math.min(local, sampled), few),
  }
}

/** A buffer of ones, and the highest index into it. */
function launch(items: number, local: number, elements: number): Payload {
  const ones = new Uint8Array(new Float32Array(elements).fill(1).buffer)
  const buffer: PayloadArgument = {
    ...{ kind: 'buffer', space: 'global', elementType: 'float', elements, bytes: ones, guardBytes: 0, access: 'both' },
    layout: [{ offset: 0, type: 'float' }],
  }
  const last = new Uint8Array(Uint32Array.of(elements - 1).buffer)
  const number: PayloadArgument = { kind: 'value', type: 'uint', bytes: last }
  return { kernel: 'f0', globalSize: [items], localSize: [local], seed: 0, arguments: [buffer, number] }
}
