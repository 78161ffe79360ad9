import { describe, expect, it } from 'vitest'
import {
  type MinedKernel,
  type MinedSource,
  type MineOptions,
  measureSuite,
  mine,
  shingleHashes,
} from '../../corpora/index.ts'
import { featureSpaces } from '../../features/index.ts'
import { compileAll, normaliseText } from '../../kernels/index.ts'
import { git, gitRepository, writeFiles } from './repositories.ts'
import { temporaryFolder } from './samples.ts'

const mit = 'Permission is hereby granted, free of charge, to any person obtaining a copy'

const stencil = `kernel void stencil(global float* a, global float* b, int n) {
  int i = get_global_id(0);
  if (i > 0 && i < n - 1) b[i] = 0.25f * a[i - 1] + 0.5f * a[i] + 0.25f * a[i + 1];
}`

const files = {
  LICENSE: mit,
  'a/two.cl':
    '#include "types.h"\nnum_t twice(num_t a) { return 2 * a; }\n__kernel void one(__global num_t* x) { x[0] = twice(x[1]); }\nKERNEL void other(GLOBAL num_t* x) { x[TILE + 1] = 3; }\n',
  'include/types.h': 'typedef float num_t;\n',
  'copy.cl':
    '/* renamed */ typedef float num; num dbl(num v) { return 2 * v; } kernel void k(global num* y) { y[0] = dbl(y[1]); }\n',
  'host.cpp':
    'const char* s = "__kernel void host(__global int* a) {\\n"\n  "  a[get_global_id(0)] = 7;\\n"\n  "}\\n";\n',
  'mixed.cl':
    'kernel void needs(global int* a) { a[0] = SOME_SIZE; }\nkernel void lost(global int* a) { a[0] = missing_function(1); }\n',
  'broken.cl': 'kernel void broken( {\n',
  'junk.cl': Buffer.from([0, 1, 2, 3, ...Buffer.from('kernel')]),
  'held.cl': stencil,
  'rodinia/named.cl': 'kernel void named(global int* a) { a[0] ^= 1; }',
}

async function mineAll(
  location: string,
  options: Partial<MineOptions> = {},
): Promise<{ kernels: MinedKernel[]; source?: MinedSource }> {
  const kernels: MinedKernel[] = []
  let source: MinedSource | undefined
  for await (const found of mine(location, { heldOutShingles: new Set(), ...options })) {
    if (found.kind === 'kernel') kernels.push(found.kernel)
    else source = found.source
  }
  return { kernels, source }
}

describe('mine', () => {
  it('finds, measures and attributes the kernels of a repository, each normal form once', async () => {
    const folder = gitRepository(files)
    git(folder, 'config', 'remote.origin.url', 'https://github.com/me/it.git')
    const held = normaliseText(stencil)
    const heldOutShingles = new Set(held.ok ? shingleHashes(held.tokens) : [])
    const { kernels, source } = await mineAll(folder, { heldOutShingles })
    expect(kernels.map(({ path, kernelName }) => [path, kernelName]).sort()).toEqual([
      ['a/two.cl', 'one'],
      ['a/two.cl', 'other'],
      ['held.cl', 'stencil'],
      ['host.cpp#0', 'host'],
      ['mixed.cl', 'needs'],
      ['rodinia/named.cl', 'named'],
    ])
    for (const kernel of kernels) {
      expect(kernel).toMatchObject({ repository: 'me/it', commit: git(folder, 'rev-parse', 'HEAD'), licence: 'MIT' })
      expect(normaliseText(kernel.text)).toMatchObject({ key: kernel.key, tokens: kernel.tokens })
      expect(Object.keys(kernel.features).sort()).toEqual(featureSpaces.map(({ id }) => id).sort())
    }
    expect((await compileAll(kernels.map(({ text }) => text))).every(({ ok }) => ok)).toBe(true)
    const heldOut = kernels.flatMap(({ kernelName, heldOut: reason }) =>
      reason === null ? [] : [[kernelName, reason]],
    )
    expect(heldOut.sort()).toEqual([
      ['named', 'name: rodinia'],
      ['stencil', expect.stringMatching(/^content: \d+ shingles$/)],
    ])
    const url = 'https://github.com/me/it.git'
    expect(source).toMatchObject({ repository: 'me/it', url, licence: 'MIT', kernels: 6, units: 8 })
  })

  it('counts every loss once, also of units that it tried again', async () => {
    const { source } = await mineAll(gitRepository(files))
    const losses = Object.entries(source?.losses ?? {}).sort()
    expect(losses).toEqual([
      ['kernel: compile: implicit declaration of function … is invalid in OpenCL', 1],
      ['unit: limits', 1],
      ['unit: no kernel', 1],
    ])
  })

  it('finds the same in the same order again', async () => {
    const folder = gitRepository(files)
    expect(await mineAll(folder)).toEqual(await mineAll(folder))
  })

  it('passes over a source that is done, and stops when told', async () => {
    const folder = gitRepository(files)
    const commit = git(folder, 'rev-parse', 'HEAD')
    expect(await mineAll(folder, { isDone: (_, known) => known === commit })).toEqual({
      kernels: [],
      source: undefined,
    })
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(mineAll(folder, { signal })).rejects.toThrow('enough')
  })

  it('gives kernels that differ in types and literals only one template', async () => {
    const scale = (type: string, by: string): string =>
      `kernel void k(global ${type}* a) { a[get_global_id(0)] *= ${by}; }`
    const texts = {
      'a.cl': scale('float', '2.0f'),
      'b.cl': scale('int', '3'),
      'c.cl': scale('float', '2.0f').replace('*=', '+='),
    }
    const { kernels } = await mineAll(writeFiles(temporaryFolder(), texts))
    expect(kernels[0].templateKey).toBe(kernels[1].templateKey)
    expect(kernels[2].templateKey).not.toBe(kernels[0].templateKey)
  })
})

describe('measureSuite', () => {
  it('names targets by program and kernel, and says what it left', async () => {
    const one = 'kernel void k(global int* a) { a[0] = N; }'
    const folder = gitRepository({
      'opencl/p/a.cl': one,
      'opencl/p/copy.cl': one,
      'opencl/p/other.cl': 'kernel void k(global int* a) { a[0] = N * a[1]; }',
      'opencl/q/b.cl': `${one} kernel void bad() { x = 1; }`,
      'other/c.cl': one,
    })
    const suite = await measureSuite(folder, { suite: 's', folder: 'opencl', defines: ['N=4'] })
    expect(suite.targets.map(({ name }) => name)).toEqual(['s/p/k', 's/p/k@other', 's/q/k'])
    expect(suite.targets[0].features.grewe).toMatchObject({ comp: 0, mem: 1 })
    expect(suite.left).toEqual([{ name: 's/q/bad (opencl/q/b.cl)', reason: expect.stringMatching(/^compile: /) }])
  })
})
