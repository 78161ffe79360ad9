import { describe, expect, it } from 'vitest'
import { guardPattern, planPayload } from '../../../kernels/index.ts'
import { planLaunch } from '../../../kernels/payload/plan.ts'
import { bufferOf, elementsOf, integersOf, plan, scalarOf } from './sample-payload.ts'

const seeds = [1, 2, 3, 4, 5, 6]

describe('planPayload', () => {
  it('gives the same payload for the same seed, another for another', () => {
    const text = 'kernel void f(global float *a, int n, float x) { int i = get_global_id(0); if (i < n) a[i] *= x; }'
    expect(plan(text)).toEqual(plan(text))
    expect(new Set(seeds.map((seed) => JSON.stringify(plan(text, { seed })))).size).toBe(seeds.length)
  })

  it('sizes buffers by how far subscripts reach', () => {
    const text = `kernel void f(global int *a, global const int *b, global const int *c, global const float4 *d) {
      int i = get_global_id(0);
      a[i] = b[2 * i + 1] + c[3];
      for (int k = 0; k < 5; k++) a[i] += (int)d[i + k].x;
    }`
    const payload = plan(text, { globalSize: [64] })
    expect(elementsOf(payload)).toEqual([64, 128, 4, 68])
    expect(bufferOf(payload, 3)).toMatchObject({ elementType: 'float4', access: 'read' })
    expect(bufferOf(payload, 3).bytes).toHaveLength(68 * 16)
    expect(payload.arguments.map((argument) => argument.kind === 'buffer' && argument.access)).toEqual([
      ...['both', 'read', 'read', 'read'],
    ])
  })

  it('refuses to fill more memory than it may', () => {
    const text = 'kernel void f(global int *a) { a[get_global_id(0) << 16] = 1; }'
    const options = { seed: 1, globalSize: [64] }
    expect(planPayload(text, { ...options, mostBytes: 16 << 20 })).toMatchObject({ ok: true })
    expect(planPayload(text, { ...options, mostBytes: 1 << 20 })).toEqual({
      ok: false,
      stage: 'arguments',
      log: 'the kernel reaches over 16515076 bytes, more than the 1048576 it may',
    })
  })

  it('draws other data for the same sizes and scalars', () => {
    const text = 'kernel void f(global float *a, global const int *b, int n) { a[get_global_id(0)] = b[n]; }'
    const plan = planLaunch(text, { seed: 1 })
    if (!plan.ok) throw new Error(plan.log)
    const { payload, redraw } = plan
    expect(payload).toEqual(planPayload(text, { seed: 1 }).ok && plan.payload)
    const other = redraw(2, 'uniform')
    expect(elementsOf(other)).toEqual(elementsOf(payload))
    expect(other.arguments[2]).toEqual(payload.arguments[2])
    expect(other.arguments.slice(0, 2)).not.toEqual(payload.arguments.slice(0, 2))
    expect(redraw(2, 'uniform')).toEqual(other)
  })

  it('keeps groups small where there may be few work-items, but not smaller than required', () => {
    const sizesOf = (text: string): (readonly number[])[] => {
      const { globalSize, localSize } = plan(text, { mostItems: 128 })
      return [globalSize, localSize]
    }
    const tiled = (attribute: string): string => `kernel ${attribute} void f(global int *a) {
      local int t[16][16];
      int x = get_local_id(0), y = get_local_id(1);
      t[y][x] = a[get_global_id(0)];
      barrier(CLK_LOCAL_MEM_FENCE);
      a[get_global_id(1)] = t[x][y];
    }`
    expect(sizesOf(tiled(''))).toEqual([
      [8, 16],
      [4, 8],
    ])
    expect(sizesOf(tiled('__attribute__((reqd_work_group_size(16, 16, 1)))'))).toEqual([
      [32, 32],
      [16, 16],
    ])
  })

  it('keeps within what guards and loops allow', () => {
    const text = `kernel void f(global float *out, global const float *in, int w, int h) {
      int x = get_global_id(0), y = get_global_id(1);
      if (x < 1 || y < 1 || x >= w - 1 || y >= h - 1) return;
      float sum = 0;
      for (int dy = -1; dy <= 1; dy++) for (int dx = -1; dx <= 1; dx++) sum += in[(y + dy) * w + x + dx];
      out[y * w + x] = sum;
    }`
    for (const seed of seeds) {
      const payload = plan(text, { seed })
      const [w, h] = [scalarOf(payload, 2), scalarOf(payload, 3)]
      expect(elementsOf(payload).slice(0, 2)).toEqual([(h - 2) * w + w - 1, w * h])
      const [gx, gy] = payload.globalSize
      expect(w).toBeGreaterThan(gx / 2)
      expect(w).toBeLessThanOrEqual(gx + 1)
      expect(h).toBeLessThanOrEqual(gy + 1)
    }
  })

  it('follows pointers, casts, helpers and strided loops', () => {
    const text = `void put(global int *to, int at) { to[at] = at; }
    kernel void f(global int *a, global uchar *b, global int *c, int n) {
      int i = get_global_id(0);
      put(a + 2 * i, 1);
      global int *words = (global int *)b;
      words[i] = 7;
      global int *p = c + i;
      for (int k = 0; k < 4; k++) { *p = k; p += 8; }
      for (int k = i; k < n; k += get_global_size(0)) c[k] = 1;
    }`
    const payload = plan(text, { globalSize: [32] })
    expect(elementsOf(payload).slice(0, 3)).toEqual([64, 128, 32 + 3 * 8])
  })

  it('follows values through real numbers and vectors', () => {
    const text = `kernel void f(global int *a, global int *b) {
      int2 at = (int2)(get_global_id(0), 3);
      float2 s = (convert_float2(at) + 0.5f) * 0.5f;
      a[convert_int2(floor(s)).x] = 1;
      b[(int)((float)get_global_id(0) / 3) % 100] = 2;
    }`
    expect(elementsOf(plan(text, { globalSize: [32] }))).toEqual([16, 11])
  })

  it('gives a number of elements no room for a bound that is off by one', () => {
    const text = (bound: string): string =>
      `kernel void f(global int *a, int n) { int i = get_global_id(0); if (i ${bound} n) a[i] = 1; }`
    for (const seed of seeds) {
      const payload = plan(text('<='), { seed })
      expect(bufferOf(payload, 0).elements).toBe(scalarOf(payload, 1))
      expect(plan(text('<'), { seed }).arguments[0]).toMatchObject({ elements: scalarOf(payload, 1) })
    }
    expect(
      seeds.some((seed) => scalarOf(plan(text('<='), { seed }), 1) < plan(text('<='), { seed }).globalSize[0]),
    ).toBe(true)
  })

  it('keeps indices that buffers hold within what they index', () => {
    const text = `kernel void f(global const int *index, global const float *from, global float *to) {
      local float table[40];
      int i = get_global_id(0);
      for (int k = get_local_id(0); k < 40; k += get_local_size(0)) table[k] = from[k];
      barrier(CLK_LOCAL_MEM_FENCE);
      to[i] = table[index[i]];
    }`
    for (const seed of seeds) {
      const indices = integersOf(plan(text, { seed }), 0)
      expect(Math.min(...indices)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...indices)).toBeLessThan(40)
    }
  })

  it('scatters by permutations, gives rows offsets that grow, and trees parents above their children', () => {
    const text = `kernel void f(global const int *place, global const int *start, global const int *parent, global int *out) {
      int i = get_global_id(0);
      int sum = 0, at = i;
      for (int k = start[i]; k < start[i + 1]; k++) sum += k;
      while (parent[at] != at) at = parent[at];
      out[place[i]] = sum + at;
    }`
    for (const seed of seeds) {
      const payload = plan(text, { seed })
      const [places, starts, parents] = [0, 1, 2].map((i) => integersOf(payload, i))
      expect(new Set(places).size).toBe(places.length)
      expect(starts).toEqual(starts.toSorted((a, b) => a - b))
      expect(starts).toHaveLength(places.length + 1)
      expect(parents.every((parent, i) => parent >= 0 && parent <= i)).toBe(true)
    }
  })

  it('starts counters at 0 and gives everyone who counts a place', () => {
    const text = `kernel void f(global const int *in, global int *count, global int *out) {
      if (in[get_global_id(0)] > 3) out[atomic_inc(count)] = in[get_global_id(0)];
    }`
    const payload = plan(text, { globalSize: [64] })
    expect(elementsOf(payload)).toEqual([64, 1, 64])
    expect(integersOf(payload, 1)).toEqual([0])
  })

  it('makes strides as long as rows, divisors positive, and masks of powers of two', () => {
    const rows = 'kernel void f(global int *a, int pitch) { a[get_global_id(1) * pitch + get_global_id(0)] = 1; }'
    const masks = 'kernel void f(global int *a, int n) { int i = get_global_id(0); a[(i * 7) & (n - 1)] += n; }'
    const grid = 'kernel void f(global int *a, int w) { int i = get_global_id(0); a[(i / w) * w + i % w] = w; }'
    for (const seed of seeds) {
      const payload = plan(rows, { seed })
      expect(scalarOf(payload, 1)).toBe(payload.globalSize[0])
      expect(Math.log2(scalarOf(plan(masks, { seed }), 1)) % 1).toBe(0)
      expect(scalarOf(plan(grid, { seed }), 1)).toBeGreaterThan(0)
    }
  })

  it('knows the layout of structs, vectors of three and double', () => {
    const text = `typedef struct { char tag; float3 at; short n[3]; } item;
    union both { int i; float f; };
    struct __attribute__((packed)) tight { char a; int b; };
    kernel void f(global item *a, global union both *b, global struct tight *c, global double *d, item one) {
      int i = get_global_id(0);
      a[i].at.x = one.at.x; b[i].i = i; c[i].b = i; d[i] = i;
    }`
    const payload = plan(text, { globalSize: [32] })
    const sizes = [0, 1, 2, 3].map((i) => bufferOf(payload, i).bytes.length / bufferOf(payload, i).elements)
    expect(sizes).toEqual([48, 4, 5, 8])
    expect(bufferOf(payload, 0).layout.map(({ offset }) => offset)).toEqual([0, 16, 20, 24, 32, 34, 36])
    expect(bufferOf(payload, 1).layout).toEqual([{ offset: 0, type: 'int' }])
    expect(payload.arguments[4]).toMatchObject({ kind: 'value', type: 'struct' })
  })

  it('chooses as many dimensions as are asked for, and groups that fit local arrays', () => {
    const tile = `kernel void f(global float *a, int n) {
      local float t[8][12];
      t[get_local_id(1)][get_local_id(0)] = a[get_global_id(1) * n + get_global_id(0)];
    }`
    expect(plan(tile)).toMatchObject({ globalSize: [32, 32], localSize: [8, 8] })
    const required = `__attribute__((reqd_work_group_size(4, 2, 1))) kernel void f(global int *a) { a[get_global_id(0)] = 1; }`
    expect(plan(required)).toMatchObject({ globalSize: [8, 4], localSize: [4, 2] })
    expect(plan(required, { globalSize: [64] }).globalSize.reduce((a, b) => a * b)).toBe(64)
    const long = `__attribute__((reqd_work_group_size(64, 1, 1))) kernel void f(global int *a) { a[get_global_id(1)] = 1; }`
    expect(plan(long, { globalSize: [1024] })).toMatchObject({ globalSize: [64, 16], localSize: [64, 1] })
    expect(plan(long.replace('(1)', '(2)'), { globalSize: [1024] }).globalSize).toEqual([64, 2, 8])
    expect(planPayload(required, { seed: 1, localSize: [8, 1] })).toMatchObject({ ok: false, stage: 'arguments' })
    expect(planPayload(required, { seed: 1, globalSize: [6, 4] })).toMatchObject({ ok: false, stage: 'arguments' })
    const local = `kernel void f(local float *t, global float *a) {
      t[2 * get_local_id(0) + 1] = a[get_global_id(0)];
    }`
    const groups = (text: string, groupItems: number, size = 1024): readonly number[] =>
      plan(text, { globalSize: [size], groupItems }).localSize
    expect(groups(local, 128)).toEqual([128])
    expect(groups(local, 128, 96)).toEqual([96])
    expect(groups(local.replace('get_global_id(0)', 'get_global_id(1)'), 64)).toEqual([8, 8])
    expect(groups(tile, 256)).toEqual([8, 8])
    expect(groups(required, 256)).toEqual([4, 2])
    expect(() => planPayload(local, { seed: 1, groupItems: 0 })).toThrow('groupItems: expected')
    expect(plan(local, { globalSize: [64], localSize: [16] }).arguments[0]).toEqual({ kind: 'local', byteLength: 128 })
  })

  it('gives images and samplers, and refuses what it cannot give', () => {
    const text = `kernel void f(read_only image2d_t in, write_only image2d_t out, sampler_t s) {
      int2 at = (int2)(get_global_id(0), get_global_id(1));
      write_imageui(out, at, read_imageui(in, s, at));
    }`
    const [from, to, sampler] = plan(text).arguments
    expect(from).toMatchObject({ kind: 'image', width: 16, height: 16, channelType: 'uint8', access: 'read' })
    expect(to).toMatchObject({ kind: 'image', access: 'write' })
    expect(sampler).toEqual({ kind: 'sampler' })
    const volume = `kernel void f(read_only image3d_t in, global float *out) {
      int4 at = (int4)(get_global_id(0), get_global_id(1), get_global_id(2), 0);
      out[at.x] = read_imagef(in, at).x + get_image_dim(in).z;
    }`
    const [deep] = plan(volume).arguments
    expect(deep).toMatchObject({ kind: 'image', width: 8, height: 16, depth: 8, channelType: 'float' })
    expect(deep.kind === 'image' && deep.bytes.length).toBe(8 * 16 * 8 * 16)
    const outcome = planPayload('kernel void f(global int **p, image2d_array_t v) {}', { seed: 1 })
    expect(outcome).toMatchObject({
      ok: false,
      log: expect.stringMatching(/^p: .* is not supported; v: image2d_array_t/),
    })
    expect(planPayload('kernel void f(', { seed: 1 })).toMatchObject({ ok: false, stage: 'arguments' })
  })

  it('knows what data is compared with', () => {
    const text = `int code(uchar c) { switch (c) { case 'A': return 0; case 'C': return 1; } return -1; }
    kernel void f(global const uchar *seq, global int *depth, global int *count, const int n) {
      int i = get_global_id(0);
      if (i < n && code(seq[i]) >= 0 && atomic_cmpxchg(&depth[i], -7, 3) == -7) atomic_inc(count);
    }`
    const payloads = seeds.map((seed) => plan(text, { seed, distribution: 'compared' }))
    const bases = new Set(payloads.flatMap((payload) => [...bufferOf(payload, 0).bytes]))
    expect([...bases]).toEqual(expect.arrayContaining([65, 67]))
    expect(bases.size).toBeLessThan(30)
    expect(payloads.flatMap((payload) => integersOf(payload, 1))).toContain(-7)
  })

  it('sizes what is reached only where data is unlike most', () => {
    const text = `kernel void f(global const int *flag, global int *out) {
      if (flag[get_global_id(0)] == -12345) out[get_global_id(0) + 5] = 1;
    }`
    expect(elementsOf(plan(text, { globalSize: [64] }))).toEqual([64, 69])
  })

  it('keeps loops within loops short', () => {
    const text = `kernel void f(global float *a, int c, int k, int m) {
      float sum = 0;
      for (int i = 0; i < c; i++) for (int x = 0; x < k; x++) for (int y = 0; y < m; y++) sum += x * y;
      a[get_global_id(0) + 16 * get_global_id(1) + 256 * get_global_id(2)] = sum;
    }`
    for (const seed of seeds.slice(0, 2)) {
      const payload = plan(text, { seed })
      const [c, k, m] = [1, 2, 3].map((i) => scalarOf(payload, i))
      const items = payload.globalSize.reduce((a, b) => a * b)
      expect(c * k * m * items).toBeLessThanOrEqual(1 << 18)
      expect(c * k * m * items).toBeGreaterThan(1 << 12)
    }
  })

  it('lets items be their own parents where a kernel asks for that', () => {
    const text = (condition: string): string => `kernel void f(global const uint *parent, global uint *root, uint n) {
      uint v = get_global_id(0);
      if (v >= n) return;
      uint p = parent[v];
      for (uint hops = 0; ${condition} && hops < n; hops++) p = parent[p];
      root[v] = p;
    }`
    const roots = (condition: string): number =>
      integersOf(plan(text(condition)), 0).filter((parent, i) => parent === i).length
    expect(roots('parent[p] != p')).toBeGreaterThan(1)
    expect(roots('p != 0')).toBe(1)
  })

  it('leaves few rows few entries', () => {
    const text = `kernel void f(global const int *start, global const int *entry, global int *sum) {
      int row = get_group_id(0);
      for (int k = start[row] + get_local_id(0); k < start[row + 1]; k += get_local_size(0)) atomic_add(&sum[row], entry[k]);
    }`
    const offsets = integersOf(plan(text), 0)
    expect(Math.max(...offsets)).toBeLessThanOrEqual(4 * offsets.length)
  })

  it('names what is wrong with an option', () => {
    const text = 'kernel void f(global int *a) { a[0] = 1; }'
    expect(() => planPayload(text, { seed: 0.5 })).toThrow('seed: expected an integer, received 0.5')
    expect(() => planPayload(text, { seed: 1, globalSize: [0] })).toThrow(/globalSize: .* received \[0\]/)
    expect(() => planPayload(text, { seed: 1, distribution: 'odd' as 'normal' })).toThrow(/distribution: .*'odd'/)
  })

  it('ends for loops that never do, and for recursion', () => {
    const text = `int down(int n) { return n > 0 ? down(n - 1) : 0; }
    kernel void f(global int *a) {
      int k = 0;
      while (1) { a[k & 7] = down(k); k++; }
    }`
    expect(elementsOf(plan(text))).toEqual([8])
  })
})

describe('guardPattern', () => {
  it('differs in every byte for two salts', () => {
    const [a, b] = [guardPattern(300, 0), guardPattern(300, 1)]
    expect(a.every((byte, i) => byte !== b[i])).toBe(true)
  })
})
