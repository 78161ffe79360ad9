// What a kernel is called in a table: `suite-program-kernel` for the seven suites of the public data, as there but for
// the version, which sources do not tell; else where it comes from.

import type { StoredKernel } from '../store/records.ts'

/** Suites by how repositories and paths spell them. */
const suites: readonly (readonly [name: string, spelling: RegExp])[] = [
  ['amd-app-sdk', /amd-?_?app|appsdk|amdsdk/i],
  ['npb', /(?:^|[^a-z])(?:snu_?)?npb(?:[^a-z]|$)/i],
  ['nvidia', /(?:^|\/)nvidia-\d|nvidia-opencl|nvidia.?gpu.?computing|nvidia_?sdk|gpu-computing-sdk|oclsdk/i],
  ['parboil', /parboil/i],
  ['polybench-gpu', /poly-?bench/i],
  ['rodinia', /rodinia/i],
  ['shoc', /(?:^|[^a-z])shoc(?:[^a-z]|$)/i],
]

/** Folders that hold programs or kernels, but name none. */
const generic =
  /^(?:src|source|kernels?|opencl|cl|ocl|bin|data|include|level[0-3]|opencl_base|opencl_nvidia|base|benchmarks?|examples?|samples?|shared|common)$/i

/** The suite that a kernel belongs to, if it is one of the seven. */
export function suiteOf({ repository, path }: Pick<StoredKernel, 'repository' | 'path'>): string | undefined {
  const place = `${repository ?? ''}/${path ?? ''}`
  return suites.find(([, spelling]) => spelling.test(place))?.[0]
}

/** Not unique: kernels of one name may differ in size or version; `key` tells them apart. */
export function benchmarkName(
  kernel: Pick<StoredKernel, 'repository' | 'path' | 'kernelName' | 'origin' | 'key'>,
): string {
  const suite = suiteOf(kernel)
  if (suite !== undefined) return `${suite}-${programOf(kernel.path ?? '', suite)}-${kernel.kernelName}`
  if (kernel.origin === 'synthesized') return `benchsteer-${kernel.key.slice(0, 12)}-${kernel.kernelName}`
  const file = (kernel.path ?? '').replace(/\.\w+$/, '').replaceAll('/', '.')
  return `${(kernel.repository ?? 'unknown').replaceAll('/', '.')}-${file}-${kernel.kernelName}`
}

/** The folder nearest to the file that is no generic one, nor names the suite; else the file. */
function programOf(path: string, suite: string): string {
  const parts = path.split('/')
  const file = (parts.pop() ?? '').replace(/\.\w+$/, '')
  const spelling = suites.find(([name]) => name === suite)?.[1]
  const folder = parts.reverse().find((part) => !generic.test(part) && spelling?.test(part) !== true)
  return (folder ?? file).replaceAll('-', '_')
}
