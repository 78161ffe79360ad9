import { describe, expect, it } from 'vitest'
import {
  heldOutByContent,
  heldOutByName,
  loadHeldOutShingles,
  packHashes,
  shingleHashes,
  shingleLength,
  unpackHashes,
} from '../../corpora/index.ts'
import { normaliseText } from '../../kernels/index.ts'

function tokensOf(source: string): readonly string[] {
  const form = normaliseText(source)
  if (!form.ok) throw new Error(form.log)
  return form.tokens
}

const suite = `kernel void blur(global const float* in, global float* out, int width, int height) {
  int x = get_global_id(0), y = get_global_id(1);
  float sum = 0.0f;
  for (int dy = -1; dy <= 1; dy++) for (int dx = -1; dx <= 1; dx++) sum += in[(y + dy) * width + x + dx];
  if (x > 0 && y > 0 && x < width - 1 && y < height - 1) out[y * width + x] = sum / 9.0f;
}`
const held = new Set(shingleHashes(tokensOf(suite)))

describe('heldOutByContent', () => {
  it('finds the kernel itself', () => {
    expect(heldOutByContent(tokensOf(suite), held)).toBe(`content: ${held.size} shingles`)
  })

  it('finds it under other names, moved into another function, and in part', () => {
    const renamed = suite.replace(/\b(in|out|sum|width|dy|dx|blur)\b/g, 'q_$1')
    expect(heldOutByContent(tokensOf(renamed), held)).toBe(`content: ${held.size} shingles`)
    const helper = suite.replace('kernel void blur', 'int first(int a) { return a; }\nvoid helper')
    expect(heldOutByContent(tokensOf(`${helper} kernel void k() {}`), held)).toBeDefined()
    const half = suite.replace(/if \(x > 0.*/, 'out[0] = sqrt(sum);')
    expect(heldOutByContent(tokensOf(half), held)).toBeDefined()
  })

  it('lets other kernels pass', () => {
    const other = `kernel void scan(global int* a, local int* t) {
      int i = get_local_id(0); t[i] = a[i]; barrier(CLK_LOCAL_MEM_FENCE);
      for (int d = 1; d < 64; d *= 2) { int v = i >= d ? t[i - d] : 0; barrier(CLK_LOCAL_MEM_FENCE); t[i] += v; }
      a[i] = t[i];
    }`
    expect(heldOutByContent(tokensOf(other), held)).toBeUndefined()
    expect(heldOutByContent(tokensOf('kernel void k() {}'), held)).toBeUndefined()
    expect(heldOutByContent([], held)).toBeUndefined()
  })
})

describe('shingleHashes', () => {
  it('cuts each function body into overlapping windows, nothing outside', () => {
    const body = ['{', ...Array.from({ length: shingleLength }, () => ';'), '}']
    expect(shingleHashes(body)).toHaveLength(body.length - shingleLength + 1)
    expect(shingleHashes(body.slice(1))).toEqual([])
    expect(shingleHashes(['int', ...body, 'void', ...body])).toHaveLength(2 * (body.length - shingleLength + 1))
  })

  it('gives whole numbers of 48 bits that survive packing', () => {
    const hashes = shingleHashes(tokensOf(suite))
    for (const hash of hashes) expect(Number.isSafeInteger(hash) && hash >= 0 && hash < 2 ** 48).toBe(true)
    expect(unpackHashes(packHashes([...hashes, ...hashes]))).toEqual(new Set(hashes))
    expect(packHashes([])).toHaveLength(0)
  })
})

describe('heldOutByName', () => {
  it.each([
    ['yuhc/gpu-rodinia', 'opencl/bfs/Kernels.cl'],
    ['someone/thesis', 'benchmarks/Parboil/sgemm/kernel.cl'],
    ['vetter/shoc', 'src/reduction.cl'],
    ['a/PolyBench-ACC', 'gemm.cl'],
    ['a/b', 'SNU_NPB-1.0.3/CG/cg.cl'],
    ['a/AMD-APP-SDK-3.0', 'x.cl'],
    ['a/b', 'NVIDIA_GPU_Computing_SDK/OpenCL/src/oclReduction/reduction.cl'],
  ])('holds out %s %s', (repository, path) => {
    expect(heldOutByName(repository, path)).toMatch(/^name: /)
  })

  it.each([
    ['someone/shocking', 'fluid/shockwave.cl'],
    ['someone/npbody', 'input.cl'],
    ['nvidia/warp', 'kernels/sdk.cl'],
  ])('lets %s %s pass', (repository, path) => {
    expect(heldOutByName(repository, path)).toBeUndefined()
  })
})

it('ships the shingles of the suites', () => {
  expect(loadHeldOutShingles().size).toBeGreaterThan(10_000)
})
